/*
 * What firms offer, held in memory for matching: versions of an index over the directory. The change log, also where
 * another process writes it, makes the next version of what it names; readers never wait, and an answer comes from one
 * version.
 */
#ifndef PPURI_FEATURE_DIRECTORY_SNAPSHOT_H
#define PPURI_FEATURE_DIRECTORY_SNAPSHOT_H

#include "db/db.h"
#include "match/index.h"
#include "match/supply_columns.h"

struct snapshot {
    struct match_index *index;
    struct supply supply; /* the index's own list of sites */
    int64_t seq;          /* last change that is in it */
    size_t capabilities;
    int refs;
    bool has_columns; /* see snapshot_columns */
    struct supply_columns columns;
    struct arena memory; /* of the columns */
};

struct snapshots;

enum { SNAPSHOT_POLL_MS = 100 };

/* Loads the first version and begins to follow the change log. The store and the vocabulary live until snapshots_stop.
 */
MUST_USE enum status snapshots_start(struct store *store, const struct vocab *vocab, struct snapshots **out);
/* Every snapshot must have been given back. NULL is allowed. */
void snapshots_stop(struct snapshots *s);
/* The newest version; stays valid until it is given back. */
struct snapshot *snapshot_take(struct snapshots *s);
void snapshot_give(struct snapshots *s, struct snapshot *snapshot);
/* The version's columns: made by the first who asks for them, and for later versions by the thread that makes these. */
const struct supply_columns *snapshot_columns(struct snapshots *s, struct snapshot *snapshot);
/* Seq of the newest version: what is kept of an older one is out of date. */
int64_t snapshot_version(struct snapshots *s);

#endif
