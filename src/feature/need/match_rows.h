/* Judgements as the rows of a page: one a site, its best capability with its others under it. */
#ifndef PPURI_FEATURE_NEED_MATCH_ROWS_H
#define PPURI_FEATURE_NEED_MATCH_ROWS_H

#include "core/req.h"
#include "match/scan.h"

struct reason {
    enum mark mark; /* MEETS: yes, ASK: unknown, NEAR: no */
    struct str label;
    struct str asked;
    struct str offered;
    double points;
    double of_points;
    bool must;
    struct str margin; /* "+12 %" or empty */
    bool ruled;        /* has a margin that fits the ruler */
    double at;         /* where the offer lies on it: 0..100, 50 = just what is asked */
};

struct reason_list {
    struct reason *v;
    size_t n;
    size_t cap;
};

/* Another capability of the row's site. */
struct match_other {
    struct str process;
    enum mark mark;
    double score;
};

struct match_row {
    int rank;
    const struct site *site_of; /* while the snapshot is held */
    struct str org;
    struct str site;
    struct str process;
    struct url firm;
    enum mark mark;
    struct score score;
    struct str place;
    struct str km; /* "22 km"; empty without two points */
    struct reason_list reasons;
    struct reason_list cells; /* of reasons: those that weigh most in this need, the same for every row */
    struct str_list questions;
    VEC(struct match_other) others;
};

struct match_row_list {
    struct match_row *v;
    size_t n;
    size_t cap;
};

enum { MATCH_CELLS = 5 };

struct match_rows_wish {
    unsigned classes; /* a bit each */
    size_t most;      /* rows */
};

/* Adds a row a site for those of `from` that are wished; a site that has a row gets one more capability. Returns how
   many judgements found no place. */
size_t match_rows_fill(struct req *q, const struct step_answer *step, const struct judgement_list *from,
                       struct match_rows_wish wish, struct match_row_list *to);

/* The step in one line, the words that narrow it most first: "진공 열처리 · SCM440 · 50개 · AS9100". */
struct str match_sentence(struct arena *a, const struct question *question, bool korean);

#endif
