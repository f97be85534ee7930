/* Open needs, for whoever shows them: the board, the first page, the page of a process. */
#ifndef PPURI_FEATURE_NEED_NEED_H
#define PPURI_FEATURE_NEED_NEED_H

#include "core/req.h"
#include "match/need.h"

struct open_need {
    struct str ref;
    struct str title; /* the processes in their order where none was given */
    const struct need *need;
    struct url url; /* its page */
};

struct open_needs {
    struct open_need *v;
    size_t n;
    size_t cap;
};

/* Not ended and not past its day. */
bool need_is_open(const struct req *q, const struct need *need);
/* The soonest due first, those without a day last; of the newest 500. A stored need that today's vocabulary can't read
   is left out. */
MUST_USE enum status open_needs_read(struct req *q, struct open_needs *out);
/* "단조 → 진공 열처리" */
struct str need_step_names(struct req *q, const struct need *need);

#endif
