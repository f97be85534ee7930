# shellcheck shell=bash
one_include() { # file include
  tree
  put "$1" <<<"#include $2"
}
one_include src/base/a.c '"db/db.h"'
finds layers 'src/base/a.c:1: L0 base includes L1 "db/db.h"'
one_include src/db/a.c '"http/uri.h"'
finds layers 'sideways in L1'
one_include src/match/a.c '"core/app.h"'
finds layers 'L2 match includes L3'
one_include src/core/a.c '"feature/need/need.h"'
finds layers 'L3 core includes L4'
one_include src/feature/need/a.c '"web/dispatch.h"'
finds layers 'L4 feature/need includes L5'
one_include src/feature/need/a.c '"feature/directory/save.h"'
finds layers 'sideways in L4'
one_include src/feature/need/a.c '"feature/directory/directory.h"'
content layers
put src/feature/directory/b.c <<<'#include "feature/need/need.h"'
finds layers 'cycle of features'
one_include src/match/a.c '"vocab/vocab.h"'
content layers
one_include src/db/a.c '"db.h"'
finds layers 'is not a full path'
one_include src/db/a.c '"../base/str.h"'
finds layers 'is a relative path'
one_include src/odd/a.c '"base/str.h"'
finds layers 'the file lies in no layer'
one_include src/base/a.c '"odd/str.h"'
finds layers 'lies in no layer'
for pair in sqlite3.h:src/db/db.c libpq-fe.h:src/db/db.c microhttpd.h:src/web/dispatch.c jansson.h:src/match/need.c csv.h:src/core/a.c \
  utf8proc.h:src/html/a.c sodium.h:src/web/a.c; do
  one_include "${pair#*:}" "<${pair%%:*}>"
  finds layers "<${pair%%:*}> is included outside its one wrapper"
done
one_include src/db/sqlite.c '<sqlite3.h>'
content layers
one_include src/feature/need/a.c '"views/firm.h"'
finds layers 'no view file makes "views/firm.h"'
put src/feature/directory/views/firm.html <<<'<p>'
finds layers 'includes "views/firm.h", a view of feature/directory'
put src/feature/directory/views/firm.html <<<'{{include "feature/need/save.h"}}'
finds layers 'src/feature/directory/views/firm.html:1: sideways in L4'
