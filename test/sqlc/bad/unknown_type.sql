-- name: a(id integer) one
SELECT name FROM firm WHERE id = :id
