-- name: a() many
SELECT id FROM firm WHERE name = 'a
