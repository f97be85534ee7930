-- name: a() many
SELECT f.id, g.name FROM firm f LEFT JOIN firm g ON g.id = f.id + 1
