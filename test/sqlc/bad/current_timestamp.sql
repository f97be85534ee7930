-- name: a(id int) exec
UPDATE firm SET created_ms = CURRENT_TIMESTAMP WHERE id = :id
