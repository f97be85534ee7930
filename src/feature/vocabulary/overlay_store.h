/* The council's own vocabulary entries in the store: read as one overlay, written with their trace. */
#ifndef PPURI_FEATURE_VOCABULARY_OVERLAY_STORE_H
#define PPURI_FEATURE_VOCABULARY_OVERLAY_STORE_H

#include "core/audit.h"
#include "vocab/overlay.h"

/* Into the db's arena, from one moment of the store. */
MUST_USE enum status overlay_load(struct db *db, struct vocab_overlay *out);
/* Seq of the last change, 0 without any: cheap, to see whether to load again. */
MUST_USE enum status overlay_seq(struct db *db, int64_t *seq);

struct overlay_write {
    struct vocab_entry entry;
    struct str actor;   /* as in the audit chain: "cli" or the ref of an account */
    struct str address; /* of the client, may be empty */
    struct str request; /* id, may be empty */
};

/* Stores the entry as a whole, in place of one of the same code. ST_INVALID with *why when it does not fit the lists,
   or entries that are there would no longer fit. */
MUST_USE enum status overlay_put(struct db *db, const struct overlay_write *w, const char **why);
/* Ends it: its code or words are gone at the next load. ST_NOT_FOUND when there is none; ST_INVALID with *why when
   others stand below it. Firms that were given its code lose it: the caller asks before. */
MUST_USE enum status overlay_end(struct db *db, const struct overlay_write *w, const char **why);

#endif
