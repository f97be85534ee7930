-- name: a() many
-- only: postgres
-- col: id int
SELECT id FROM firm WHERE name ~ 'x'
