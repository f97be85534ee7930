-- name: a(limit int, from_row int) many
SELECT id FROM firm ORDER BY id LIMIT :limit OFFSET :from_row
