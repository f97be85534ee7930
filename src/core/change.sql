-- name: change_last() one
-- col: seq int
SELECT coalesce(max(seq), 0) AS seq FROM change_log

-- name: change_add(seq int, kind text, ref text, changed_ms int) exec
INSERT INTO change_log (seq, kind, ref, changed_ms) VALUES (:seq, :kind, :ref, :changed_ms)

-- name: change_since(seq int, limit int) many
SELECT seq, kind, ref FROM change_log WHERE seq > :seq ORDER BY seq LIMIT :limit

-- name: ref_counter_get(series text) one
SELECT last FROM ref_counter WHERE series = :series

-- name: ref_counter_set(series text, last int) exec
INSERT INTO ref_counter (series, last) VALUES (:series, :last)
ON CONFLICT (series) DO UPDATE SET last = excluded.last
