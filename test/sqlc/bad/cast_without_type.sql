-- name: a() many
SELECT CAST(staff AS INTEGER) AS n FROM firm
