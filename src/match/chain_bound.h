/* Inside the chain files only: what no chain through a cell or a member can be below, for one objective. */
#ifndef PPURI_MATCH_CHAIN_BOUND_H
#define PPURI_MATCH_CHAIN_BOUND_H

#include "match/chain_grid.h"

/* The order of chains by an objective as one number: what is counted next is a small part of what is counted first. */
struct chain_weights {
    double won, days, kg, loss, firms;
    double value; /* of the objective (of a score: of its 10,000th parts), the cost being the rest */
    /* A day more counts so much more: chains that are too late are then no longer the best. What is in time stays
       within its number + pull * days left. */
    double pull;
    double slack; /* two chains whose numbers are closer may be in either order */
};

/* The least of a leg between places so many km apart. */
struct chain_line {
    double base, per_km;
    double same_day_km, one_day_km;
    double day; /* of a day more */
};

/* Of the cells of one step and level; dead cells have HUGE_VAL everywhere. */
struct chain_reach {
    double *least;      /* of its members alone */
    double *before;     /* of all that comes before, with the leg to here */
    double *behind;     /* of all that comes behind */
    double *through[2]; /* before or behind together with a member */
    double *arrive;     /* as through[0], of the level above: what is known before the level is looked at */
    uint32_t *alive;
    size_t n;
};

/* The linked members and the links of a step that are still within reach. */
struct chain_tied {
    uint32_t *use; /* indices of board->linked */
    size_t n;
    uint32_t *links; /* indices of board->links */
    size_t n_links;
};

struct chain_member {
    uint32_t member;
    double value; /* no chain through it is below */
};

struct chain_members {
    struct chain_member *v;
    size_t n;
    size_t cap;
    struct arena *arena;
};

struct chain_bound {
    const struct chain_grid *g;
    double all_costs; /* more than any chain costs */
    struct chain_weights weights;
    bool meets_only;
    struct chain_line leg[NEED_STEPS_MAX + 1]; /* [0] from the origin, [n] to the delivery */
    double same_org;                           /* of other firms in a leg: what a leg within an organisation is less */
    double *own[NEED_STEPS_MAX];
    enum chain_tie tie;                 /* which links count */
    double *from_start[NEED_STEPS_MAX]; /* of linked members: with all before them; the same to the end */
    double *to_end[NEED_STEPS_MAX];
    struct chain_reach reach[NEED_STEPS_MAX][CHAIN_LEVELS];
    size_t n_linked[NEED_STEPS_MAX]; /* of the linked members, so many count */
    struct chain_tied tied[NEED_STEPS_MAX];
    double least; /* no chain is below */
};

void chain_bound_init(struct arena *a, const struct chain_grid *g, struct chain_bound *out);
/* Values of the members under an objective, or of days alone. False when a step has nobody. */
bool chain_bound_weigh(struct chain_bound *b, const struct chain_scale *scale, bool meets_only, double pull);
bool chain_bound_weigh_days(struct chain_bound *b, bool meets_only);
/* Takes the members of an organisation out (their value becomes HUGE_VAL), or in again. */
void chain_bound_without(struct chain_bound *b, uint32_t org, bool back);
void chain_bound_all_alive(struct chain_bound *b, int level);
/* The bounds of a level among its alive cells; what is only beyond `most` counts as HUGE_VAL. */
void chain_bound_level(struct chain_bound *b, int level, double most);
/* The alive cells of the next level: children of alive ones that may be within `most`. */
void chain_bound_refine(struct chain_bound *b, int level, double most);
/* The members of a step that may be within `most`. */
void chain_bound_members(const struct chain_bound *b, size_t step, int level, double most, struct chain_members *out);
/* The objective that a number stands for, or a little less. */
double chain_bound_value(const struct chain_bound *b, const struct chain_scale *scale, double key);
/* The bound of a linked member. */
double chain_bound_linked(const struct chain_bound *b, size_t step, size_t linked);
/* What all up to and with a member is not below, by the bounds of a level. */
double chain_bound_arrive(const struct chain_bound *b, size_t step, uint32_t member, int level);
/* So many members of a step count: those that meet, or all. */
static inline size_t chain_bound_count(const struct chain_bound *b, size_t step)
{
    return b->meets_only ? b->g->board[step].meets : b->g->board[step].n;
}
/* Where the linked members from this one on begin in their list. */
size_t chain_bound_first_linked(const struct chain_bound *b, size_t step, size_t member);
double chain_bound_key(const struct chain_bound *b, const struct chain_sums *sums);

#endif
