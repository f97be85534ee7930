-- name: a() many
-- col: n int
SELECT id FROM firm
