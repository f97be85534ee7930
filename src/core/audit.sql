-- name: audit_head_get() one
SELECT seq, hash FROM audit_head WHERE id = 1

-- name: audit_head_put(seq int, hash blob) exec
INSERT INTO audit_head (id, seq, hash) VALUES (1, :seq, :hash)
ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash

-- name: audit_add(seq int, at_ms int, kind text, actor text, action text, object_kind text, object_ref text, subject text,
--                 from_address text, request text, detail text, hash blob) exec
INSERT INTO audit (seq, at_ms, kind, actor, action, object_kind, object_ref, subject, from_address, request, detail, hash)
VALUES (:seq, :at_ms, :kind, :actor, :action, :object_kind, :object_ref, :subject, :from_address, :request, :detail, :hash)

-- name: audit_each() each audit_line
SELECT seq, at_ms, kind, actor, action, object_kind, object_ref, subject, from_address, request, detail, hash
  FROM audit ORDER BY seq

-- name: audit_of_object(object_kind text, object_ref text, before_seq int?, limit int) many audit_line
SELECT seq, at_ms, kind, actor, action, object_kind, object_ref, subject, from_address, request, detail, hash
  FROM audit WHERE object_kind = :object_kind AND object_ref = :object_ref
   AND seq < :before_seq                                  --? before_seq
 ORDER BY seq DESC LIMIT :limit

-- name: audit_of_subject(subject text, before_seq int?, limit int) many audit_line
SELECT seq, at_ms, kind, actor, action, object_kind, object_ref, subject, from_address, request, detail, hash
  FROM audit WHERE subject = :subject
   AND seq < :before_seq                                  --? before_seq
 ORDER BY seq DESC LIMIT :limit
