-- name: a() many
SELECT id FROM firm;
