/*
 * Lists of firms from elsewhere that say where a firm is and, in words, what it does: known by their headings
 * (place_lists.def). One row, or the rows of one reference, become one site; capabilities only where words or codes
 * name a process.
 */
#ifndef PPURI_FEATURE_DIRECTORY_PLACE_LIST_H
#define PPURI_FEATURE_DIRECTORY_PLACE_LIST_H

#include "feature/directory/format.h"

/* What a heading of such a list is to us; headings that are nothing to us are not listed. */
enum place_role {
    PLACE_ORG_NAME,
    PLACE_REG_NO,
    PLACE_HOMEPAGE,
    PLACE_REF,
    PLACE_SITE_NAME,
    PLACE_COUNTRY,
    PLACE_PROVINCE,
    PLACE_DISTRICT,
    PLACE_ADDRESS,
    PLACE_POSTCODE,
    PLACE_LAT,
    PLACE_LON,
    PLACE_INDUSTRY, /* name of the industry */
    PLACE_PRODUCTS, /* words that may name processes */
    PLACE_TEXT,     /* words that are only kept */
    PLACE_CPV,      /* codes of what was bought, between | */
    PLACE_ROLES
};

struct place_column {
    const char *heading;
    enum place_role role;
};

struct place_list {
    const char *name;
    const char *ref_prefix;
    const char *kind; /* of the organisation; NULL = unknown */
    const struct place_column *columns;
    size_t n;
    size_t marks; /* the first of the columns, all of which the header must have */
};

enum { PLACE_LISTS = 7 };
extern const struct place_list place_lists[PLACE_LISTS];

bool place_list_recognises(const struct place_list *list, const struct csv_row *header);
void place_list_read(const struct place_list *list, struct format_run *run, const struct csv_table *table);

#endif
