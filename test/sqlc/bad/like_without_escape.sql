-- name: a(q text) many
SELECT id FROM firm WHERE name_fold LIKE :q
