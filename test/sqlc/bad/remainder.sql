-- name: a() many
-- col: x int?
SELECT staff % version AS x FROM firm
