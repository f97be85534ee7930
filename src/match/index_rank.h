/* Inside match/ only: exact scores of rows, and the best of them. */
#ifndef PPURI_MATCH_INDEX_RANK_H
#define PPURI_MATCH_INDEX_RANK_H

#include "match/index_parts.h"

/* The verdicts of a tile about every criterion. */
struct index_judging {
    const struct index_plan *plan;
    size_t tile;
    struct index_verdicts *verdicts; /* by term */
};

/* `rows` of the block are the ones that are judged: near misses, or those that meet or may meet, of a plan that was
   counted. out->verdicts has room for every term. */
void index_judging_at(const struct index_plan *plan, size_t tile, uint64_t rows, struct index_judging *out);
/* As judge() of match/score.h but for the tie, of a row whose class is known. */
struct judgement index_judge(const struct index_judging *j, enum match_class class, size_t row);
void index_set_tie(const struct index_judging *j, struct judgement *out);

/* The best rows, at most `room`. */
struct index_top {
    struct judgement *v; /* a heap, the last in front, once it is full */
    size_t n;
    size_t room;
};

void index_top_init(struct arena *a, struct index_top *top, size_t room);
void index_rank(struct arena *a, const struct index_plan *p, enum match_class class, struct index_top *top,
                struct match_cost *cost);
/* Copies them in order. */
void index_top_sorted(struct arena *a, struct index_top *top, struct judgement_list *out);

#endif
