-- name: a() some
SELECT id FROM firm
