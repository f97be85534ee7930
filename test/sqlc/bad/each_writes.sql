-- name: a(id int) each
DELETE FROM firm WHERE id = :id RETURNING id
