-- name: a(q text) many
SELECT id FROM firm WHERE name LIKE :q ESCAPE '!'
