-- name: a(id int?, name text?) many
SELECT id FROM firm
 WHERE id = :id      --? id
 WHERE name = :name  --? name
