/* The change log, which every derived structure follows, and running references such as S-17. */
#ifndef PPURI_CORE_CHANGE_H
#define PPURI_CORE_CHANGE_H

#include "db/db.h"

/* Notes in the same transaction that `ref` of `kind` ("site", "need") has changed. */
MUST_USE enum status change_record(struct tx *t, struct str kind, struct str ref);
/* Seq of the last change, 0 when there was none. */
MUST_USE enum status change_seq(struct db *db, int64_t *seq);
struct change_refs {
    struct str_list refs; /* each once, in the order of its last change */
    int64_t seq;          /* of the last change that was read */
    bool more;            /* there were more than `most`: nothing is listed */
};

/* What of `kind` has changed since. */
MUST_USE enum status change_refs(struct db *db, struct str kind, int64_t since, int64_t most, struct change_refs *out);
/* The next number of a series, for ever; the caller checks that the reference it makes of it is free. */
MUST_USE enum status ref_next(struct tx *t, struct str series, int64_t *number);

#endif
