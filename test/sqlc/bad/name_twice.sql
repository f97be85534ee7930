-- name: a() many
SELECT id FROM firm
-- name: a() many
SELECT id FROM firm
