/* All criteria of a step against one capability: class, score and what decides the order. */
#ifndef PPURI_MATCH_SCORE_H
#define PPURI_MATCH_SCORE_H

#include "match/verdict.h"

/* In the order of the answer. */
enum match_class { CLASS_MEETS, CLASS_ASK, CLASS_NEAR, CLASS_OUT };

struct judgement {
    const struct capability *capability;
    enum match_class class;
    double score;      /* 0..100, rounded to 4 decimals, half to even */
    uint32_t unknowns; /* over all criteria that are not off */
    uint32_t first_no; /* index of the first must that says no; only for near and out */
    uint64_t tie;      /* FNV-1a 64 of need ref, a zero byte, capability ref */
};

const char *match_class_word(enum match_class c);

/* `findings`, when not NULL, receives one entry a criterion of the step. */
struct judgement judge(const struct question *q, const struct capability *cap, struct finding *findings);

/* Order of an answer: class, score down, unknowns, tie, capability ref. For qsort over struct judgement. */
int judgement_order(const void *a, const void *b);

/* The double nearest to the 4-decimal text of x, which is rounded half to even. */
double round4(double x);

#endif
