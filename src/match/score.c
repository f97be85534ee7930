/* The sum of section "Score" of doc/matching.md, in the order of the criteria, in plain double precision. */
#include "match/score.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

const char *match_class_word(enum match_class c)
{
    static const char *const words[] = {"meets", "ask", "near", "out"};
    return words[c];
}

double round4(double x)
{
    char text[64];
    snprintf(text, sizeof text, "%.4f", x);
    return strtod(text, NULL);
}

static enum match_class class_of(const struct criterion_list *criteria, uint32_t musts_no, uint32_t musts_unknown,
                                 uint32_t first_no)
{
    if (musts_no == 0)
        return musts_unknown ? CLASS_ASK : CLASS_MEETS;
    return musts_no == 1 && criteria->v[first_no].kind != CRITERION_PROCESS ? CLASS_NEAR : CLASS_OUT;
}

static uint64_t tie_of(struct str need_ref, struct str capability_ref)
{
    uint64_t h = hash_fnv1a(FNV1A_64_START, need_ref);
    h = hash_fnv1a(h, str_n("", 1));
    return hash_fnv1a(h, capability_ref);
}

struct judgement judge(const struct question *q, const struct capability *cap, struct finding *findings)
{
    const struct criterion_list *criteria = &q->step->criteria;
    struct judgement j = {.capability = cap};
    uint32_t musts_no = 0, musts_unknown = 0;
    double sum = 0;
    for (uint32_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        struct finding f = verdict_of(q, c, cap);
        bool must = c->level == NEED_MUST;
        if (f.verdict == VERDICT_NO && must && musts_no++ == 0)
            j.first_no = i;
        j.unknowns += f.verdict == VERDICT_UNKNOWN;
        musts_unknown += f.verdict == VERDICT_UNKNOWN && must;
        sum += c->weight * f.s;
        if (findings)
            findings[i] = f;
    }
    j.class = class_of(criteria, musts_no, musts_unknown, j.first_no);
    j.score = round4(100 * sum / q->step->weight_sum);
    j.tie = tie_of(q->need->ref, cap->ref);
    return j;
}

int judgement_order(const void *a, const void *b)
{
    const struct judgement *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->unknowns != y->unknowns)
        return x->unknowns < y->unknowns ? -1 : 1;
    if (x->tie != y->tie)
        return x->tie < y->tie ? -1 : 1;
    return str_cmp(x->capability->ref, y->capability->ref);
}
