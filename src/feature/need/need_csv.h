/* Needs as flat CSV: one row a step, the columns of the need repeated (need_columns.def). And lists of notices from
   elsewhere, for the columns that they share with a need. */
#ifndef PPURI_FEATURE_NEED_NEED_CSV_H
#define PPURI_FEATURE_NEED_NEED_CSV_H

#include "base/flat.h"

extern const struct flat_table need_columns;

/* One need of the file. */
struct need_csv_item {
    struct flat_group group;
    struct str json;
};

struct need_csv {
    struct arena *arena;
    struct flat_header header;
    struct csv_table table;
    struct need_csv_item *v;
    size_t n;
    size_t cap;
    struct problem_list header_problems; /* any: the file is refused */
};

/* The rows of one need are those with the same reference, without one those with the same title; steps come in the
   order of the column step, else of the rows. False: a header nobody knows. */
bool need_csv_read(struct arena *a, const struct csv_table *table, struct need_csv *out);

/* Appends the rows of one need. */
void need_csv_write(struct arena *a, struct str body, struct buf *out);

#endif
