-- One of everything, so that a change of the generated code is seen.

-- part: firm_filter(region int?, listed any|yes, ids int[]?)
   AND f.region_id = :region     --? region
   AND f.listed = 1              --? listed=yes
   AND f.id IN (:ids)            --? ids

-- name: firm_page(use firm_filter, sort name|newest, after_name text?, after_id int?,
--                 limit int) many firm_card
-- json: id, name region rating
SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id
 WHERE f.id > 0
-- use firm_filter
   AND (f.name, f.id) > (:after_name, :after_id)    --? sort=name, after_id
 ORDER BY f.name, f.id                              --? sort=name
 ORDER BY f.created_ms DESC, f.id DESC              --? sort=newest
 LIMIT :limit

-- name: firm_count(use firm_filter, most real) one
-- col: n int, best real?
SELECT count(*) AS n, max(f.rating) AS best FROM firm f WHERE f.rating < :most
-- use firm_filter

-- name: firm_each() each firm_card
SELECT f.id, f.name, r.name AS region, f.rating, f.logo FROM firm f JOIN region r ON r.id = f.region_id ORDER BY f.id

-- name: firm_logo_set(id int, logo blob?) exec
UPDATE firm SET logo = :logo, version = version + 1 WHERE id = :id

-- name: quote_add(need_id int, firm_id int, won int, note text?) one
INSERT INTO quote (need_id, firm_id, won, note) VALUES (:need_id, :firm_id, :won, :note)
ON CONFLICT (need_id, firm_id) DO NOTHING RETURNING won, note -- '--' and "quotes" in a comment

-- name: firm_other(ids int[]) many
SELECT f.id, q.won FROM firm f LEFT JOIN quote q ON q.firm_id = f.id
 WHERE f.id NOT IN (:ids) AND f.slug <> 'a -- b \'

-- name: firm_words(word text) many
-- only: postgres
-- col: id int, near int
SELECT id, position(:word IN name) AS near FROM firm ORDER BY id
