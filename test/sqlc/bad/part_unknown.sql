-- name: a(use filter) many
SELECT id FROM firm
