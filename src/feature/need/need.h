/* Open needs, for whoever shows them: the board, the first page, the page of a process. */
#ifndef PPURI_FEATURE_NEED_NEED_H
#define PPURI_FEATURE_NEED_NEED_H

#include "core/req.h"
#include "match/need.h"

struct open_need {
    struct str ref;
    const struct need *need;
};

/* Read once for a state of the store, a day and a vocabulary, and shared by all requests. */
struct open_set;
struct open_cache;

struct open_needs {
    const struct open_need *v;
    size_t n;
    struct open_set *set;
};

struct open_cache *open_cache_new(void);
/* What was taken must have been given back. NULL is allowed. */
void open_cache_free(struct open_cache *c);

/* Leaves of the place of delivery what may be shown to all: its region, else its point to a tenth of a degree (about
   10 km). Scores and kilometres that are shown must come from it, too: they would tell the point. */
void need_hide_place(struct need *need);
/* Not ended and not past its day. */
bool need_is_open(const struct req *q, const struct need *need);
/* The soonest due first, those without a day last; of the newest 500. A stored need that today's vocabulary can't read
   is left out; places are hidden. They stay until they are given back. */
MUST_USE enum status open_needs_take(struct req *q, struct open_needs *out);
void open_needs_give(struct req *q, struct open_needs *needs);
/* Its title, or the processes in their order where none was given. In the request's arena. */
struct str open_need_title(struct req *q, const struct open_need *n);
/* "단조 → 진공 열처리" */
struct str need_step_names(struct req *q, const struct need *need);

#endif
