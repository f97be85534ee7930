-- name: file_put(hash text, size_bytes int, added_ms int) exec
INSERT INTO file_content (hash, size_bytes, added_ms) VALUES (:hash, :size_bytes, :added_ms)
ON CONFLICT (hash) DO UPDATE SET added_ms = excluded.added_ms

-- name: file_get(hash text) one file_row
SELECT hash, size_bytes, added_ms FROM file_content WHERE hash = :hash

-- name: file_page(after text, limit int) many file_row
SELECT hash, size_bytes, added_ms FROM file_content WHERE hash > :after ORDER BY hash LIMIT :limit

-- name: file_unused(before_ms int, limit int) many
SELECT hash FROM file_content c WHERE added_ms < :before_ms
   AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.hash = c.hash)
 ORDER BY hash LIMIT :limit

-- name: file_drop_unused(hash text, before_ms int) exec
DELETE FROM file_content WHERE hash = :hash AND added_ms < :before_ms
   AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.hash = file_content.hash)

-- name: attachment_add(id int, hash text, owner_kind text, owner_ref text, name text, type text, added_by text, added_ms int) exec
INSERT INTO attachment (id, hash, owner_kind, owner_ref, name, type, added_by, added_ms)
VALUES (:id, :hash, :owner_kind, :owner_ref, :name, :type, :added_by, :added_ms)

-- name: attachment_drop(id int) exec
DELETE FROM attachment WHERE id = :id

-- name: attachment_get(id int) one attachment_row
SELECT a.id, a.hash, a.owner_kind, a.owner_ref, a.name, a.type, a.added_by, a.added_ms, c.size_bytes
  FROM attachment a JOIN file_content c ON c.hash = a.hash WHERE a.id = :id

-- name: attachment_of(owner_kind text, owner_ref text) many attachment_row
SELECT a.id, a.hash, a.owner_kind, a.owner_ref, a.name, a.type, a.added_by, a.added_ms, c.size_bytes
  FROM attachment a JOIN file_content c ON c.hash = a.hash
 WHERE a.owner_kind = :owner_kind AND a.owner_ref = :owner_ref ORDER BY a.id
