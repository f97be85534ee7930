/* Keeps the search index in step with the change log: a thread that looks every 200 ms, also for changes of other
 * processes. */
#ifndef PPURI_FEATURE_SEARCH_FEED_H
#define PPURI_FEATURE_SEARCH_FEED_H

#include "core/search.h"
#include "vocab/vocab.h"

struct search_feed;

/* The store and the vocabulary live until search_feed_stop. */
struct search_feed *search_feed_start(struct store *store, const struct vocab *v);
/* NULL is allowed. */
void search_feed_stop(struct search_feed *f);

/* Takes the next changes into the index; *more: there may be others. An index made with another tokenizer or vocabulary
   follows the log from its beginning again; what is in it stays findable meanwhile. */
MUST_USE enum status search_feed_step(struct db *db, const struct vocab *v, bool *more);

/* What is to be found of one change; none when it has ended. */
MUST_USE enum status search_docs_of(struct db *db, const struct vocab *v, struct str kind, struct str ref,
                                    struct search_docs *out);

#endif
