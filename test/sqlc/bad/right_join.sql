-- name: a() many
SELECT f.id FROM firm f RIGHT JOIN quote q ON q.firm_id = f.id
