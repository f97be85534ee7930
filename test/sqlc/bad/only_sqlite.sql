-- name: a() many
-- only: sqlite
SELECT id FROM firm
