-- Needs, kept as the JSON that was checked at the door.

-- name: need_find(ref text) one
SELECT id FROM need WHERE ref = :ref

-- name: need_insert(need_id int, ref text, title text?, due_day int?, created_day int, body text, changed_ms int) exec
INSERT INTO need (id, ref, title, due_day, created_day, body, version, changed_ms, ended_ms)
VALUES (:need_id, :ref, :title, :due_day, :created_day, :body, 1, :changed_ms, NULL)

-- name: need_update(need_id int, title text?, due_day int?, created_day int, body text, changed_ms int) exec
UPDATE need SET title = :title, due_day = :due_day, created_day = :created_day, body = :body, version = version + 1,
       changed_ms = :changed_ms, ended_ms = NULL
 WHERE id = :need_id

-- name: need_by_ref(ref text) one need_row
SELECT id, ref, title, due_day, created_day, body, ended_ms FROM need WHERE ref = :ref

-- name: need_list(limit int) many need_row
SELECT id, ref, title, due_day, created_day, body, ended_ms FROM need WHERE ended_ms IS NULL
 ORDER BY created_day DESC, id DESC LIMIT :limit

-- name: need_all() many need_row
SELECT id, ref, title, due_day, created_day, body, ended_ms FROM need WHERE ended_ms IS NULL
 ORDER BY created_day, id

-- name: need_ref_all() many
SELECT ref FROM need WHERE ended_ms IS NULL ORDER BY id

-- name: need_end(ref text, ended_ms int) exec
UPDATE need SET ended_ms = :ended_ms, changed_ms = :ended_ms, version = version + 1 WHERE ref = :ref AND ended_ms IS NULL
