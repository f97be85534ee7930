# shellcheck shell=bash
table() { # column
  tree
  put migrations/0001_x.sql <<<"CREATE TABLE x (
    id bigint PRIMARY KEY,
    $1
);"
}
table 'share double precision NOT NULL, PRIMARY KEY (id)'
content sql
for type in integer int varchar 'varchar(20)' boolean serial timestamp 'numeric(10, 2)' jsonb uuid real date double; do
  table "a $type"
  finds sql 'migrations/0001_x.sql:3: '
done
for word in 'DEFAULT now()' 'DEFAULT random()' 'DEFAULT CURRENT_TIMESTAMP' 'COLLATE "C"'; do
  table "a text $word"
  finds sql 'migrations/0001_x.sql:3: the '
done
tree
put migrations/0001_x.sql <<<'CREATE VIEW v AS SELECT 1;'
finds sql 'tables and indexes only'
put migrations/0001_x.sql <<<'ALTER TABLE x ADD COLUMN a boolean;'
finds sql 'the column a is of type boolean'
put migrations/0001_x.sql <<<'ALTER TABLE x ADD COLUMN a text;'
content sql
one_query() {
  tree
  put src/core/x.sql <<<"-- name: x() one
$1"
}
for words in 'SELECT now()' 'SELECT random()' "SELECT a::text FROM x" "SELECT a->>'k' FROM x" "SELECT a FROM x WHERE a ILIKE :b" \
  'SELECT a FROM x LIMIT 1 OFFSET 2' 'SELECT "a" FROM x' "SELECT a FROM x WHERE a ~ 'b'" 'SELECT a / b FROM x' "SELECT strftime('%s', a)"; do
  one_query "$words"
  finds sql 'src/core/x.sql:2: '
done
one_query "SELECT a / NULLIF(b, 0), 'now() -- ::' FROM x WHERE knows = 1 -- now()"
content sql
only() { # count
  tree
  for ((i = 0; i < $1; i++)); do echo '-- only: postgres'; done | put src/core/x.sql
}
only 10
content sql
only 11
finds sql 'src/core/x.sql:11: block 11 for PostgreSQL only; ten are allowed'
put src/core/x.sql <<<'-- only: sqlite'
finds sql 'only: postgres is the one exception'
