-- name: outbox_add(id int, name text, payload text, at_ms int) exec
INSERT INTO outbox (id, name, payload, at_ms, delivered_ms) VALUES (:id, :name, :payload, :at_ms, NULL)

-- name: outbox_get(id int) one
SELECT id, name, payload, at_ms, delivered_ms FROM outbox WHERE id = :id

-- name: outbox_mark(event_id int, handler text, at_ms int) exec
INSERT INTO outbox_done (event_id, handler, at_ms) VALUES (:event_id, :handler, :at_ms) ON CONFLICT (event_id, handler) DO NOTHING

-- name: outbox_delivered(id int, delivered_ms int) exec
UPDATE outbox SET delivered_ms = :delivered_ms WHERE id = :id

-- name: outbox_old(before_ms int, limit int) many
SELECT id FROM outbox WHERE delivered_ms < :before_ms ORDER BY id LIMIT :limit

-- name: outbox_forget_done(ids int[]) exec
DELETE FROM outbox_done WHERE event_id IN (:ids)

-- name: outbox_forget(ids int[]) exec
DELETE FROM outbox WHERE id IN (:ids)
