-- name: a(sort name|id) many
SELECT id FROM firm ORDER BY :sort
