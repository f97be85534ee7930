-- name: idempotency_get(actor text, request_key text) one
SELECT route, fingerprint, status, location, summary FROM idempotency WHERE actor = :actor AND request_key = :request_key

-- name: idempotency_add(actor text, request_key text, route text, fingerprint text, status int, location text, summary text,
--                       at_ms int) exec
INSERT INTO idempotency (actor, request_key, route, fingerprint, status, location, summary, at_ms)
VALUES (:actor, :request_key, :route, :fingerprint, :status, :location, :summary, :at_ms)

-- name: idempotency_forget(before_ms int) exec
DELETE FROM idempotency WHERE at_ms < :before_ms
