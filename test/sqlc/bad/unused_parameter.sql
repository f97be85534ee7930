-- name: a(id int, name text) one
SELECT name FROM firm WHERE id = :id
