# shellcheck shell=bash
tree
put src/base/a.c <<<'#include "db/db.h"'
put lint/exceptions <<<'layers | src/base/a.c | db/db.h | a reason'
content layers
content exceptions
put lint/exceptions <<<'layers | src/base/b.c | db/db.h | a reason'
finds layers 'src/base/a.c:1: L0 base includes L1'
finds layers 'lint/exceptions:1: nothing to except'
put lint/exceptions <<<'layers | src/base/a.c | db/db.h |'
finds layers 'src/base/a.c:1: L0 base includes L1'
finds exceptions 'lint/exceptions:1: an exception needs'
