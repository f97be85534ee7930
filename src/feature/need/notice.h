/* Lists of public notices (나라장터, 기업마당) as rows of our flat CSV, for the columns that they share with a need. */
#ifndef PPURI_FEATURE_NEED_NOTICE_H
#define PPURI_FEATURE_NEED_NOTICE_H

#include "base/csv.h"

/* False when the header is none of these lists; then *out is left alone. Own columns (process, due ...) that somebody
   added to the list are kept: they make needs of the notices. */
bool notice_rows(struct arena *a, const struct csv_table *table, struct csv_table *out);

#endif
