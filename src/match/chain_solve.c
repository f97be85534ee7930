/*
 * Bounds on coarse cells first. A few promising candidates a step give chains to beat; what cannot beat them is left
 * out, cell by cell and then one by one, on finer cells while many are left. The rest is searched through.
 */
#include "match/chain_solve.h"

#include <float.h>
#include <math.h>

enum { PROMISING = 14, PROMISING_MORE = 48, PAIRS_FEW = 3000, PAIRS_ENOUGH = 40000, KNOWN_MOST = 256 };

void chain_solver_init(struct arena *a, const struct chain_problem *p, struct chain_clock *clock,
                       struct chain_solver *out)
{
    *out = (struct chain_solver){.arena = a, .p = p, .clock = clock};
    arena_init(&out->scratch, SIZE_MAX / 2);
    chain_grid_init(a, p, &out->grid);
    chain_bound_init(a, &out->grid, &out->bound);
    chain_found_init(a, &out->known, KNOWN_MOST);
    for (size_t i = 0; i < p->n; i++) {
        out->members[i] = ARENA_ARRAY(a, p->layer[i].n, uint32_t);
        out->values[i] = ARENA_ARRAY(a, p->layer[i].n, double);
    }
}

void chain_solver_release(struct chain_solver *s)
{
    arena_release(&s->scratch);
}

/* The smallest of what was offered. */
struct few {
    uint32_t member[CHAIN_K_MAX];
    double value[CHAIN_K_MAX];
    size_t n;
    size_t most;
};

static bool is_welcome(const struct few *f, double value)
{
    return value < DBL_MAX && (f->n < f->most || value < f->value[f->n - 1]);
}

static void offer(struct few *f, uint32_t member, double value)
{
    if (!is_welcome(f, value))
        return;
    size_t at = f->n < f->most ? f->n++ : f->n - 1;
    for (; at && f->value[at - 1] > value; at--) {
        f->value[at] = f->value[at - 1];
        f->member[at] = f->member[at - 1];
    }
    f->value[at] = value;
    f->member[at] = member;
}

static uint32_t best_member(const struct chain_bound *b, size_t step, const struct chain_cell *c, double least)
{
    const uint32_t *order = b->g->board[step].order;
    uint32_t i = c->from;
    while (b->own[step][order[i]] != least)
        i++;
    return order[i];
}

/* The best of leaves, and linked members, by the bounds of a level. */
static void promising(const struct chain_bound *b, size_t step, int at_level, struct few *f)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *coarse = &b->reach[step][at_level], *leaves = &b->reach[step][b->g->leaf];
    for (size_t i = 0; i < b->n_linked[step]; i++)
        offer(f, board->linked[b->tie][i], chain_bound_linked(b, step, i));
    for (size_t c = 0; c < board->cells[b->g->leaf]; c++) {
        uint32_t above = (uint32_t)c;
        for (int level = b->g->leaf; level > at_level; level--)
            above = board->cell[level][above].parent;
        double value = leaves->least[c] + coarse->before[above] + coarse->behind[above];
        if (!is_welcome(f, value))
            continue;
        uint32_t m = best_member(b, step, &board->cell[b->g->leaf][c], leaves->least[c]);
        if (!(board->ties[m] >> b->tie & 1))
            offer(f, m, value);
    }
}

/* One question under way. */
struct asking {
    struct chain_solver *s;
    const struct chain_task *task;
    struct chain_found_list best; /* so far */
    int level;
    size_t n[NEED_STEPS_MAX]; /* members that may be in the answer */
};

/* What a chain must not be beyond, as the bounds count. */
static double most_of(const struct asking *q)
{
    if (q->best.n < q->best.k)
        return DBL_MAX;
    double key = chain_bound_key(&q->s->bound, &q->best.v[q->best.n - 1].sums);
    return key + q->s->bound.weights.slack + fabs(key) * 1e-13;
}

static void add_rows(const struct asking *q, struct chain_rows *rows, size_t step, const uint32_t *members, size_t n)
{
    rows->v[step] = ARENA_ARRAY(&q->s->scratch, n, uint32_t);
    rows->arrive[step] = ARENA_ARRAY(&q->s->scratch, n, double);
    rows->n[step] = n;
    for (size_t i = 0; i < n; i++) {
        rows->v[step][i] = members[i];
        rows->arrive[step][i] = chain_bound_arrive(&q->s->bound, step, members[i], q->level);
    }
}

/* The best chains of a few, which may be cut. */
static void try_rows(struct asking *q, struct chain_rows *rows)
{
    struct chain_found_list found;
    const struct chain_found *most = q->best.n == q->best.k ? &q->best.v[q->best.n - 1] : NULL;
    const struct chain_weights *w = &q->s->bound.weights;
    rows->most = most_of(q);
    rows->value_part = w->value;
    rows->won_part = w->value == 1 ? 0 : 1;
    chain_found_init(&q->s->scratch, &found, q->best.k);
    chain_search_rows(&q->s->scratch, q->task, rows, most, &found);
    for (size_t i = 0; i < found.n; i++)
        chain_found_add(q->s->p, &q->best, &found.v[i], q->task->filter->ignore_class);
}

static void try_promising(struct asking *q)
{
    struct chain_rows rows;
    struct few f;
    for (size_t i = 0; i < q->s->p->n; i++) {
        f.n = 0;
        f.most = q->s->p->n == 1 ? CHAIN_K_MAX : PROMISING;
        promising(&q->s->bound, i, q->level, &f);
        add_rows(q, &rows, i, f.member, f.n);
    }
    try_rows(q, &rows);
}

static void try_more(struct asking *q)
{
    struct chain_rows rows;
    struct few f;
    for (size_t i = 0; i < q->s->p->n; i++) {
        f.n = 0;
        f.most = PROMISING_MORE;
        for (size_t k = 0; k < q->n[i]; k++)
            offer(&f, q->s->members[i][k], q->s->values[i][k]);
        add_rows(q, &rows, i, f.member, f.n);
    }
    try_rows(q, &rows);
}

/* Chains found for other questions are a start when one is wanted. */
static void try_known(struct asking *q)
{
    const struct chain_filter *f = q->task->filter;
    for (size_t i = 0; i < q->s->known.n && q->best.k == 1; i++) {
        struct chain_found found = chain_found_by(q->s->p, q->task->scale, &q->s->known.v[i]);
        bool left_out = found.ask && q->s->bound.meets_only;
        for (size_t k = 0; k < q->s->p->n; k++)
            left_out |= q->s->p->layer[k].in->org[found.row[k]] == f->without_org;
        if (!left_out)
            chain_found_add(q->s->p, &q->best, &found, f->ignore_class);
    }
}

/* How many pairs of candidates a search has to look at, at most. */
static double count_pairs(const struct asking *q)
{
    double pairs = (double)q->n[0];
    for (size_t i = 1; i < q->s->p->n; i++)
        pairs += (double)q->n[i - 1] * (double)q->n[i];
    return pairs;
}

static void take_members(struct asking *q)
{
    for (size_t i = 0; i < q->s->p->n; i++) {
        struct chain_members taken = {q->s->members[i], q->s->values[i], q->s->p->layer[i].n, 0};
        chain_bound_members(&q->s->bound, i, q->level, most_of(q), &taken);
        q->n[i] = taken.n;
    }
}

/* Those of the members that are still within reach. */
static void keep_members(struct asking *q)
{
    double most = most_of(q);
    for (size_t i = 0; i < q->s->p->n; i++) {
        size_t n = 0;
        for (size_t k = 0; k < q->n[i]; k++) {
            if (q->s->values[i][k] > most)
                continue;
            q->s->members[i][n] = q->s->members[i][k];
            q->s->values[i][n++] = q->s->values[i][k];
        }
        q->n[i] = n;
    }
}

static void narrow(struct asking *q)
{
    struct chain_bound *b = &q->s->bound;
    take_members(q);
    while (q->level < b->g->leaf && count_pairs(q) > PAIRS_ENOUGH) {
        chain_bound_refine(b, q->level++, most_of(q));
        chain_bound_level(b, q->level, most_of(q));
        try_promising(q);
        take_members(q);
    }
    if (count_pairs(q) > PAIRS_FEW) {
        try_more(q);
        keep_members(q);
    }
}

/* The k best of those that meet, or of all alike. */
static bool ask(struct asking *q)
{
    struct chain_bound *b = &q->s->bound;
    struct chain_rows rows;
    chain_bound_all_alive(b, 0);
    try_known(q);
    chain_bound_level(b, 0, most_of(q));
    if (b->least >= DBL_MAX)
        return true;
    try_promising(q);
    narrow(q);
    for (size_t i = 0; i < q->s->p->n; i++)
        add_rows(q, &rows, i, q->s->members[i], q->n[i]);
    try_rows(q, &rows);
    return !q->s->clock->over;
}

static bool is_same_scale(const struct chain_scale *x, const struct chain_scale *y)
{
    return x->objective == y->objective && x->won == y->won && x->days == y->days && x->kg == y->kg;
}

bool chain_solver_weigh(struct chain_solver *s, const struct chain_scale *scale, bool meets_only)
{
    if (s->weighed && s->meets_only == meets_only && is_same_scale(&s->scale, scale))
        return true;
    s->weighed = chain_bound_weigh(&s->bound, scale, meets_only);
    s->meets_only = meets_only;
    s->scale = *scale;
    return s->weighed;
}

static void keep_known(struct chain_solver *s, const struct chain_found_list *list)
{
    for (size_t i = 0; i < list->n && s->known.n < s->known.k; i++)
        s->known.v[s->known.n++] = list->v[i];
}

static bool solve_pass(struct chain_solver *s, const struct chain_task *task, bool meets_only,
                       struct chain_found_list *out)
{
    struct asking q = {.s = s, .task = task};
    if (!chain_solver_weigh(s, task->scale, meets_only))
        return true;
    arena_reset(&s->scratch);
    chain_found_init(&s->scratch, &q.best, out->k);
    if (task->filter->without_org != UINT32_MAX)
        chain_bound_without(&s->bound, task->filter->without_org, false);
    bool whole = ask(&q);
    if (task->filter->without_org != UINT32_MAX)
        chain_bound_without(&s->bound, task->filter->without_org, true);
    for (size_t i = 0; i < q.best.n; i++)
        chain_found_add(s->p, out, &q.best.v[i], task->filter->ignore_class);
    out->bound = whole ? HUGE_VAL : chain_bound_value(&s->bound, task->scale, s->bound.least);
    keep_known(s, &q.best);
    return whole;
}

bool chain_solve(struct chain_solver *s, const struct chain_scale *scale, const struct chain_filter *filter,
                 struct chain_found_list *out)
{
    struct chain_filter alike = *filter;
    struct chain_task task = {s->p, scale, filter, s->clock};
    out->bound = HUGE_VAL;
    if (!filter->ignore_class && (!solve_pass(s, &task, true, out) || out->n == out->k))
        return !s->clock->over;
    /* Fewer than k meet, so among the k best of all there are enough with an ask. */
    alike.ignore_class = true;
    task.filter = &alike;
    struct chain_found_list all;
    chain_found_init(s->arena, &all, out->k);
    bool whole = solve_pass(s, &task, false, &all);
    for (size_t i = 0; i < all.n; i++)
        chain_found_add(s->p, out, &all.v[i], filter->ignore_class);
    out->bound = all.bound < out->bound ? all.bound : out->bound;
    return whole;
}
