-- The council's own entries over the embedded lists. Ended ones stay, so that seq never goes back.

-- name: vocab_entry_seq() one
-- col: seq int
SELECT coalesce(max(seq), 0) AS seq FROM vocab_entry

-- name: vocab_entry_all() many vocab_entry_row
SELECT list, code, parent, ko, en, synonyms, kind, implies, density_kg_m3, lat, lon, ended_ms
  FROM vocab_entry WHERE ended_ms IS NULL ORDER BY list, code

-- name: vocab_entry_put(id int, list text, code text, parent text?, ko text?, en text?, synonyms text?, kind text?, implies text?, density_kg_m3 real?, lat real?, lon real?, seq int, changed_ms int) exec
INSERT INTO vocab_entry (id, list, code, parent, ko, en, synonyms, kind, implies, density_kg_m3, lat, lon, seq, version,
                         changed_ms, ended_ms)
VALUES (:id, :list, :code, :parent, :ko, :en, :synonyms, :kind, :implies, :density_kg_m3, :lat, :lon, :seq, 1,
        :changed_ms, NULL)
ON CONFLICT (list, code) DO UPDATE SET parent = excluded.parent, ko = excluded.ko, en = excluded.en,
    synonyms = excluded.synonyms, kind = excluded.kind, implies = excluded.implies,
    density_kg_m3 = excluded.density_kg_m3, lat = excluded.lat, lon = excluded.lon, seq = excluded.seq,
    version = vocab_entry.version + 1, changed_ms = excluded.changed_ms, ended_ms = NULL

-- name: vocab_entry_end(list text, code text, seq int, ended_ms int) exec
UPDATE vocab_entry SET ended_ms = :ended_ms, changed_ms = :ended_ms, seq = :seq, version = version + 1
 WHERE list = :list AND code = :code AND ended_ms IS NULL
