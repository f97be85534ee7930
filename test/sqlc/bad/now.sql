-- name: a(id int) exec
UPDATE firm SET created_ms = now() WHERE id = :id
