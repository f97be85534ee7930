-- name: a() many card
SELECT id, name FROM firm
-- name: b() many card
SELECT id, slug FROM firm
