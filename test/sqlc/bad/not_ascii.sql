-- name: a() many
SELECT id FROM firm WHERE 이름 = 1
