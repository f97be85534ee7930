/* A need as the engine sees it: read, checked and with every level and weight decided. */
#ifndef PPURI_MATCH_NEED_H
#define PPURI_MATCH_NEED_H

#include "match/criterion.h"
#include "match/supply.h"

enum { NEED_STEPS_MAX = 8 };

/* One thing that is compared, in the order of the table; repeated ones stand once. */
struct criterion {
    enum criterion_kind kind;
    enum need_level level; /* never NEED_OFF: what is off is not listed */
    double weight;         /* share of its row, not yet scaled */
    uint32_t node;         /* CERTIFICATE, INDUSTRY: the code asked */
    struct str text;       /* STANDARD, TAG: as asked */
    struct str folded;     /* STANDARD, TAG: as compared */
};

struct criterion_list {
    struct criterion *v;
    size_t n;
    size_t cap;
};

struct asked_certificate {
    uint32_t certificate;
    enum need_level level;
};

struct asked_certificates {
    struct asked_certificate *v;
    size_t n;
    size_t cap;
};

struct asked_place {
    struct node_list regions;
    struct opt_real max_km;
};

struct need_step {
    uint32_t process;
    struct node_list materials;
    struct size_mm part_mm;
    struct opt_real mass_kg;
    struct opt_real thickness_mm;
    struct range layer_um; /* a single number asked: min = max */
    struct opt_real force_t;
    struct tolerance tolerance;
    struct opt_real ra_um;
    struct hardness hardness;
    struct opt_int quantity;
    bool per_month;
    struct asked_certificates certificates;
    struct str_list standards;
    struct str_list tags;
    struct asked_place place;
    struct str words;
    struct str_list folded_words;
    bool level_given[CRITERION_COUNT];
    enum need_level level[CRITERION_COUNT];
    struct opt_real weight[SCORE_ROW_COUNT]; /* as asked; blank = the table's */
    struct criterion_list criteria;          /* made by need_plan */
    double weight_sum;                       /* of criteria */
};

struct need_steps {
    struct need_step *v;
    size_t n;
    size_t cap;
};

struct need {
    struct str ref;
    struct str title;
    struct opt_day created;
    struct node_list industries;
    struct opt_day due;
    struct place_point deliver_to;
    struct place_point origin;
    struct need_steps steps;
};

/* Fills criteria and weight_sum of each step from what was stated. */
void need_plan(struct arena *a, const struct vocab *v, struct need *need);
/* deliver_to as a point: its own coordinates, else the centroid of its region; false when it has neither. */
bool need_deliver_point(const struct vocab *v, const struct need *need, struct coordinates *at);

#endif
