/* The same question as SQL, in the three dialects of the baselines, and the tables that it is asked of. */
#ifndef PPURI_BENCH_MATCH_SQL_H
#define PPURI_BENCH_MATCH_SQL_H

#include "base/buf.h"
#include "match/verdict.h"

enum dialect { DIALECT_SQLITE, DIALECT_POSTGRES, DIALECT_DUCKDB, DIALECTS };

/* One statement without a line end. Its rows: (0, class, count, 0, 0) a class among the rows whose process is not no,
   and (1, class, score in ten-thousandths, unknowns, capability) for the first 20 that meet or may meet. A criterion
   that the tables don't hold is a program error. */
void match_sql(struct buf *out, const struct question *q, enum dialect dialect);

/* Tab separated lines, \N for NULL; the columns are those of the tables in match.c. */
void row_capability(struct buf *out, const struct capability *c, int64_t site);
void row_materials(struct buf *out, const struct capability *c);
void row_certificates(struct buf *out, const struct site *site, int64_t number);
/* The number in BC-<number>. */
int64_t row_id(const struct capability *c);

#endif
