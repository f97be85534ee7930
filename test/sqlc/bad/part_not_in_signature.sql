-- part: filter(id int?)
   AND id = :id  --? id
-- name: a() many
SELECT id FROM firm WHERE id > 0
-- use filter
