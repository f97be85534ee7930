/* Lists of public notices (나라장터, 기업마당), turned into rows of our flat CSV for the columns that they share with a need. */
#ifndef PPURI_FEATURE_NEED_NOTICE_H
#define PPURI_FEATURE_NEED_NOTICE_H

#include "base/csv.h"
#include "feature/directory/infer.h"

/* False when the header is none of these lists; then *out is left alone. Own columns (process, due ...) that somebody added to
   the list are kept. Without a column process, the title of an order gives the steps; that of a support programme never does. */
bool notice_rows(struct arena *a, const struct infer *infer, const struct csv_table *table, struct csv_table *out);

#endif
