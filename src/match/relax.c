/* Near misses grouped by the one criterion that refuses them; without any, the parent process. */
#include "match/relax.h"

#include <math.h>
#include <stdlib.h>

static double distance(struct opt_real margin)
{
    return margin.has ? fabs(margin.v) : INFINITY;
}

static void add_row(struct relaxation *r, const struct judgement *j, struct opt_real margin)
{
    r->count++;
    if (!r->nearest || distance(margin) < distance(r->margin)) {
        r->nearest = j->capability;
        r->margin = margin;
    }
}

/* The margin nearest 0 first, then the larger yield, then the order of the table. */
static int relaxation_order(const void *a, const void *b)
{
    const struct relaxation *x = a, *y = b;
    double dx = round4(distance(x->margin)), dy = round4(distance(y->margin));
    if (dx != dy)
        return dx < dy ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->criterion < y->criterion ? -1 : x->criterion > y->criterion;
}

static void relax_process(struct arena *a, const struct supply *supply, struct step_answer *answer)
{
    const struct question *q = &answer->question;
    uint32_t parent = q->vocab->processes.v[q->step->process].parent;
    if (parent == NODE_NONE)
        return;
    struct need_step step = *q->step;
    step.process = parent;
    struct question wider = *q;
    wider.step = &step;
    uint64_t count = 0;
    for (size_t s = 0; s < supply->n; s++)
        for (size_t i = 0; i < supply->v[s]->capabilities.n; i++)
            count += judge(&wider, &supply->v[s]->capabilities.v[i], NULL).class <= CLASS_ASK;
    if (count)
        VEC_PUSH(a, &answer->relaxations, ((struct relaxation){.is_process = true, .parent = parent, .count = count}));
}

void relax_step(struct arena *a, const struct supply *supply, struct step_answer *answer)
{
    const struct criterion_list *criteria = &answer->question.step->criteria;
    struct relaxation *by_criterion = ARENA_ARRAY(a, criteria->n, struct relaxation);
    for (size_t i = 0; i < answer->near.n; i++) {
        const struct judgement *j = &answer->near.v[i];
        struct finding f = verdict_of(&answer->question, &criteria->v[j->first_no], j->capability);
        add_row(&by_criterion[j->first_no], j, f.margin);
    }
    for (uint32_t i = 0; i < criteria->n; i++) {
        by_criterion[i].criterion = i;
        if (by_criterion[i].count)
            VEC_PUSH(a, &answer->relaxations, by_criterion[i]);
    }
    if (!answer->relaxations.n)
        relax_process(a, supply, answer);
    else
        qsort(answer->relaxations.v, answer->relaxations.n, sizeof *answer->relaxations.v, relaxation_order);
}

static int loosening_order(const void *a, const void *b)
{
    const struct loosening *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->criterion < y->criterion ? -1 : x->criterion > y->criterion;
}

void loosen_step(struct arena *a, struct step_answer *answer, const uint64_t *near_by, size_t top)
{
    if (answer->count[CLASS_MEETS] >= top)
        return;
    for (uint32_t i = 0; i < answer->question.step->criteria.n; i++)
        if (near_by[i])
            VEC_PUSH(a, &answer->loosen, ((struct loosening){i, near_by[i]}));
    if (answer->loosen.n)
        qsort(answer->loosen.v, answer->loosen.n, sizeof *answer->loosen.v, loosening_order);
}
