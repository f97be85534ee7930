-- name: a() many
-- cols: id int
SELECT id FROM firm
