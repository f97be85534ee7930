-- name: a(id int) one
SELECT id,
       nmae
  FROM firm WHERE id = :id
