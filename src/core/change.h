/* The change log, which every derived structure follows, and running references such as S-17. */
#ifndef PPURI_CORE_CHANGE_H
#define PPURI_CORE_CHANGE_H

#include "db/db.h"

/* Notes in the same transaction that `ref` of `kind` ("site", "need") has changed. */
MUST_USE enum status change_record(struct tx *t, struct str kind, struct str ref);
/* Seq of the last change, 0 when there was none. */
MUST_USE enum status change_seq(struct db *db, int64_t *seq);
/* The next number of a series, for ever; the caller checks that the reference it makes of it is free. */
MUST_USE enum status ref_next(struct tx *t, struct str series, int64_t *number);

#endif
