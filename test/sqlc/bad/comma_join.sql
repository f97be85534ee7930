-- name: a() many
SELECT f.id FROM firm f, region r WHERE r.id = f.region_id
