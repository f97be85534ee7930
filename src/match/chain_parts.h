/* Inside the chain files only: a need with its candidates as numbers. */
#ifndef PPURI_MATCH_CHAIN_PARTS_H
#define PPURI_MATCH_CHAIN_PARTS_H

#include "match/chain.h"

struct chain_place {
    bool known;     /* coordinates, or the centroid of the region */
    bool estimated; /* not its own coordinates */
    struct coordinates at;
};

/* A candidate of one step. */
struct chain_node {
    const struct judgement *judgement;
    const struct capability *capability;
    int64_t price_won;
    int64_t lead_days;
    double kg_co2;      /* of the process; 0 without a mass */
    int64_t loss;       /* (100 - score) in 1e-4 points */
    uint32_t org;       /* numbered over all steps */
    uint32_t site;      /* the same */
    uint32_t ref_rank;  /* place of its ref among the step's */
    unsigned estimated; /* chain_estimate bits */
    bool ask;
    struct chain_place place;
};

struct chain_layer {
    struct chain_node *v;
    size_t n;
    bool mass_known;
    double load_kg; /* what leaves this step; 0 without a mass */
};

/* Factors of vocab/factors.csv, read once. */
struct chain_factors {
    double road_factor, unknown_km, same_day_km, one_day_km;
    double parcel_won, parcel_max_kg, truck_base_won, truck_km_won, truck_t_km_won, handover_won;
    double grid, freight_under_1t, freight_over_1t;
};

struct chain_problem {
    const struct chain_request *request;
    struct chain_factors factors;
    struct chain_layer layer[NEED_STEPS_MAX];
    size_t n;
    bool has_origin;
    bool has_delivery;
    struct chain_place origin;
    struct chain_place delivery;
    bool has_limit; /* the due date is a must */
    int64_t days_left;
    bool has_carbon; /* every step has a mass */
    uint32_t orgs;
};

struct chain_leg {
    double km;
    int64_t won; /* with the hand-over */
    int64_t days;
    double kg_co2;
    bool estimated;
};

/* Sums of a chain or of a part of one. */
struct chain_sums {
    int64_t won;
    int64_t days;
    double kg_co2;
    int64_t loss;
    int64_t firms;
};

/* How the objective is made of the sums. */
struct chain_scale {
    enum chain_objective objective;
    double won, days, kg; /* CHAIN_BLEND: the best single values, at least 1 */
};

void chain_problem_init(struct arena *a, const struct chain_request *request, struct chain_problem *out);

/* From the origin to a node of the first step, between nodes of two steps that follow each other, to the delivery. A
   leg that is not travelled is all zeros. `step` is the one just left. */
struct chain_leg chain_leg_origin(const struct chain_problem *p, const struct chain_node *to);
struct chain_leg chain_leg_between(const struct chain_problem *p, size_t step, const struct chain_node *from,
                                   const struct chain_node *to);
struct chain_leg chain_leg_delivery(const struct chain_problem *p, const struct chain_node *from);

void chain_add_leg(struct chain_sums *s, const struct chain_leg *leg);
void chain_add_node(struct chain_sums *s, const struct chain_node *node);
/* Not rounded. Linear in the sums, so parts can be bounded alone. */
double chain_value(const struct chain_problem *p, const struct chain_scale *scale, const struct chain_sums *s);
double chain_round6(double x);

/* A whole chain as found: node indices and its place in the order. */
struct chain_found {
    uint32_t node[NEED_STEPS_MAX];
    struct chain_sums sums;
    double value; /* rounded */
    bool ask;
};

struct chain_found_list {
    struct chain_found *v; /* best first */
    size_t n;
    size_t k;     /* at most; v has room for k + 1 */
    double bound; /* of a search that the clock ended: a value that no chain is below */
};

void chain_found_init(struct arena *a, struct chain_found_list *list, size_t k);
/* Below 0: x is before y in the order of chains. `ignore_class`: chains with an ask are not put behind. */
int chain_found_order(const struct chain_problem *p, const struct chain_found *x, const struct chain_found *y,
                      bool ignore_class);
void chain_found_add(const struct chain_problem *p, struct chain_found_list *list, const struct chain_found *found,
                     bool ignore_class);

/* Which chains may be found. */
struct chain_filter {
    bool ignore_class;    /* all chains are alike, whether they meet or ask */
    uint32_t without_org; /* UINT32_MAX: none is left out */
    uint32_t only_org;    /* UINT32_MAX: any */
};

struct chain_clock {
    int64_t until_ns;
    bool over;
};

struct chain_task {
    const struct chain_problem *p;
    const struct chain_scale *scale;
    const struct chain_filter *filter;
    struct chain_clock *clock;
};

/* The k best by search. False when the clock ended it. */
bool chain_search(struct arena *a, const struct chain_task *task, struct chain_found_list *out);
/* The same by going through all of them, however long it takes. */
void chain_enumerate(const struct chain_task *task, struct chain_found_list *out);

#endif
