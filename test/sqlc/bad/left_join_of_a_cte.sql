-- name: a() many
WITH q AS (SELECT firm_id, won FROM quote)
SELECT f.id, q.won FROM firm f LEFT JOIN q ON q.firm_id = f.id
