-- name: a() many
SELECT f.id, (SELECT name FROM region r WHERE r.id = f.region_id) AS region FROM firm f
