/* Inside match/ only: a version is a base segment, a small one beside it, and which base rows still count. */
#ifndef PPURI_MATCH_INDEX_VERSION_H
#define PPURI_MATCH_INDEX_VERSION_H

#include "match/index_parts.h"

enum { INDEX_BASE, INDEX_DELTA, INDEX_SEGMENTS };

/* NULL: there is none. */
const struct index_segment *match_index_segment(const struct match_index *index, int which);
/* Rows that count, by block; NULL: all. */
const uint64_t *match_index_alive(const struct match_index *index, int which);

/* A plan for every segment that has rows; gives how many. */
size_t index_plans(struct arena *a, const struct match_index *index, const struct question *q,
                   struct index_plan out[INDEX_SEGMENTS]);

#endif
