/* Fills the search index from what is stored and keeps it in step with the change log: a thread that looks every
 * 100 ms, also for changes of other processes. It only reads the store. */
#ifndef PPURI_FEATURE_SEARCH_FEED_H
#define PPURI_FEATURE_SEARCH_FEED_H

#include "core/search.h"
#include "db/db.h"
#include "match/supply.h"

struct search_feed;

/* Store, vocabulary and index live until search_feed_stop. */
struct search_feed *search_feed_start(struct store *store, const struct vocab *v, struct search *index);
/* The same with an index that search_feed_fill has filled up to `seq`. */
struct search_feed *search_feed_start_at(struct store *store, const struct vocab *v, struct search *index, int64_t seq);
/* NULL is allowed. */
void search_feed_stop(struct search_feed *f);

/* Everything that is stored; *seq: the last change that is surely in it. */
MUST_USE enum status search_feed_fill(struct db *db, const struct vocab *v, struct search *index, int64_t *seq);
/* Takes the next changes after *seq; *more: there may be others. */
MUST_USE enum status search_feed_step(struct db *db, const struct vocab *v, struct search *index, int64_t *seq,
                                      bool *more);

/* What is to be found of one change; none when it has ended. */
MUST_USE enum status search_docs_of(struct db *db, const struct vocab *v, struct str kind, struct str ref,
                                    struct search_docs *out);
void search_docs_of_site(struct arena *a, const struct vocab *v, const struct site *s, struct search_docs *out);
void search_docs_of_need(struct arena *a, const struct vocab *v, struct str body, struct search_docs *out);

#endif
