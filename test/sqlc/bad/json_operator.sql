-- name: a() many
-- col: x text
SELECT name ->> 'a' AS x FROM firm
