-- part: search_policy(kind text?, viewer_org int)
   AND d.kind = :kind                                       --? kind
   AND (d.audience = 0 OR (d.owner_org <> 0 AND d.owner_org = :viewer_org))

-- name: search_frequency(token int, limit int) one
-- col: n int
SELECT count(*) AS n FROM (SELECT p.doc FROM search_posting p WHERE p.token = :token LIMIT :limit) AS few

-- name: search_rare(token int, use search_policy, limit int) many search_row
SELECT d.id, d.kind, d.ref, d.part_of, d.title, d.shown, d.name_fold, d.process_fold, d.text_fold
  FROM search_doc d
 WHERE d.id IN (SELECT p.doc FROM search_posting p WHERE p.token = :token)
-- use search_policy
 ORDER BY d.id LIMIT :limit

-- name: search_stage(token int, rank int, after int, inner int?, other int?, use search_policy, limit int) many search_row
SELECT d.id, d.kind, d.ref, d.part_of, d.title, d.shown, d.name_fold, d.process_fold, d.text_fold
  FROM search_posting p JOIN search_doc d ON d.id = p.doc
 WHERE p.token = :token AND p.rank = :rank AND p.doc > :after
   AND EXISTS (SELECT 1 FROM search_posting i WHERE i.token = :inner AND i.rank IN (0, 1, 2, 3, 4, 5) AND i.doc = p.doc) --? inner
   AND EXISTS (SELECT 1 FROM search_posting o WHERE o.token = :other AND o.rank IN (0, 1, 2, 3, 4, 5) AND o.doc = p.doc) --? other
-- use search_policy
 ORDER BY p.doc LIMIT :limit

-- name: search_part(part_of text) many
SELECT id FROM search_doc WHERE part_of = :part_of ORDER BY id

-- name: search_posting_clear(doc int) exec
DELETE FROM search_posting WHERE doc = :doc

-- name: search_doc_clear(doc int) exec
DELETE FROM search_doc WHERE id = :doc

-- name: search_doc_add(id int, kind text, ref text, part_of text, owner_org int, audience int, title text, shown text, name_fold text, process_fold text, text_fold text) exec
INSERT INTO search_doc (id, kind, ref, part_of, owner_org, audience, title, shown, name_fold, process_fold, text_fold)
VALUES (:id, :kind, :ref, :part_of, :owner_org, :audience, :title, :shown, :name_fold, :process_fold, :text_fold)

-- name: search_posting_add(token int, rank int, doc int) exec
INSERT INTO search_posting (token, rank, doc) VALUES (:token, :rank, :doc) ON CONFLICT (token, rank, doc) DO NOTHING

-- name: search_state_get() one
SELECT version, seq FROM search_state WHERE id = 1

-- name: search_state_put(version text, seq int) exec
INSERT INTO search_state (id, version, seq) VALUES (1, :version, :seq)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq
