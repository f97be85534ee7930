-- name: firmPage() many
SELECT id FROM firm
