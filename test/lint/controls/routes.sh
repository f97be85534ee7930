# shellcheck shell=bash
tree
put src/web/routes.def <<<'ROUTE(GET, "/firms/:ref", firm_page, PUBLIC, PAGE, NONE)'
finds routes 'src/web/routes.def:1: no handler firm_page'
finds routes 'src/web/routes.def:1: no test asks for GET /firms/:ref'
put src/feature/firm/firm_page.c <<<'enum status firm_page(struct req *q)
{
}'
put test/http/firms.test.mjs <<<"get('/firm')"
finds routes 'no test asks for GET /firms/:ref'
put test/http/firms.test.mjs <<<"get('/firms/S-1')"
content routes
put src/web/routes.def <<<'ROUTE(GET, "/firms/:ref", firm_page, PUBLIC, PAGE, NONE)
ROUTE(GET, "/firms/:id", firm_page, PUBLIC, PAGE, NONE)'
finds routes 'src/web/routes.def:2: GET /firms/:id stands twice'
put src/web/routes.def <<<'ROUTE(GET, "/firms/:ref", firm_page, PUBLIC, PAGE, NONE)'
put src/feature/firm/old_page.c <<<'enum status old_page(struct req *q)
{
}'
finds routes 'the handler old_page has no route'
rm "$work/tree/src/feature/firm/old_page.c"
put src/feature/firm/views/firm.html <<<'{{view firm_part(int x)}}'
finds routes 'src/feature/firm/views/firm.html: is not in src/views/meson.build'
put src/views/meson.build <<<"'../feature/firm/views/firm.html'"
finds routes 'the view firm_part is not used'
put src/feature/firm/other.c <<<'x = firm_part(1);'
content routes
put src/feature/firm/firm.sql <<<'-- name: firm_all() many'
finds routes 'src/feature/firm/firm.sql: is not in src/meson.build'
finds routes 'src/feature/firm/firm.sql:1: the query firm_all is not used'
put src/meson.build <<<"'feature/firm/firm.sql'"
put src/feature/firm/other.c <<<'x = firm_part(1) + firm_all(2);'
content routes
put src/web/assets/old.css <<<''
finds routes 'src/web/assets/old.css: is not in src/views/meson.build'
