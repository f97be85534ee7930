-- name: api_token_add(id int, name text, scope text, hash blob, created_ms int, until_ms int) exec
INSERT INTO api_token (id, name, scope, hash, created_ms, until_ms, revoked_ms)
VALUES (:id, :name, :scope, :hash, :created_ms, :until_ms, NULL)

-- name: api_token_by_hash(hash blob, now_ms int) one
SELECT id, scope FROM api_token WHERE hash = :hash AND revoked_ms IS NULL AND until_ms > :now_ms

-- name: api_token_all() many api_token_row
SELECT id, name, scope, created_ms, until_ms, revoked_ms FROM api_token ORDER BY id

-- name: api_token_revoke(id int, at_ms int) exec
UPDATE api_token SET revoked_ms = :at_ms WHERE id = :id AND revoked_ms IS NULL
