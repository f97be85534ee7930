-- name: a() many
SELECT id FROM firm ORDER BY name COLLATE nocase
