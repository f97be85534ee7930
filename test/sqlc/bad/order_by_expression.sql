-- name: a() many
SELECT id FROM firm ORDER BY staff + 1
