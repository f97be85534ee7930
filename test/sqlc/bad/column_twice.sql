-- name: a() many
SELECT f.id, r.id FROM firm f JOIN region r ON r.id = f.region_id
