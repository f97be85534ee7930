-- name: a(name text) exec
INSERT INTO region (id, name) SELECT id, :name FROM firm ON CONFLICT (id) DO NOTHING
