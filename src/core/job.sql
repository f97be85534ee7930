-- name: job_add(id int, kind text, unique_key text?, payload text, due_ms int, created_ms int) exec
INSERT INTO job (id, kind, unique_key, payload, due_ms, attempts, lease, dead, error, created_ms)
VALUES (:id, :kind, :unique_key, :payload, :due_ms, 0, 0, 0, '', :created_ms)
ON CONFLICT (unique_key) DO NOTHING

-- name: job_first_due(now_ms int) many job_row
SELECT id, kind, payload, due_ms, attempts, lease, dead, error, created_ms FROM job
 WHERE dead = 0 AND due_ms <= :now_ms ORDER BY due_ms, id LIMIT 1

-- name: job_lease(id int, lease int, attempts int, due_ms int) exec
UPDATE job SET lease = :lease, attempts = :attempts, due_ms = :due_ms WHERE id = :id

-- name: job_prolong(id int, lease int, due_ms int) exec
UPDATE job SET due_ms = :due_ms WHERE id = :id AND lease = :lease AND dead = 0

-- name: job_remove(id int, lease int) exec
DELETE FROM job WHERE id = :id AND lease = :lease

-- name: job_put_back(id int, lease int, attempts int, due_ms int, dead int, error text) exec
UPDATE job SET lease = 0, attempts = :attempts, due_ms = :due_ms, dead = :dead, error = :error WHERE id = :id AND lease = :lease

-- name: job_revive(id int, due_ms int) exec
UPDATE job SET dead = 0, attempts = 0, lease = 0, due_ms = :due_ms WHERE id = :id AND dead = 1

-- name: job_page(only any|dead, after_id int?, limit int) many job_row
SELECT id, kind, payload, due_ms, attempts, lease, dead, error, created_ms FROM job WHERE id > 0
   AND id > :after_id                                     --? after_id
   AND dead = 1                                           --? only=dead
 ORDER BY id LIMIT :limit

-- name: job_count() one
-- col: waiting int, dead int
SELECT count(*) - coalesce(sum(dead), 0) AS waiting, coalesce(sum(dead), 0) AS dead FROM job
