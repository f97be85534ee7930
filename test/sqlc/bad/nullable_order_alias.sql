-- name: a() many
SELECT f.id, q.won AS price FROM firm f
  LEFT JOIN quote q ON q.firm_id = f.id
 ORDER BY price
