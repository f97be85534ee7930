-- name: a(id int) many
SELECT id FROM firm
 WHERE id = :id    --? id
