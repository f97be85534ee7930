-- name: a(id int, id int) one
SELECT name FROM firm WHERE id = :id
