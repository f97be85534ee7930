-- name: a() one
-- col: n int
SELECT count(*) FROM firm
