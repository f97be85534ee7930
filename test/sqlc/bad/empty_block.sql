-- name: a() many
-- name: b() many
SELECT id FROM firm
