/* The first chain of one organisation: only those with a candidate for every step are looked at, each alone. */
#include "match/chain_solve.h"

#include <float.h>
#include <math.h>

#define NOT_WHOLE UINT32_MAX

struct firms {
    struct chain_solver *s;
    size_t steps;
    uint32_t *number; /* of an organisation among the whole ones; NOT_WHOLE */
    uint32_t whole;
    double *least;                  /* by whole organisation and step */
    uint32_t *from[NEED_STEPS_MAX]; /* by whole organisation: its part of members */
    uint32_t *members[NEED_STEPS_MAX];
};

static size_t members_of(const struct chain_solver *s, size_t step)
{
    return s->meets_only ? s->grid.board[step].meets : s->grid.board[step].n;
}

static void find_whole(struct firms *f)
{
    const struct chain_solver *s = f->s;
    uint32_t orgs = s->p->input->orgs;
    uint16_t *steps = ARENA_ARRAY(&f->s->scratch, orgs, uint16_t);
    f->number = ARENA_ARRAY(&f->s->scratch, orgs, uint32_t);
    for (size_t i = 0; i < f->steps; i++)
        for (size_t m = 0; m < members_of(s, i); m++)
            steps[s->p->layer[i].in->org[m]] |= (uint16_t)(1U << i);
    for (uint32_t org = 0; org < orgs; org++)
        f->number[org] = steps[org] == (1U << f->steps) - 1 ? f->whole++ : NOT_WHOLE;
}

/* Members by organisation, and the least of each. */
static void group(struct firms *f, size_t step)
{
    const uint32_t *org = f->s->p->layer[step].in->org;
    const double *own = f->s->bound.own[step];
    size_t n = members_of(f->s, step);
    uint32_t *from = f->from[step] = ARENA_ARRAY(&f->s->scratch, f->whole + 2, uint32_t);
    f->members[step] = ARENA_ARRAY(&f->s->scratch, n, uint32_t);
    for (size_t m = 0; m < n; m++)
        if (f->number[org[m]] != NOT_WHOLE)
            from[f->number[org[m]] + 2]++;
    for (uint32_t k = 0; k < f->whole; k++)
        from[k + 2] += from[k + 1];
    for (size_t m = 0; m < n; m++) {
        uint32_t k = f->number[org[m]];
        if (k == NOT_WHOLE)
            continue;
        f->members[step][from[k + 1]++] = (uint32_t)m;
        f->least[k * f->steps + step] = fmin(f->least[k * f->steps + step], own[m]);
    }
}

static double most_of(const struct chain_solver *s, const struct chain_found_list *out)
{
    if (!out->n)
        return DBL_MAX;
    double key = chain_bound_key(&s->bound, &out->v[0].sums);
    return key + s->bound.weights.slack + fabs(key) * 1e-13;
}

static void search_firm(struct firms *f, uint32_t k, const struct chain_task *task, struct arena *a,
                        struct chain_found_list *out)
{
    struct chain_rows rows = {.most = DBL_MAX};
    struct chain_found_list found;
    double least = 0;
    for (size_t i = 0; i < f->steps; i++)
        least += f->least[k * f->steps + i];
    if (least > most_of(f->s, out))
        return;
    for (size_t i = 0; i < f->steps; i++) {
        uint32_t from = f->from[i][k], to = f->from[i][k + 1];
        rows.n[i] = to - from;
        rows.v[i] = ARENA_ARRAY(a, rows.n[i], uint32_t);
        for (uint32_t m = from; m < to; m++)
            rows.v[i][m - from] = f->members[i][m];
    }
    chain_found_init(a, &found, 1);
    chain_search_rows(a, task, &rows, out->n ? &out->v[0] : NULL, &found);
    if (found.n)
        chain_found_add(f->s->p, out, &found.v[0], true);
}

static void search_firms(struct chain_solver *s, const struct chain_task *task, struct chain_found_list *out)
{
    struct firms f = {.s = s, .steps = s->p->n};
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    find_whole(&f);
    f.least = ARENA_ARRAY(&s->scratch, f.whole * f.steps, double);
    for (size_t i = 0; i < f.whole * f.steps; i++)
        f.least[i] = HUGE_VAL;
    for (size_t i = 0; i < f.steps && f.whole; i++)
        group(&f, i);
    for (uint32_t k = 0; k < f.whole && !chain_out_of_time(s->clock); k++) {
        search_firm(&f, k, task, &a, out);
        arena_reset(&a);
    }
}

bool chain_solve_single(struct chain_solver *s, const struct chain_scale *scale, struct chain_found_list *out)
{
    const struct chain_filter alike = {true, UINT32_MAX, UINT32_MAX};
    const struct chain_task task = {s->p, scale, &alike, s->clock};
    for (int all = 0; all < 2 && !out->n && !s->clock->over; all++) {
        if (!chain_solver_weigh(s, scale, !all))
            continue;
        arena_reset(&s->scratch);
        search_firms(s, &task, out);
    }
    return !s->clock->over;
}
