/* Needs in the store: the checked JSON of each, found by its reference. */
#ifndef PPURI_FEATURE_NEED_NEED_STORE_H
#define PPURI_FEATURE_NEED_NEED_STORE_H

#include "feature/directory/directory.h"
#include "match/need_read.h"

/* A .jsonl of needs, one object a line, or a flat CSV; the good ones in one transaction. Blank refs become N-<n>, a
   blank day of creation becomes today. */
MUST_USE enum status need_import(struct db *db, struct str text, const struct import_options *options,
                                 struct import_report *out);

struct stored_need {
    struct str ref;
    struct str body;
};

struct stored_needs {
    struct stored_need *v;
    size_t n;
    size_t cap;
};

/* The newest first, at most `limit`. */
MUST_USE enum status need_load(struct db *db, int64_t limit, struct stored_needs *out);
/* Every need, the oldest first: imported into an empty store they come in the same order. */
MUST_USE enum status need_load_all(struct db *db, struct stored_needs *out);

/* ST_NOT_FOUND: there is none, or it has ended. */
MUST_USE enum status need_load_one(struct db *db, struct str ref, struct stored_need *out);

#endif
