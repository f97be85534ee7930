/* Inside the chain files only: a need with its candidates as numbers. */
#ifndef PPURI_MATCH_CHAIN_PARTS_H
#define PPURI_MATCH_CHAIN_PARTS_H

#include "match/chain.h"

/* What a need and a firm may state multiplies to more than any sum can hold: a step or leg counts at most this. */
#define CHAIN_WON_MOST    1e15
#define CHAIN_KG_CO2_MOST 1e15

struct chain_place {
    bool known;     /* coordinates, or the centroid of the region */
    bool estimated; /* not its own coordinates */
    struct coordinates at;
    double cos_lat;
};

/* A candidate of one step, made when it is looked at. */
struct chain_node {
    uint32_t row; /* of the input */
    uint32_t org;
    uint32_t site;
    bool ask;
    int64_t price_won;
    int64_t lead_days;
    double kg_co2; /* of the process; 0 without a mass */
    int64_t loss;  /* (100 - score) in 1e-4 points */
    struct chain_place place;
};

/* What stands in for blanks of a step. */
struct chain_blank {
    int64_t price_won;
    int64_t lead_days;
    double energy;
};

struct chain_layer {
    const struct need_step *step;
    const struct chain_columns *in;
    size_t n;
    size_t meets; /* so many rows meet; those that ask follow */
    struct chain_blank blank;
    /* By row, for bounds: prices and kg are exact, days at most 2^24; kg is NULL without a mass. */
    double *won;
    double *kg;
    float *days;
    float *loss;
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
    const struct chain_input *input;
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
struct chain_node chain_node_at(const struct chain_problem *p, size_t step, size_t row);
struct chain_place chain_place_of(const struct vocab *v, const struct place_point *at);
/* Whole won; NAN: not stated, or by the kg of a part whose mass nobody knows. */
double chain_stated_price(const struct chain_layer *layer, size_t row);
unsigned chain_estimates(const struct chain_problem *p, size_t step, size_t row);
const struct judgement *chain_row(const struct chain_problem *p, size_t step, size_t row);

/* From the origin to a node of the first step, between nodes of two steps that follow each other, to the delivery. A
   leg that is not travelled is all zeros. `step` is the one just left. */
struct chain_leg chain_leg_origin(const struct chain_problem *p, const struct chain_node *to);
struct chain_leg chain_leg_between(const struct chain_problem *p, size_t step, const struct chain_node *from,
                                   const struct chain_node *to);
struct chain_leg chain_leg_delivery(const struct chain_problem *p, const struct chain_node *from);
/* Not more than chain_leg_between different sites, and faster. */
struct chain_leg chain_leg_least(const struct chain_problem *p, size_t step, const struct chain_node *from,
                                 const struct chain_node *to);
/* What the load of a step costs over that many road km, without the hand-over. */
struct chain_leg chain_leg_of_km(const struct chain_problem *p, const struct chain_layer *left, double km);

void chain_add_leg(struct chain_sums *s, const struct chain_leg *leg);
void chain_add_node(struct chain_sums *s, const struct chain_node *node);
/* Not rounded. Linear in the sums, so parts can be bounded alone. */
double chain_value(const struct chain_problem *p, const struct chain_scale *scale, const struct chain_sums *s);
double chain_round6(double x);

/* A whole chain as found: rows of the input and its place in the order. */
struct chain_found {
    uint32_t row[NEED_STEPS_MAX];
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
/* A chain that is in the list already is not added. */
void chain_found_add(const struct chain_problem *p, struct chain_found_list *list, const struct chain_found *found,
                     bool ignore_class);
/* The sums of the chain of these rows. */
struct chain_sums chain_sums_of(const struct chain_problem *p, const uint32_t *row);
/* The same chain by another objective. */
struct chain_found chain_found_by(const struct chain_problem *p, const struct chain_scale *scale,
                                  const struct chain_found *found);

/* Which chains may be found. */
struct chain_filter {
    bool ignore_class;    /* all chains are alike, whether they meet or ask */
    uint32_t without_org; /* UINT32_MAX: none is left out */
    uint32_t only_org;    /* UINT32_MAX: any */
};

struct chain_clock {
    int64_t until_ns;
    bool over;
    uint32_t ticks;
};

/* Looks at the time now and then; for inner loops. */
bool chain_out_of_time(struct chain_clock *clock);
/* Looks at the time. */
bool chain_is_over(struct chain_clock *clock);

struct chain_task {
    const struct chain_problem *p;
    const struct chain_scale *scale;
    const struct chain_filter *filter;
    struct chain_clock *clock;
};

/* By going through all chains, however long it takes. */
void chain_enumerate(struct arena *a, const struct chain_task *task, struct chain_found_list *out);

/* Rows of the input, one list a step. */
struct chain_rows {
    uint32_t *v[NEED_STEPS_MAX];
    size_t n[NEED_STEPS_MAX];
    /* Bounds: what a chain up to and with a row is not below, as value_part * objective + won_part * cost +
       days_part * days, and what whole chains beyond are of no use. NULL: no bounds. */
    double *arrive[NEED_STEPS_MAX];
    double most;
    double value_part, won_part, days_part;
};

/* The k best of the chains of these rows that are not beyond `most`, whether they meet or ask; the filter of the task
   is not looked at. False when the clock ended it. */
bool chain_search_rows(struct arena *a, const struct chain_task *task, const struct chain_rows *rows,
                       const struct chain_found *most, struct chain_found_list *out);

#endif
