-- name: a(use filter) many
SELECT id FROM firm WHERE id > 0
-- use filter
-- part: filter(id int?)
   AND id = :id  --? id
