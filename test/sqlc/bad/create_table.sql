-- name: a() exec
CREATE TABLE x (id INTEGER)
