/*
 * What firms offer, held in memory for matching: an immutable copy of the directory, replaced as a whole when the
 * change log grows, also by another process. Readers never wait for a reload; an answer comes from one consistent copy.
 */
#ifndef PPURI_FEATURE_DIRECTORY_SNAPSHOT_H
#define PPURI_FEATURE_DIRECTORY_SNAPSHOT_H

#include "db/db.h"
#include "match/supply.h"

struct snapshot {
    struct arena arena;
    struct supply supply;
    int64_t seq; /* last change that is in it */
    size_t capabilities;
    int refs;
};

struct snapshots;

enum { SNAPSHOT_POLL_MS = 200 };

/* Loads the first copy and begins to follow the change log. The store and the vocabulary live until snapshots_stop. */
MUST_USE enum status snapshots_start(struct store *store, const struct vocab *vocab, struct snapshots **out);
/* Every snapshot must have been given back. NULL is allowed. */
void snapshots_stop(struct snapshots *s);
/* The newest copy; stays valid until it is given back. */
struct snapshot *snapshot_take(struct snapshots *s);
void snapshot_give(struct snapshots *s, struct snapshot *snapshot);

#endif
