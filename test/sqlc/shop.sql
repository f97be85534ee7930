-- Queries of the tests: every kind, every type, the hard cases.

-- part: firm_filter(region int?, prefix text?, least_staff int?, ids int[]?, listed any|yes|no)
   AND f.region_id = :region                              --? region
   AND f.name_fold LIKE :prefix ESCAPE '!'                --? prefix
   AND f.staff >= :least_staff                            --? least_staff
   AND f.id IN (:ids)                                     --? ids
   AND f.listed = 1                                       --? listed=yes
   AND f.listed = 0                                       --? listed=no

-- name: region_add(id int, name text, name_en text) exec
INSERT INTO region (id, name, name_en) VALUES (:id, :name, :name_en)

-- name: region_show(id int) one
SELECT id, name, name_en FROM region WHERE id = :id

-- name: firm_add(id int, region_id int, slug text, name text, name_fold text, staff int?, rating real?, logo blob?,
--                created_ms int) exec
INSERT INTO firm (id, region_id, slug, name, name_fold, staff, rating, logo, created_ms)
VALUES (:id, :region_id, :slug, :name, :name_fold, :staff, :rating, :logo, :created_ms)

-- name: firm_show(slug text) one
-- json: id region_id slug name staff rating
SELECT id, region_id, slug, name, staff, rating, logo, version, created_ms FROM firm WHERE slug = :slug

-- name: firm_rename(id int, version int, name text, name_fold text) exec
UPDATE firm SET name = :name, name_fold = :name_fold, version = version + 1 WHERE id = :id AND version = :version

-- name: firm_page(use firm_filter, sort name|newest|staff, after_name text?, after_id int?, limit int) many firm_card
-- json: id, name, region, staff
SELECT f.id, f.name, r.name AS region, f.staff
  FROM firm f
  JOIN region r ON r.id = f.region_id
 WHERE f.id > 0
-- use firm_filter
   AND (f.name, f.id) > (:after_name, :after_id)          --? sort=name, after_id
 ORDER BY f.name, f.id                                    --? sort=name
 ORDER BY f.created_ms DESC, f.id DESC                    --? sort=newest
 ORDER BY f.staff DESC NULLS LAST, f.id                   --? sort=staff
 LIMIT :limit

-- name: firm_count(use firm_filter) one
-- col: n int, staff int, best real?
SELECT count(*) AS n, coalesce(sum(f.staff), 0) AS staff, max(f.rating) AS best FROM firm f WHERE f.id > 0
-- use firm_filter

-- name: firm_facet(use firm_filter, by region|staff) many
-- col: k int?, n int
SELECT f.region_id AS k, count(*) AS n                    --? by=region
SELECT f.staff AS k, count(*) AS n                        --? by=staff
  FROM firm f WHERE f.id > 0
-- use firm_filter
 GROUP BY f.region_id ORDER BY n DESC, f.region_id        --? by=region
 GROUP BY f.staff ORDER BY n DESC, f.staff NULLS FIRST    --? by=staff

-- name: firm_any() one
SELECT id FROM firm

-- name: firm_each() each firm_card
SELECT f.id, f.name, r.name AS region, f.staff FROM firm f JOIN region r ON r.id = f.region_id ORDER BY f.id

-- name: firm_without(ids int[]) many
SELECT id FROM firm WHERE id NOT IN (:ids) ORDER BY id

-- name: firm_with_quote(need_id int) many
SELECT f.id, q.won, q.note
  FROM firm f
  LEFT JOIN quote q ON q.firm_id = f.id AND q.need_id = :need_id
 ORDER BY q.won NULLS LAST, f.id

-- name: quote_add(need_id int, firm_id int, won int, note text?) one
INSERT INTO quote (need_id, firm_id, won, note) VALUES (:need_id, :firm_id, :won, :note)
ON CONFLICT (need_id, firm_id) DO NOTHING
RETURNING need_id, won, note

-- name: quote_list(need_id int) many
SELECT firm_id, won, note FROM quote WHERE need_id = :need_id ORDER BY won, firm_id

-- name: quote_share(need_id int) many
-- col: share real?
SELECT q.firm_id, q.won * 1.0 / NULLIF((SELECT sum(won) FROM quote WHERE need_id = :need_id), 0) AS share
  FROM quote q WHERE q.need_id = :need_id ORDER BY q.firm_id

-- name: firm_unlist(id int, listed int) exec
UPDATE firm SET listed = :listed WHERE id = :id

-- name: firm_delete(id int) exec
DELETE FROM firm WHERE id = :id

-- name: counter_set(name text, n int) exec
INSERT INTO counter (name, n) VALUES (:name, :n) ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- name: counter_add(name text, n int) one
UPDATE counter SET n = n + :n WHERE name = :name RETURNING n

-- name: counter_get(name text) one
SELECT n FROM counter WHERE name = :name

-- name: counter_total() one
-- col: n int
SELECT coalesce(sum(n), 0) AS n FROM counter

-- name: entry_add(id int, who int, at int, body blob?) exec
INSERT INTO entry (id, who, at, body) VALUES (:id, :who, :at, :body)

-- name: entry_list(who int) many
SELECT id, at FROM entry WHERE who = :who ORDER BY at

-- name: entry_count() one
-- col: n int, distinct_n int
SELECT count(*) AS n, count(DISTINCT who * 1000000 + at) AS distinct_n FROM entry

-- name: count_to(most int) one
-- col: n int
WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :most) SELECT count(*) AS n FROM c

-- name: region_words(word text) many
-- only: postgres
-- col: id int, near int
SELECT id, position(:word IN name) AS near FROM region ORDER BY id
