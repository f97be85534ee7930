/* Sites as flat CSV: one row a capability, the columns of organisation and site repeated (site_columns.def). */
#ifndef PPURI_FEATURE_DIRECTORY_FLAT_CSV_H
#define PPURI_FEATURE_DIRECTORY_FLAT_CSV_H

#include "base/flat.h"
#include "feature/directory/format.h"

extern const struct flat_table site_columns;

/* The organisation's name and the site's name, its reference or a process, in either language. */
bool flat_sites_recognises(struct arena *a, const struct csv_row *header);
/* The rows of one site are those with the same site reference; without one, those of the same organisation (by number,
   else by name) and site name. They stand or fall together. A heading that is unknown refuses the whole file. */
void flat_sites_read(struct format_run *run, const struct csv_table *table);

/* Appends the rows of one site. */
void flat_site_write(struct arena *a, const struct vocab *v, const struct site *site, struct buf *out);

#endif
