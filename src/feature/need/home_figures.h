/* What the first page tells of the council. It changes only with the change log, the day and the vocabulary, so that it
 * is made once for each and language, and copied for each visitor. */
#ifndef PPURI_FEATURE_NEED_HOME_FIGURES_H
#define PPURI_FEATURE_NEED_HOME_FIGURES_H

#include "core/req.h"

struct home_need {
    struct str title;
    struct str lang;  /* of the title, where it is another than the page's */
    struct str steps; /* processes in their order */
    struct url url;
    bool has_due;
    struct day due;
    int64_t days_left;
};

struct home_figures {
    int64_t sites;
    int64_t capabilities;
    int64_t open_needs;
    VEC(struct home_need) soon; /* the soonest due */
    VEC(struct link) fields;    /* the uppermost processes, with the number of sites */
};

struct home_cache *home_cache_new(void);
/* NULL is allowed. */
void home_cache_free(struct home_cache *c);

/* Into the request's arena. */
MUST_USE enum status home_figures_get(struct req *q, struct home_figures *out);

#endif
