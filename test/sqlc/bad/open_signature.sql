-- name: a(id int
SELECT id FROM firm WHERE id = :id
