-- name: a() many
-- col: name int
SELECT name FROM firm
