-- name: a(sort name|id) many
SELECT id FROM firm
 ORDER BY name     --? sort=nmae
 ORDER BY id       --? sort=id
