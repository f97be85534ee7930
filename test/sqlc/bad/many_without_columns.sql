-- name: a(id int) many
DELETE FROM firm WHERE id = :id
