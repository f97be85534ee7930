/* The plain answer: every capability is judged. What any index must reproduce. */
#ifndef PPURI_MATCH_SCAN_H
#define PPURI_MATCH_SCAN_H

#include "match/score.h"

struct judgement_list {
    struct judgement *v;
    size_t n;
    size_t cap;
};

/* What would help when nothing meets or may meet. */
struct relaxation {
    uint32_t criterion; /* index in the step's criteria; of the process: use parent */
    bool is_process;
    uint32_t parent;                  /* is_process: the process node to ask for instead */
    uint64_t count;                   /* capabilities that would no longer be refused */
    const struct capability *nearest; /* the row whose limit is proposed; NULL for the process */
    struct opt_real margin;           /* of that row */
};

struct relaxation_list {
    struct relaxation *v;
    size_t n;
    size_t cap;
};

/* How many near misses would meet or may meet if this one must were a wish (prefer). */
struct loosening {
    uint32_t criterion; /* index in the step's criteria */
    uint64_t count;
};

struct loosening_list {
    struct loosening *v;
    size_t n;
    size_t cap;
};

struct step_answer {
    struct question question;
    uint64_t count[CLASS_OUT + 1];
    uint64_t out_by[CRITERION_COUNT];
    struct judgement_list results; /* meets and ask, in order, at most top */
    struct judgement_list near;    /* in order, at most top */
    struct relaxation_list relaxations;
    struct loosening_list loosen; /* when fewer than `top` meet: most first, then in the order of the table */
};

struct match_answer {
    const struct vocab *vocab;
    const struct need *need;
    struct day today;
    struct step_answer *v; /* one a step */
    size_t n;
};

/* Judges all of `supply` for each step. O(steps x capabilities x criteria), holds one judgement a capability that is
 * not out. */
void match_scan(struct arena *a, const struct vocab *vocab, const struct need *need, const struct supply *supply,
                struct day today, size_t top, struct match_answer *out);

#endif
