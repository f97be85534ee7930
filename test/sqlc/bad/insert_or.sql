-- name: a(id int) exec
INSERT OR IGNORE INTO region (id, name) VALUES (:id, 'a')
