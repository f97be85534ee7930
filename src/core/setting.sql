-- name: setting_rows() many
SELECT name, value, changed_ms FROM setting ORDER BY name

-- name: setting_put(name text, value text, changed_ms int) exec
INSERT INTO setting (name, value, changed_ms) VALUES (:name, :value, :changed_ms)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_ms = excluded.changed_ms

-- name: setting_drop(name text) exec
DELETE FROM setting WHERE name = :name
