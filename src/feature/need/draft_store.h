/* Drafts: needs that are still being written, kept for the browser that wrote them and shown to whoever has the link.
 */
#ifndef PPURI_FEATURE_NEED_DRAFT_STORE_H
#define PPURI_FEATURE_NEED_DRAFT_STORE_H

#include "core/audit.h"
#include "core/idempotency.h"

enum { DRAFTS_MAX = 100 };

struct draft {
    struct str ref;   /* 128 random bits, hex: knowing it is the right to see */
    struct str owner; /* session_owner of who may change it */
    struct str title; /* may be empty */
    struct str body;  /* a need that was read, as JSON */
    int64_t version;  /* what a change must know */
    int64_t changed_ms;
};

struct drafts {
    struct draft *v;
    size_t n;
    size_t cap;
};

/* Who changes, for the trace. */
struct draft_hand {
    struct str address;
    struct str request;
};

/* Answers with a redirect to the new draft. ST_RATE: the owner has DRAFTS_MAX. `d->ref` is of the caller. */
MUST_USE enum status draft_create(struct db *db, const struct idempotency_key *key, const struct draft *d,
                                  const struct draft_hand *hand, struct idempotency_answer *answer);
/* Title and body. ST_CONFLICT: it has changed since d->version, or is gone, or is another's. */
MUST_USE enum status draft_change(struct db *db, const struct draft *d, const struct draft_hand *hand);
MUST_USE enum status draft_remove(struct db *db, const struct draft *d, const struct draft_hand *hand);
MUST_USE enum status draft_find(struct db *db, struct str ref, struct draft *out);
/* The owner's, changed last first. */
MUST_USE enum status draft_list(struct db *db, struct str owner, struct drafts *out);

#endif
