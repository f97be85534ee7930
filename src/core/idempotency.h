/*
 * One effect a request, however often it comes: the key of a form or of an API header is stored with the answer in the
 * transaction of the change. The same actor's second request with that key changes nothing and gets the same answer.
 */
#ifndef PPURI_CORE_IDEMPOTENCY_H
#define PPURI_CORE_IDEMPOTENCY_H

#include "db/db.h"

enum { IDEMPOTENCY_KEY_BYTES_MAX = 200 };

struct idempotency_key {
    struct str key;         /* from the client: 1 .. IDEMPOTENCY_KEY_BYTES_MAX bytes */
    struct str actor;       /* ref of the account, or of the session of someone not signed in */
    struct str route;       /* "POST /needs" */
    struct str fingerprint; /* of the body, such as its hash: another body with the same key is refused; may be empty */
};

/* What the first request was answered with; enough to answer again. */
struct idempotency_answer {
    int64_t status;      /* HTTP code */
    struct str location; /* where the redirect led, or empty */
    struct str summary;  /* body or note, or empty; at most a few kB */
    bool again;          /* true: this is the stored answer, nothing was done */
};

/* The change: a closure of db_write that fills the answer; its texts live in the db's arena. */
typedef enum status idempotent_fn(struct tx *t, void *arg, struct idempotency_answer *answer);

/* Runs `fn` unless the key has had its effect. ST_INVALID: key too long or empty; ST_CONFLICT: the key was used for
   another route or body. A failure stores nothing, so the key may be used again. */
MUST_USE enum status idempotent_write(struct db *db, const struct idempotency_key *key, idempotent_fn *fn, void *arg,
                                      struct idempotency_answer *answer);

#endif
