/* GET /how-ranking: how results are classed, scored and ordered, from the tables of the engine. */
#ifndef PPURI_FEATURE_NEED_RANKING_PAGE_H
#define PPURI_FEATURE_NEED_RANKING_PAGE_H

#include "core/req.h"
#include "match/criterion.h"

struct ranking_criterion {
    struct str label;
    bool must; /* what a stated requirement is unless the asker says otherwise */
};

struct ranking_criterion_list {
    struct ranking_criterion *v;
    size_t n;
    size_t cap;
};

struct ranking_row {
    struct msg label;
    struct msg yes; /* the fit when the verdict is yes */
    struct msg unknown;
    double weight;
    double percent; /* of the sum of all weights */
    struct ranking_criterion_list criteria;
};

struct ranking_page {
    struct ranking_row v[SCORE_ROW_COUNT];
    size_t n;
    double sum;
    double remote_place; /* weight of the place for steps under SOFTWARE or ENGINEERING */
};

/* What a row of the score is called. */
struct msg ranking_row_label(enum score_row row);

#endif
