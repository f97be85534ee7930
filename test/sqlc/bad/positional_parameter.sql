-- name: a(id int) one
SELECT name FROM firm WHERE id = ?
