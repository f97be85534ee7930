-- name: a(by region|staff) many
SELECT region_id AS k FROM firm --? by=region
SELECT staff AS k FROM firm     --? by=staff
