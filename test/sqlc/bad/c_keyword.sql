-- name: a(case int) many
SELECT id FROM firm WHERE id = :case
