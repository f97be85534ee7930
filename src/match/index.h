/*
 * The fast answer. A match_index is one immutable version of all sites, shared by counting references; it answers
 * exactly what match_scan answers over the same sites. Any number of threads may read one version, a version never
 * changes, and what an answer points into lives as long as a reference is held. How it works: doc/engine.md.
 */
#ifndef PPURI_MATCH_INDEX_H
#define PPURI_MATCH_INDEX_H

#include "match/scan.h"

struct match_index;

/* What an answer cost. Rows are capabilities. */
struct match_cost {
    uint64_t rows_total;   /* in the version, times the steps */
    uint64_t rows_swept;   /* in the ranges of related processes; the others can only be out by their process */
    uint64_t blocks_swept; /* of 64 rows, that the ranges touch */
    uint64_t
        blocks_skipped;     /* of them, left out of the ranking: no row of a class that is shown, or none good enough */
    uint64_t rows_scored;   /* exactly, one by one */
    uint64_t bytes_touched; /* of the columns of the rows swept */
};

struct match_index_size {
    uint64_t sites;
    uint64_t rows;
    uint64_t rows_delta;  /* of them, in the small segment of what changed since the last merge */
    uint64_t rows_dead;   /* replaced or gone, kept until the next merge */
    uint64_t index_bytes; /* columns, dictionaries, bits and postings, without the sites themselves */
};

/* Called now and then while an index is built, at last with done = total; NULL: no one listens. */
typedef void match_progress_fn(void *arg, uint64_t done, uint64_t total);

/* Builds a version site by site; what is added is copied. The vocabulary must outlive the version. */
struct index_builder;
struct index_builder *index_builder_new(const struct vocab *v);
/* The site must be prepared (supply_prepare); its ref must be new to the builder. */
void index_builder_add(struct index_builder *b, const struct site *site);
/* Gives the version, with one reference, and frees the builder. */
struct match_index *index_builder_finish(struct index_builder *b, match_progress_fn *progress, void *arg);
void index_builder_abandon(struct index_builder *b);

/* All sites of a supply at once, copied. */
struct match_index *match_index_build(const struct vocab *v, const struct supply *supply);
/* As match_index_build without copying: the version takes over `memory`, which holds the sites, and empties it. */
struct match_index *match_index_own(const struct vocab *v, struct arena *memory, const struct supply *supply,
                                    match_progress_fn *progress, void *arg);

struct match_index *match_index_ref(struct match_index *index);
/* Frees the version with its last reference. NULL is allowed. */
void match_index_unref(struct match_index *index);

/*
 * The next version: `changed` sites (prepared; copied) take the place of those with the same ref or are new, those
 * named by `gone` are no longer there (unknown ones don't matter). O(delta + rows / 64 + sites): what changed since the
 * last merge is held in a small segment beside the base. `old` stays as it is.
 */
struct match_index *match_index_next(const struct match_index *old, const struct supply *changed,
                                     const struct str_list *gone);
/* Whether the small segment has grown so that match_index_merged pays. */
bool match_index_wants_merge(const struct match_index *index);
/* The same sites in one segment. Takes as long as building; for a thread that nobody waits for. */
struct match_index *match_index_merged(const struct match_index *index);

/* As match_scan: same classes, counts, out_by, order, scores, relaxations. `cost` may be NULL. */
void match_index_answer(struct arena *a, const struct match_index *index, const struct need *need, struct day today,
                        size_t top, struct match_answer *out, struct match_cost *cost);

/* NULL when the version has no site of that ref. */
const struct site *match_index_site(const struct match_index *index, struct str ref);
/* Every site in the order in which they were added; changed ones keep their place until the next merge. */
const struct supply *match_index_sites(const struct match_index *index);

const struct vocab *match_index_vocab(const struct match_index *index);
struct match_index_size match_index_size(const struct match_index *index);

#endif
