-- name: a() many
SELECT id FROM firm UNION SELECT staff FROM firm
