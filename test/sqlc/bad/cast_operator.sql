-- name: a() many
SELECT id FROM firm WHERE name = '1'::text
