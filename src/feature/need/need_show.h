/* A need as a page shows it: each step with what is asked and who can do it, and the chains through all steps. */
#ifndef PPURI_FEATURE_NEED_NEED_SHOW_H
#define PPURI_FEATURE_NEED_NEED_SHOW_H

#include "feature/need/chain_show.h"

struct shown_line {
    struct str label;
    struct str asked;
    bool must;
};

struct shown_firm {
    struct str org;
    struct str site;
    struct url firm;
    enum mark mark;
    double score;
};

struct shown_step {
    int number;
    bool last;
    struct str process;
    VEC(struct shown_line) lines;
    int64_t meets;
    int64_t ask;
    int64_t near;
    struct str in_the_way; /* the must that refuses most by itself; empty: none */
    int64_t kept_out;      /* capabilities that it alone refuses */
    VEC(struct shown_firm) firms;
    struct url form; /* where the step is corrected */
};

struct need_show {
    VEC(struct shown_step) steps;
    struct chain_show chains; /* of two steps or more */
};

/* From the newest snapshot. `draft` is the saved need that steps are corrected in; empty: each as a form of its own. */
void need_show_find(struct req *q, const struct need *need, struct str draft, struct need_show *out);
/* The need as JSON, in the request's arena. */
struct str need_text(struct req *q, const struct need *need);

struct url draft_url(struct req *q, struct str ref);
struct url draft_step_url(struct req *q, struct str ref, int64_t step);

#endif
