-- name: a(id int) exec
DELETE FROM firm WHERE id = :id RETURNING id
