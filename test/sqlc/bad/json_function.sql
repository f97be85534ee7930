-- name: a() many
-- col: x text
SELECT json_extract(name, '$.a') AS x FROM firm
