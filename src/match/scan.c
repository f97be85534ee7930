/* One pass a step, then a sort of what is not out. */
#include "match/scan.h"

#include "match/relax.h"

#include <stdlib.h>

static void collect(struct arena *a, const struct supply *supply, struct step_answer *answer,
                    struct judgement_list *near)
{
    const struct question *q = &answer->question;
    for (size_t s = 0; s < supply->n; s++) {
        for (size_t i = 0; i < supply->v[s]->capabilities.n; i++) {
            struct judgement j = judge(q, &supply->v[s]->capabilities.v[i], NULL);
            answer->count[j.class]++;
            if (j.class == CLASS_OUT)
                answer->out_by[q->step->criteria.v[j.first_no].kind]++;
            else if (j.class == CLASS_NEAR)
                VEC_PUSH(a, near, j);
            else
                VEC_PUSH(a, &answer->results, j);
        }
    }
}

static void loosen(struct arena *a, struct step_answer *answer, size_t top)
{
    uint64_t *near_by = ARENA_ARRAY(a, answer->question.step->criteria.n, uint64_t);
    for (size_t i = 0; i < answer->near.n; i++)
        near_by[answer->near.v[i].first_no]++;
    loosen_step(a, answer, near_by, top);
}

static void sort_list(struct judgement_list *list)
{
    if (list->n)
        qsort(list->v, list->n, sizeof *list->v, judgement_order);
}

static void cut(struct judgement_list *list, size_t top)
{
    if (list->n > top)
        list->n = top;
}

void match_scan(struct arena *a, const struct vocab *vocab, const struct need *need, const struct supply *supply,
                struct day today, size_t top, struct match_answer *out)
{
    *out = (struct match_answer){vocab, need, today, ARENA_ARRAY(a, need->steps.n, struct step_answer), need->steps.n};
    for (size_t i = 0; i < need->steps.n; i++) {
        struct step_answer *answer = &out->v[i];
        question_init(&answer->question, vocab, need, i, today);
        collect(a, supply, answer, &answer->near);
        sort_list(&answer->results);
        sort_list(&answer->near);
        if (!answer->results.n)
            relax_step(a, supply, answer);
        loosen(a, answer, top);
        cut(&answer->results, top);
        cut(&answer->near, top);
    }
}
