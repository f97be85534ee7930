-- Needs that are still being written.

-- name: draft_insert(draft_id int, ref text, owner text, title text?, body text, now_ms int) exec
INSERT INTO draft (id, ref, owner, title, body, version, created_ms, changed_ms)
VALUES (:draft_id, :ref, :owner, :title, :body, 1, :now_ms, :now_ms)

-- name: draft_update(ref text, owner text, version int, title text?, body text, now_ms int) exec
UPDATE draft SET title = :title, body = :body, version = version + 1, changed_ms = :now_ms
 WHERE ref = :ref AND owner = :owner AND version = :version

-- name: draft_delete(ref text, owner text) exec
DELETE FROM draft WHERE ref = :ref AND owner = :owner

-- name: draft_by_ref(ref text) one draft_row
SELECT ref, owner, title, body, version, changed_ms FROM draft WHERE ref = :ref

-- name: draft_of(owner text, limit int) many draft_row
SELECT ref, owner, title, body, version, changed_ms FROM draft WHERE owner = :owner
 ORDER BY changed_ms DESC, ref LIMIT :limit

-- name: draft_count(owner text) one
-- col: drafts int
SELECT count(*) AS drafts FROM draft WHERE owner = :owner
