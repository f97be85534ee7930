-- Organisations, sites and capabilities. Lists of a whole store come in id order so that they can be joined in one pass.

-- name: org_by_reg_no(reg_no text) one org_row
SELECT id, reg_no, name, name_en, kind, homepage, good_deals, all_deals FROM org WHERE reg_no = :reg_no

-- coalesce and not IS NULL: SQLite would walk the index of reg_no through every organisation without one.
-- name: org_of_site(ref text, name text) one org_row
SELECT o.id, o.reg_no, o.name, o.name_en, o.kind, o.homepage, o.good_deals, o.all_deals
  FROM org o JOIN site s ON s.owner_org = o.id
 WHERE s.ref = :ref AND o.name = :name AND coalesce(o.reg_no, '') = ''

-- name: org_of_site_named(site_name text, name text) one org_row
SELECT o.id, o.reg_no, o.name, o.name_en, o.kind, o.homepage, o.good_deals, o.all_deals
  FROM org o JOIN site s ON s.owner_org = o.id
 WHERE s.name = :site_name AND o.name = :name AND coalesce(o.reg_no, '') = '' ORDER BY o.id LIMIT 1

-- name: org_by_name(name text, homepage text) one org_row
SELECT id, reg_no, name, name_en, kind, homepage, good_deals, all_deals FROM org
 WHERE name = :name AND coalesce(reg_no, '') = '' AND (homepage IS NULL OR homepage = :homepage OR :homepage = '')
 ORDER BY id LIMIT 1

-- name: org_insert(org_id int, reg_no text?, name text, name_en text?, kind text?, homepage text?, changed_ms int) exec
INSERT INTO org (id, reg_no, name, name_en, kind, homepage, good_deals, all_deals, version, changed_ms)
VALUES (:org_id, :reg_no, :name, :name_en, :kind, :homepage, 0, 0, 1, :changed_ms)

-- name: org_update(org_id int, reg_no text?, name text, name_en text?, kind text?, homepage text?, changed_ms int) exec
UPDATE org SET reg_no = :reg_no, name = :name, name_en = :name_en, kind = :kind, homepage = :homepage,
       version = version + 1, changed_ms = :changed_ms
 WHERE id = :org_id

-- name: site_find(ref text) one site_key
SELECT id, ref FROM site WHERE ref = :ref

-- name: site_find_named(org_id int, name text) one site_key
SELECT id, ref FROM site WHERE owner_org = :org_id AND name = :name ORDER BY id LIMIT 1

-- name: site_of_org(org_id int) many
SELECT ref FROM site WHERE owner_org = :org_id AND ended_ms IS NULL ORDER BY id

-- name: site_insert(site_id int, org_id int, ref text, name text, address text?, region text?, lat real?, lon real?, certificates_known int, changed_ms int) exec
INSERT INTO site (id, owner_org, ref, name, address, region, lat, lon, certificates_known, version, changed_ms, ended_ms)
VALUES (:site_id, :org_id, :ref, :name, :address, :region, :lat, :lon, :certificates_known, 1, :changed_ms, NULL)

-- name: site_update(site_id int, org_id int, name text, address text?, region text?, lat real?, lon real?, certificates_known int, changed_ms int) exec
UPDATE site SET owner_org = :org_id, name = :name, address = :address, region = :region, lat = :lat, lon = :lon,
       certificates_known = :certificates_known, version = version + 1, changed_ms = :changed_ms, ended_ms = NULL
 WHERE id = :site_id

-- name: site_certificate_clear(site_id int) exec
DELETE FROM site_certificate WHERE site_id = :site_id

-- name: site_certificate_insert(site_id int, pos int, code text, until_day int?) exec
INSERT INTO site_certificate (site_id, pos, code, until_day) VALUES (:site_id, :pos, :code, :until_day)

-- name: capability_find(ref text) one
SELECT id, site_id FROM capability WHERE ref = :ref

-- name: capability_of_site(site_id int) many
SELECT id, ref, process, ended_ms FROM capability WHERE site_id = :site_id ORDER BY pos, id

-- name: capability_put(capability_id int, site_id int, pos int, ref text, process text, size_x_mm real?, size_y_mm real?, size_z_mm real?, mass_min_kg real?, mass_max_kg real?, thickness_min_mm real?, thickness_max_mm real?, layer_min_um real?, layer_max_um real?, force_max_t real?, tolerance_it int?, tolerance_mm real?, tolerance_at_mm real?, ra_um real?, hardness_scale text?, hardness_min real?, hardness_max real?, batch_min int?, batch_max int?, free_per_month real?, free_kg_per_month real?, lead_days int?, price_setup_won real?, price_per_piece_won real?, price_per_kg_won real?, energy_kwh_per_kg real?, evidence text?, words text?, changed_ms int) exec
INSERT INTO capability (id, site_id, pos, ref, process, size_x_mm, size_y_mm, size_z_mm, mass_min_kg, mass_max_kg,
       thickness_min_mm, thickness_max_mm, layer_min_um, layer_max_um, force_max_t, tolerance_it, tolerance_mm, tolerance_at_mm,
       ra_um, hardness_scale, hardness_min, hardness_max, batch_min, batch_max, free_per_month, free_kg_per_month, lead_days,
       price_setup_won, price_per_piece_won, price_per_kg_won, energy_kwh_per_kg, evidence, words, changed_ms, ended_ms)
VALUES (:capability_id, :site_id, :pos, :ref, :process, :size_x_mm, :size_y_mm, :size_z_mm, :mass_min_kg, :mass_max_kg,
       :thickness_min_mm, :thickness_max_mm, :layer_min_um, :layer_max_um, :force_max_t, :tolerance_it, :tolerance_mm,
       :tolerance_at_mm, :ra_um, :hardness_scale, :hardness_min, :hardness_max, :batch_min, :batch_max, :free_per_month,
       :free_kg_per_month, :lead_days, :price_setup_won, :price_per_piece_won, :price_per_kg_won, :energy_kwh_per_kg,
       :evidence, :words, :changed_ms, NULL)
ON CONFLICT (id) DO UPDATE SET
       pos = excluded.pos, process = excluded.process, size_x_mm = excluded.size_x_mm, size_y_mm = excluded.size_y_mm,
       size_z_mm = excluded.size_z_mm, mass_min_kg = excluded.mass_min_kg, mass_max_kg = excluded.mass_max_kg,
       thickness_min_mm = excluded.thickness_min_mm, thickness_max_mm = excluded.thickness_max_mm,
       layer_min_um = excluded.layer_min_um, layer_max_um = excluded.layer_max_um, force_max_t = excluded.force_max_t,
       tolerance_it = excluded.tolerance_it, tolerance_mm = excluded.tolerance_mm, tolerance_at_mm = excluded.tolerance_at_mm,
       ra_um = excluded.ra_um, hardness_scale = excluded.hardness_scale, hardness_min = excluded.hardness_min,
       hardness_max = excluded.hardness_max, batch_min = excluded.batch_min, batch_max = excluded.batch_max,
       free_per_month = excluded.free_per_month, free_kg_per_month = excluded.free_kg_per_month,
       lead_days = excluded.lead_days, price_setup_won = excluded.price_setup_won,
       price_per_piece_won = excluded.price_per_piece_won, price_per_kg_won = excluded.price_per_kg_won,
       energy_kwh_per_kg = excluded.energy_kwh_per_kg, evidence = excluded.evidence, words = excluded.words,
       changed_ms = excluded.changed_ms, ended_ms = NULL

-- name: capability_end(capability_id int, ended_ms int) exec
UPDATE capability SET ended_ms = :ended_ms, changed_ms = :ended_ms WHERE id = :capability_id AND ended_ms IS NULL

-- name: capability_item_clear(capability_id int) exec
DELETE FROM capability_item WHERE capability_id = :capability_id

-- name: capability_item_insert(capability_id int, kind text, pos int, value text) exec
INSERT INTO capability_item (capability_id, kind, pos, value) VALUES (:capability_id, :kind, :pos, :value)

-- part: site_filter(ref text?)
   AND s.ref = :ref                                            --? ref

-- name: site_all(use site_filter) many
SELECT s.id, s.ref, s.name, s.address, s.region, s.lat, s.lon, s.certificates_known,
       o.reg_no, o.name AS org_name, o.name_en AS org_name_en, o.kind AS org_kind, o.homepage, o.good_deals, o.all_deals
  FROM site s JOIN org o ON o.id = s.owner_org WHERE s.ended_ms IS NULL
-- use site_filter
 ORDER BY s.id

-- name: site_certificate_all(use site_filter) many
SELECT c.site_id, c.code, c.until_day FROM site_certificate c JOIN site s ON s.id = c.site_id WHERE s.ended_ms IS NULL
-- use site_filter
 ORDER BY c.site_id, c.pos

-- name: capability_all(use site_filter) many
SELECT c.id, c.site_id, c.ref, c.process, c.size_x_mm, c.size_y_mm, c.size_z_mm, c.mass_min_kg, c.mass_max_kg,
       c.thickness_min_mm, c.thickness_max_mm, c.layer_min_um, c.layer_max_um, c.force_max_t, c.tolerance_it, c.tolerance_mm,
       c.tolerance_at_mm, c.ra_um, c.hardness_scale, c.hardness_min, c.hardness_max, c.batch_min, c.batch_max,
       c.free_per_month, c.free_kg_per_month, c.lead_days, c.price_setup_won, c.price_per_piece_won, c.price_per_kg_won,
       c.energy_kwh_per_kg, c.evidence, c.words
  FROM capability c JOIN site s ON s.id = c.site_id WHERE c.ended_ms IS NULL AND s.ended_ms IS NULL
-- use site_filter
 ORDER BY c.site_id, c.pos, c.id

-- name: capability_item_all(use site_filter) many
SELECT i.capability_id, i.kind, i.value
  FROM capability_item i JOIN capability c ON c.id = i.capability_id JOIN site s ON s.id = c.site_id
 WHERE c.ended_ms IS NULL AND s.ended_ms IS NULL
-- use site_filter
 ORDER BY i.capability_id, i.kind, i.pos

-- name: directory_counts() one
-- col: sites int
-- col: capabilities int
-- col: orgs int
SELECT (SELECT count(*) FROM site WHERE ended_ms IS NULL) AS sites,
       (SELECT count(*) FROM capability WHERE ended_ms IS NULL) AS capabilities,
       (SELECT count(*) FROM org) AS orgs

-- name: site_org_all() many
SELECT s.ref, s.owner_org, o.reg_no, o.name AS org_name
  FROM site s JOIN org o ON o.id = s.owner_org WHERE s.ended_ms IS NULL ORDER BY s.id

-- name: site_source_all(source text) many
SELECT x.site_ref, s.ended_ms FROM site_source x JOIN site s ON s.ref = x.site_ref WHERE x.source = :source ORDER BY s.id

-- name: site_about(ref text) one
-- col: source text
SELECT s.changed_ms, coalesce((SELECT x.source FROM site_source x WHERE x.site_ref = s.ref), '') AS source
  FROM site s WHERE s.ref = :ref

-- name: site_source_put(ref text, source text) exec
INSERT INTO site_source (site_ref, source) VALUES (:ref, :source)
ON CONFLICT (site_ref) DO UPDATE SET source = excluded.source

-- name: site_end(ref text, ended_ms int) exec
UPDATE site SET ended_ms = :ended_ms, changed_ms = :ended_ms, version = version + 1 WHERE ref = :ref AND ended_ms IS NULL
