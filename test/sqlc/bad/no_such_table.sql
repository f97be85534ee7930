-- name: a() many
SELECT id FROM frim
