-- name: a(ids int[]) many
SELECT id FROM firm WHERE id = :ids
