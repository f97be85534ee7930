-- name: a() many
-- json: id nmae
SELECT id, name FROM firm
