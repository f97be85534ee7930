/*
 * Multi-firm process chains: one capability for each step of a need, in order, ranked as doc/matching.md, "Chains",
 * says. Money is whole won, distances are road km, masses kg, times whole calendar days.
 *
 *     struct chain_request request = {vocab, &need, today, .objective = CHAIN_BLEND, .k = CHAIN_K_DEFAULT};
 *     chain_candidates_indexed(arena, &request, index);  or chain_candidates over a supply
 *     chain_find(arena, &request, &answer);
 */
#ifndef PPURI_MATCH_CHAIN_H
#define PPURI_MATCH_CHAIN_H

#include "base/problem.h"
#include "match/index.h"

/* objective, word on the command line and in JSON, Korean, English */
#define CHAIN_OBJECTIVES(O)                                                                                            \
    O(CHAIN_BLEND, "blend", "종합", "Balanced")                                                                        \
    O(CHAIN_COST, "cost", "비용", "Cost")                                                                              \
    O(CHAIN_TIME, "time", "기간", "Time")                                                                              \
    O(CHAIN_CARBON, "carbon", "탄소", "Carbon")                                                                        \
    O(CHAIN_SCORE, "score", "적합도", "Fit")                                                                           \
    O(CHAIN_FIRMS, "firms", "업체 수", "Fewest firms")

enum chain_objective {
#define O(name, word, ko, en) name,
    CHAIN_OBJECTIVES(O)
#undef O
        CHAIN_OBJECTIVE_COUNT
};

enum { CHAIN_K_DEFAULT = 10, CHAIN_K_MAX = 100, CHAIN_LIMIT_MS_DEFAULT = 300, CHAIN_BRUTE_MAX = 50000000 };

/* What of a step is an estimate and not the firm's own figure. */
enum chain_estimate {
    CHAIN_PRICE_ESTIMATED = 1,
    CHAIN_LEAD_ESTIMATED = 2,
    CHAIN_ENERGY_ESTIMATED = 4,
    CHAIN_KM_ESTIMATED = 8, /* of the leg to this step: a place without coordinates */
};

struct chain_step {
    const struct capability *capability;
    enum match_class class; /* CLASS_MEETS or CLASS_ASK */
    double score;           /* of the step, 0..100 */
    int64_t price_won;
    int64_t lead_days;
    double kg_co2;                    /* of the process alone; 0 when the step has no mass */
    struct opt_real km_from_previous; /* road km; 0 at the same site; none for the first step without an origin */
    int64_t leg_won;                  /* of the leg to this step, with the hand-over */
    int64_t leg_days;
    unsigned estimated; /* chain_estimate bits */
};

/* Sums over steps and legs. */
struct chain {
    int64_t cost_won; /* prices, legs and hand-overs */
    int64_t days;
    struct opt_real kg_co2; /* none when a step has no mass */
    double km;
    int64_t firms; /* changes of organisation between steps: 0 = one organisation */
    double score;  /* sum of (100 - step score), to 4 decimals: lower is better */
    double value;  /* of the objective that it was found by, rounded to 6 decimals */
    bool all_meet; /* no step has class ask */
    bool estimated;
    struct opt_real km_to_delivery; /* last leg, none without deliver_to; its cost and days are in the sums */
    int64_t delivery_won;
    int64_t delivery_days;
    bool delivery_estimated;
    struct chain_step *steps;
    size_t n;
};

struct chain_list {
    struct chain *v; /* best first */
    size_t n;
    size_t cap;
};

/* What remains when the organisation of one step of the first chain drops out. */
struct chain_loss {
    size_t step; /* from 0 */
    struct str org;
    const struct chain *chain; /* NULL: no chain without it */
};

/* A broken order rule; the steps are never reordered. */
struct chain_warning {
    const struct order_rule *rule;
    size_t step;  /* at or under rule->first, from 0 */
    size_t other; /* not_after: the earlier step at or under rule->then; needs_after: SIZE_MAX */
};

struct chain_warnings {
    struct chain_warning *v;
    size_t n;
    size_t cap;
};

/* The candidates of one step as columns: what the search reads of them. Those that meet are before those that ask. */
struct chain_columns {
    size_t n;
    double *setup_won; /* NAN: blank, here and below */
    double *per_piece_won;
    double *per_kg_won;
    double *energy_kwh_per_kg;
    int64_t *lead_days; /* -1: blank */
    double *lat;        /* NAN: no coordinates */
    double *lon;
    uint32_t *region; /* NODE_NONE: blank */
    double *score;
    bool *ask;
    uint32_t *org; /* numbers below those of struct chain_input, the same in every step */
    uint32_t *site;
};

/* What a search starts from. An index that has the columns fills it; chain_read makes it of lists. */
struct chain_input {
    struct chain_columns step[NEED_STEPS_MAX];
    uint32_t orgs;
    uint32_t sites;
    bool cut; /* the lists were longer than could be read in time */
    /* The row of a step with its capability; asked only for what is shown and for chains that are alike. */
    const struct judgement *(*row)(const void *arg, size_t step, size_t row);
    const void *arg;
};

struct chain_request {
    const struct vocab *vocab;
    const struct need *need;
    struct day today;
    /* One list a step: meets and ask, of each site only the first in the order of an answer, in that order. */
    const struct judgement_list *candidates;
    const struct chain_input *input; /* NULL: made of the lists */
    enum chain_objective objective;
    size_t k;         /* 0..CHAIN_K_MAX chains */
    int64_t limit_ms; /* of all that chain_find does; 0 = CHAIN_LIMIT_MS_DEFAULT */
    bool brute;       /* plain enumeration, without a time limit */
};

struct chain_answer {
    const struct vocab *vocab;
    const struct need *need;
    struct day today;
    enum chain_objective objective;
    struct chain_list chains;                        /* the k best by the objective */
    const struct chain *best[CHAIN_OBJECTIVE_COUNT]; /* the first by each; NULL when there is none */
    const struct chain *single_firm;                 /* the first with one organisation, or NULL */
    struct chain_loss *if_lost;                      /* one a step of the first chain; n_lost = 0 without a chain */
    size_t n_lost;
    struct chain_warnings warnings;
    bool missing[NEED_STEPS_MAX]; /* no chain: steps without a candidate */
    bool too_late;                /* no chain: candidates for all steps, but none in time */
    /* False when the time limit ended a search: what is listed was the best found so far, and no chain is better than
       the first of `chains` by more than `gap` in the unit of the objective (blend: 1 = the best single values; 0 when
       only other parts of the answer were cut). Without a gap nothing was proven. */
    bool complete;
    struct opt_real gap;
};

const char *chain_objective_word(enum chain_objective o);
const char *chain_objective_label(enum chain_objective o, bool korean);
bool chain_objective_by_word(struct str word, enum chain_objective *out);

/* The candidates of every step by plain scan, request->candidates; vocab, need and today must be set. */
void chain_candidates(struct arena *a, struct chain_request *request, const struct supply *supply);
/* The columns of the same candidates by an index, request->input; a reference to the index must be held while the
   answer is used. */
void chain_candidates_indexed(struct arena *a, struct chain_request *request, const struct match_index *index);
/* Of an ordered list the first row of each site; in place. O(n). */
void chain_first_of_sites(struct arena *a, struct judgement_list *list);

/* Room for n rows. */
void chain_columns_make(struct arena *a, struct chain_columns *c, size_t n);
/* The columns of the lists, request->input. Reads until the clock (time_steady_ns), 0 = to the end. */
void chain_read(struct arena *a, struct chain_request *request, int64_t until_ns);

/* Exact within the time limit. ST_TOO_LARGE: `brute` with more than CHAIN_BRUTE_MAX chains. The answer lives in the
   arena and points into need and supply. */
MUST_USE enum status chain_find(struct arena *a, const struct chain_request *request, struct chain_answer *out);

/* Breaks of order rules by the steps of a need alone. */
void chain_check_order(struct arena *a, const struct vocab *vocab, const struct need *need, struct chain_warnings *out);

#endif
