/* Inside the chain files only: the k best chains of all candidates, by bounds and then by search among few. */
#ifndef PPURI_MATCH_CHAIN_SOLVE_H
#define PPURI_MATCH_CHAIN_SOLVE_H

#include "match/chain_bound.h"

struct chain_first {
    bool known;
    struct chain_found found;
};

struct chain_solver {
    struct arena *arena;
    struct arena scratch; /* of one question */
    const struct chain_problem *p;
    struct chain_grid grid;
    struct chain_bound bound;
    struct chain_clock *clock;
    struct chain_members members[NEED_STEPS_MAX]; /* that may be in the answer */
    /* What the bounds stand for now. */
    bool weighed;
    bool meets_only;
    bool nobody; /* no chain is in time */
    struct chain_scale scale;
    struct chain_first first[CHAIN_OBJECTIVE_COUNT]; /* of all chains alike; never of a blend */
    struct chain_found_list known;                   /* chains found before, whatever they were found for */
};

void chain_solver_init(struct arena *a, const struct chain_problem *p, struct chain_clock *clock,
                       struct chain_solver *out);
void chain_solver_release(struct chain_solver *s);
/* The values of the members under an objective; false when a step has nobody. */
bool chain_solver_weigh(struct chain_solver *s, const struct chain_scale *scale, bool meets_only);
/* The k best in the order of chains, within the filter (only_org is not looked at). False when the clock ended it. */
bool chain_solve(struct chain_solver *s, const struct chain_scale *scale, const struct chain_filter *filter,
                 struct chain_found_list *out);
/* The first chain of one organisation. */
bool chain_solve_single(struct chain_solver *s, const struct chain_scale *scale, struct chain_found_list *out);

#endif
