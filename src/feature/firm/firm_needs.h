/* Open needs against one site: which it fits, and what it would have to tell so that more can be decided. */
#ifndef PPURI_FEATURE_FIRM_FIRM_NEEDS_H
#define PPURI_FEATURE_FIRM_FIRM_NEEDS_H

#include "core/req.h"
#include "match/supply.h"

enum { FIRM_NEEDS_SHOWN = 8, FIRM_GAPS_SHOWN = 4 };

struct firm_need {
    struct str title;
    struct str title_lang; /* where it is another than the page's */
    struct url url;
    bool has_due;
    struct day due;
    int64_t days_left;
    enum mark mark;     /* of the step it fits best; never MARK_OUT */
    struct str process; /* of that step */
    struct str open;    /* ASK: what is to be confirmed; NEAR: what refuses; commas between */
};

/* Something the site does not state. */
struct firm_gap {
    struct str label;
    int64_t needs; /* that hang on it */
};

struct firm_needs {
    VEC(struct firm_need) fits; /* meets, then ask, then near; of equals the soonest due; the first FIRM_NEEDS_SHOWN */
    VEC(struct firm_gap) gaps;  /* most needs first, FIRM_GAPS_SHOWN at most */
    int64_t all;                /* open needs */
    int64_t count[MARK_OUT];    /* by mark */
};

/* The snapshot that `site` is of is held. O(open needs x capabilities of the site). */
MUST_USE enum status firm_needs_find(struct req *q, const struct site *site, struct firm_needs *out);

#endif
