/*
 * Bounds on coarse cells first. A few promising candidates a step give chains to beat; what cannot beat them is left
 * out, cell by cell and then one by one, on finer cells while many are left. The rest is searched through.
 */
#include "match/chain_solve.h"

#include <float.h>
#include <math.h>

enum { KNOWN_MOST = 256 };

void chain_solver_init(struct arena *a, const struct chain_problem *p, struct chain_clock *clock,
                       struct chain_solver *out)
{
    *out = (struct chain_solver){.arena = a, .p = p, .clock = clock};
    arena_init(&out->scratch, SIZE_MAX / 2);
    chain_grid_init(a, p, &out->grid);
    chain_bound_init(a, &out->grid, &out->bound);
    chain_found_init(a, &out->known, KNOWN_MOST);
    for (size_t i = 0; i < p->n; i++)
        out->members[i].arena = a;
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

/* The best of a leaf, unless it is linked. */
static void offer_leaf(const struct chain_bound *b, size_t step, uint32_t leaf, double rest, struct few *f)
{
    const struct chain_board *board = &b->g->board[step];
    double least = b->reach[step][b->g->leaf].least[leaf];
    if (!is_welcome(f, least + rest))
        return;
    uint32_t m = best_member(b, step, &board->cell[b->g->leaf][leaf], least);
    if (!(board->ties[m] >> b->tie & 1))
        offer(f, m, least + rest);
}

/* The best of leaves, and linked members, by the bounds of a level. */
static void promising(const struct chain_bound *b, size_t step, int level, struct few *f)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *r = &b->reach[step][level];
    for (size_t k = 0; k < b->tied[step].n; k++)
        offer(f, board->linked[b->tie][b->tied[step].use[k]], chain_bound_linked(b, step, b->tied[step].use[k]));
    for (size_t i = 0; i < r->n; i++) {
        const struct chain_cell *c = &board->cell[level][r->alive[i]];
        double rest = r->before[r->alive[i]] + r->behind[r->alive[i]];
        if (is_welcome(f, r->least[r->alive[i]] + rest))
            for (uint32_t leaf = c->leaf; leaf < c->leaf_end; leaf++)
                offer_leaf(b, step, leaf, rest, f);
    }
}

/* One question under way. */
struct asking {
    struct chain_solver *s;
    const struct chain_task *task;
    struct chain_found_list best; /* so far */
    int level;
    bool days_only; /* the bounds are of days alone: whatever may be in time */
};

/* What a chain must not be beyond, as the bounds count. */
static double most_of(const struct asking *q)
{
    const struct chain_weights *w = &q->s->bound.weights;
    double in_time = (double)q->s->p->days_left * w->pull;
    if (q->days_only)
        return in_time + w->slack;
    if (q->best.n < q->best.k)
        return DBL_MAX;
    double key = chain_bound_key(&q->s->bound, &q->best.v[q->best.n - 1].sums) + in_time;
    return key + w->slack + fabs(key) * 1e-13;
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
    rows->won_part = w->won == 1 && w->value != 1 ? 1 : 0;
    rows->days_part = w->pull;
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
        f.most = q->s->p->n == 1 ? CHAIN_K_MAX : CHAIN_PROMISING;
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
        f.most = CHAIN_PROMISING_MORE;
        const struct chain_members *m = &q->s->members[i];
        for (size_t k = 0; k < m->n; k++)
            offer(&f, m->v[k].member, m->v[k].value);
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
    const struct chain_members *m = q->s->members;
    double pairs = (double)m[0].n;
    for (size_t i = 1; i < q->s->p->n; i++)
        pairs += (double)m[i - 1].n * (double)m[i].n;
    return pairs;
}

static void take_members(struct asking *q)
{
    for (size_t i = 0; i < q->s->p->n; i++)
        chain_bound_members(&q->s->bound, i, q->level, most_of(q), &q->s->members[i]);
}

/* Those of the members that are still within reach. */
static void keep_members(struct asking *q)
{
    double most = most_of(q);
    for (size_t i = 0; i < q->s->p->n; i++) {
        struct chain_members *m = &q->s->members[i];
        size_t n = 0;
        for (size_t k = 0; k < m->n; k++)
            if (m->v[k].value <= most)
                m->v[n++] = m->v[k];
        m->n = n;
    }
}

static void narrow(struct asking *q)
{
    struct chain_bound *b = &q->s->bound;
    take_members(q);
    while (q->level < b->g->leaf && count_pairs(q) > CHAIN_PAIRS_ENOUGH && !chain_is_over(q->s->clock)) {
        chain_bound_refine(b, q->level++, most_of(q));
        chain_bound_level(b, q->level, most_of(q));
        try_promising(q);
        take_members(q);
    }
    if (count_pairs(q) > CHAIN_PAIRS_FEW) {
        try_more(q);
        keep_members(q);
    }
}

static void search_members(struct asking *q)
{
    struct chain_rows rows;
    for (size_t i = 0; i < q->s->p->n; i++) {
        const struct chain_members *m = &q->s->members[i];
        uint32_t *of_step = ARENA_ARRAY(&q->s->scratch, m->n, uint32_t);
        for (size_t k = 0; k < m->n; k++)
            of_step[k] = m->v[k].member;
        add_rows(q, &rows, i, of_step, m->n);
    }
    try_rows(q, &rows);
}

/* Bounds of the coarsest level and the first chains; false: there is no chain. */
static bool begin(struct asking *q)
{
    struct chain_bound *b = &q->s->bound;
    q->level = 0;
    if (q->task->filter->without_org != UINT32_MAX)
        chain_bound_without(b, q->task->filter->without_org, false);
    chain_bound_all_alive(b, 0);
    try_known(q);
    chain_bound_level(b, 0, most_of(q));
    if (b->least >= DBL_MAX)
        return false;
    try_promising(q);
    return true;
}

/* The due date is in the way: days count more and more, until enough chains are in time. If none are, everything that
   may be in time is looked at. */
static bool begin_in_time(struct asking *q)
{
    const double first_share = 0.01, more = 4;
    enum { ROUNDS = 5 };
    struct chain_solver *s = q->s;
    double pull = fmax(fabs(s->bound.least) * first_share, 1e-9);
    bool meets_only = s->bound.meets_only;
    s->weighed = false;
    for (int round = 0; round < ROUNDS && q->best.n < q->best.k && !chain_is_over(s->clock); round++, pull *= more) {
        chain_bound_weigh(&s->bound, q->task->scale, meets_only, pull);
        begin(q);
    }
    if (q->best.n == q->best.k)
        return true;
    q->days_only = true;
    chain_bound_weigh_days(&s->bound, meets_only);
    return begin(q);
}

/* What no chain in time is below when days count so much more. */
static double least_in_time(struct asking *q, double pull)
{
    struct chain_solver *s = q->s;
    chain_bound_weigh(&s->bound, q->task->scale, s->bound.meets_only, pull);
    begin(q);
    return s->bound.least - pull * (double)s->p->days_left;
}

/* Too many are left, perhaps because what is better is too late: looks for the price of a day that gives the highest
   bound. */
static void sharpen(struct asking *q)
{
    const double first_share = 0.01, step = 3;
    enum { ROUNDS = 6 };
    struct chain_solver *s = q->s;
    double best_pull = 0, best = least_in_time(q, 0), pull = fmax(fabs(best) * first_share, 1e-9), factor = step;
    s->weighed = false;
    for (int round = 0; round < ROUNDS && !chain_is_over(s->clock); round++) {
        double least = least_in_time(q, pull);
        if (least > best) {
            best = least;
            best_pull = pull;
        } else if (round) {
            break;
        } else {
            factor = 1 / step;
        }
        pull *= factor;
    }
    if (s->bound.weights.pull != best_pull)
        least_in_time(q, best_pull);
}

/* The k best of those that meet, or of all alike. */
static bool ask(struct asking *q)
{
    if (chain_is_over(q->s->clock)) {
        try_known(q);
        return false;
    }
    if (!begin(q) || (q->best.n < q->best.k && q->s->p->has_limit && !begin_in_time(q)))
        return true;
    narrow(q);
    if (q->s->p->has_limit && !q->s->bound.weights.pull && count_pairs(q) > CHAIN_PAIRS_ENOUGH) {
        sharpen(q);
        narrow(q);
    }
    if (chain_is_over(q->s->clock))
        return false;
    search_members(q);
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
    s->weighed = chain_bound_weigh(&s->bound, scale, meets_only, 0);
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
    s->bound.least = -HUGE_VAL;
    if (!chain_solver_weigh(s, task->scale, meets_only))
        return true;
    arena_reset(&s->scratch);
    chain_found_init(&s->scratch, &q.best, out->k);
    bool whole = ask(&q);
    if (task->filter->without_org != UINT32_MAX)
        chain_bound_without(&s->bound, task->filter->without_org, true);
    for (size_t i = 0; i < q.best.n; i++)
        chain_found_add(s->p, out, &q.best.v[i], task->filter->ignore_class);
    out->bound = whole ? HUGE_VAL : -HUGE_VAL;
    if (!whole && !q.days_only && s->bound.least > -HUGE_VAL)
        out->bound =
            chain_bound_value(&s->bound, task->scale, s->bound.least - s->bound.weights.pull * (double)s->p->days_left);
    keep_known(s, &q.best);
    return whole;
}

/* The first of all chains alike, when it is known. */
static const struct chain_found *first_of_all(const struct chain_solver *s, const struct chain_scale *scale)
{
    const struct chain_first *f = &s->first[scale->objective];
    return f->known ? &f->found : NULL;
}

bool chain_solve(struct chain_solver *s, const struct chain_scale *scale, const struct chain_filter *filter,
                 struct chain_found_list *out)
{
    struct chain_filter alike = *filter;
    struct chain_task task = {s->p, scale, filter, s->clock};
    const struct chain_found *first = filter->without_org == UINT32_MAX && out->k == 1 ? first_of_all(s, scale) : NULL;
    out->bound = HUGE_VAL;
    if (s->nobody)
        return true;
    if (first && (filter->ignore_class || !first->ask)) {
        chain_found_add(s->p, out, first, true);
        return true;
    }
    if (!filter->ignore_class && (!solve_pass(s, &task, true, out) || out->n == out->k))
        return !s->clock->over;
    if (first) {
        chain_found_add(s->p, out, first, true);
        return true;
    }
    /* Fewer than k meet, so among the k best of all there are enough with an ask. */
    alike.ignore_class = true;
    task.filter = &alike;
    struct chain_found_list all;
    chain_found_init(s->arena, &all, out->k);
    bool whole = solve_pass(s, &task, false, &all);
    s->nobody |= whole && !all.n && filter->without_org == UINT32_MAX;
    if (whole && all.n && filter->without_org == UINT32_MAX && scale->objective != CHAIN_BLEND)
        s->first[scale->objective] = (struct chain_first){true, all.v[0]};
    for (size_t i = 0; i < all.n; i++)
        chain_found_add(s->p, out, &all.v[i], filter->ignore_class);
    out->bound = all.bound < out->bound ? all.bound : out->bound;
    return whole;
}
