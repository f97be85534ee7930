-- name: a() exec
SAVEPOINT x
