/* Organisations that may be one: by registration number and by folded name. They are told, never merged. */
#ifndef PPURI_FEATURE_DIRECTORY_DUPLICATES_H
#define PPURI_FEATURE_DIRECTORY_DUPLICATES_H

#include "feature/directory/directory.h"

struct duplicate_list {
    struct duplicate *v;
    size_t n;
    size_t cap;
};

/* The name for comparing: NFKC, case folded, without legal forms (㈜, 주식회사, Inc., GmbH, Co., Ltd. ...), blanks and
 * dots. */
struct str org_name_key(struct arena *a, struct str name);

/* Saved sites of one import, beside the lines they came from. */
struct saved_site {
    struct str ref;
    const struct site *read;
};

struct saved_sites {
    struct saved_site *v;
    size_t n;
    size_t cap;
};

/* What the saved sites share with each other and with the rest of the store. Each pair once, the earlier one first. */
MUST_USE enum status duplicates_find(struct db *db, const struct saved_sites *saved, struct duplicate_list *out);

#endif
