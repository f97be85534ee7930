-- name: a() one
SELECT count(*) AS n FROM firm
