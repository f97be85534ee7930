/*
 * The k best chains by depth-first branch and bound. For every candidate the least value (and the least cost and days)
 * of what is still to come is worked out backwards, step by step, exactly but for the due date; so a part of a chain
 * that cannot become one of the k best is left at once. Chains that meet come first, so they are searched alone, and
 * those with an ask only when fewer than k meet.
 *
 * Each search runs twice: over the cheapest few of every step, which gives a first bound, and then over those that the
 * bound does not rule out by their own value alone.
 */
#include <math.h>
#include <stdlib.h>

#include "match/chain_parts.h"

/* Chains of the same value are told apart by cost. When there are very many, the cost of the rest is taken from the
   best rest: then two chains whose values differ by less than 1e-6, the dearer one being better, may change places. */
enum { FIRST_FEW = 24, CLOCK_EVERY = 1024, TICKS_OF_TIES = 300000 };

/* Two values that round to the same six decimals are not further apart. */
#define SAME_VALUE 1.001e-6

enum pass { PASS_MEETS, PASS_WITH_ASK, PASS_ALL };

/* What is still to come behind a candidate. asked: the chain has an ask already, or needs none. */
struct rest {
    double value[2]; /* [0]: an ask must still come; [1]: nothing must */
    double won[2];   /* of the cheapest among those of the least value */
};

struct candidate {
    const struct chain_node *node;
    uint32_t index;
    double own; /* value of the node alone */
    struct rest rest;
    double least_won; /* not more than what may come costs, whatever its value; the same for days */
    double least_days;
};

struct level {
    struct candidate *v; /* by own + rest.value[1] */
    size_t n;
};

struct search {
    struct arena *arena;
    const struct chain_problem *p;
    const struct chain_scale *scale;
    const struct chain_filter *filter;
    struct chain_clock *clock;
    struct chain_found_list *out;
    enum pass pass;
    bool whole_values; /* sums of the objective are exact */
    struct level level[NEED_STEPS_MAX];
    struct chain_found now;
    uint32_t ticks;
};

static bool out_of_time(struct search *s)
{
    if (++s->ticks % CLOCK_EVERY == 0 && time_steady_ns() >= s->clock->until_ns)
        s->clock->over = true;
    return s->clock->over;
}

static double node_value(const struct search *s, const struct chain_node *node)
{
    struct chain_sums sums = {0};
    chain_add_node(&sums, node);
    return chain_value(s->p, s->scale, &sums);
}

static double leg_value(const struct search *s, const struct chain_leg *leg, bool other_org)
{
    struct chain_sums sums = {leg->won, leg->days, leg->kg_co2, 0, other_org};
    return chain_value(s->p, s->scale, &sums);
}

static bool may_use(const struct search *s, const struct chain_node *node)
{
    return !(s->pass == PASS_MEETS && node->ask) && node->org != s->filter->without_org &&
           (s->filter->only_org == UINT32_MAX || node->org == s->filter->only_org);
}

static int by_own(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->own != y->own)
        return x->own < y->own ? -1 : 1;
    return (x->node->ref_rank > y->node->ref_rank) - (x->node->ref_rank < y->node->ref_rank);
}

static int by_value(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    double vx = x->own + x->rest.value[1], vy = y->own + y->rest.value[1];
    if (vx != vy)
        return vx < vy ? -1 : 1;
    return (x->node->ref_rank > y->node->ref_rank) - (x->node->ref_rank < y->node->ref_rank);
}

/* False when a step has nobody. */
static bool fill_levels(struct search *s)
{
    for (size_t i = 0; i < s->p->n; i++) {
        const struct chain_layer *layer = &s->p->layer[i];
        struct level *level = &s->level[i];
        *level = (struct level){ARENA_ARRAY(s->arena, layer->n, struct candidate), 0};
        for (size_t c = 0; c < layer->n; c++)
            if (may_use(s, &layer->v[c]))
                level->v[level->n++] =
                    (struct candidate){.node = &layer->v[c], .index = (uint32_t)c, .own = node_value(s, &layer->v[c])};
        if (!level->n)
            return false;
        qsort(level->v, level->n, sizeof *level->v, by_own);
    }
    return true;
}

static void last_level(struct search *s)
{
    struct level *level = &s->level[s->p->n - 1];
    for (size_t i = 0; i < level->n; i++) {
        struct candidate *c = &level->v[i];
        struct chain_leg leg = chain_leg_delivery(s->p, c->node);
        double value = leg_value(s, &leg, false);
        c->rest = (struct rest){{HUGE_VAL, value}, {HUGE_VAL, (double)leg.won}};
        c->least_won = (double)leg.won;
        c->least_days = (double)leg.days;
    }
}

/* Behind `c`, when the next is `d`. */
static void take_next(struct candidate *c, const struct candidate *d, const struct chain_leg *leg, double leg_worth)
{
    for (int asked = 0; asked < 2; asked++) {
        int then = asked || d->node->ask;
        double value = leg_worth + d->own + d->rest.value[then];
        double won = (double)leg->won + (double)d->node->price_won + d->rest.won[then];
        if (value < c->rest.value[asked] || (value == c->rest.value[asked] && won < c->rest.won[asked])) {
            c->rest.value[asked] = value;
            c->rest.won[asked] = won;
        }
    }
}

/* The next level is in the order of own + rest, so most of it is never looked at: no leg is below 0. */
static void level_before(struct search *s, size_t step)
{
    struct level *level = &s->level[step];
    const struct level *next = &s->level[step + 1];
    double least_won = HUGE_VAL, least_days = HUGE_VAL;
    for (size_t k = 0; k < next->n; k++) {
        const struct candidate *d = &next->v[k];
        least_won = fmin(least_won, (double)d->node->price_won + d->least_won);
        least_days = fmin(least_days, (double)d->node->lead_days + d->least_days);
    }
    for (size_t i = 0; i < level->n && !s->clock->over; i++) {
        struct candidate *c = &level->v[i];
        c->rest = (struct rest){{HUGE_VAL, HUGE_VAL}, {HUGE_VAL, HUGE_VAL}};
        c->least_won = least_won;
        c->least_days = least_days;
        for (size_t k = 0; k < next->n && !out_of_time(s); k++) {
            const struct candidate *d = &next->v[k];
            if (d->own + d->rest.value[1] > c->rest.value[s->pass == PASS_WITH_ASK ? 0 : 1])
                break;
            struct chain_leg leg = chain_leg_between(s->p, step, c->node, d->node);
            take_next(c, d, &leg, leg_value(s, &leg, c->node->org != d->node->org));
        }
    }
}

static void look_ahead(struct search *s)
{
    last_level(s);
    for (size_t i = s->p->n; i-- > 0;) {
        if (i + 1 < s->p->n)
            level_before(s, i);
        qsort(s->level[i].v, s->level[i].n, sizeof *s->level[i].v, by_value);
    }
}

/* Part of a chain up to and with `c`. */
struct part {
    struct chain_sums sums;
    double value;
    bool asked;
};

static int refs_order(const struct search *s, size_t step, const struct chain_found *than)
{
    for (size_t i = 0; i <= step; i++) {
        uint32_t rx = s->p->layer[i].v[s->now.node[i]].ref_rank, ry = s->p->layer[i].v[than->node[i]].ref_rank;
        if (rx != ry)
            return rx < ry ? -1 : 1;
    }
    return 0;
}

/* Whether nothing that begins like this can be among the k best. */
static bool is_hopeless(const struct search *s, size_t step, const struct part *part, const struct candidate *c)
{
    int state = s->pass != PASS_WITH_ASK || part->asked;
    double value = part->value + c->rest.value[state];
    if (value == HUGE_VAL)
        return true;
    if (s->p->has_limit && (double)part->sums.days + c->least_days > (double)s->p->days_left)
        return true;
    if (s->out->n < s->out->k)
        return false;
    const struct chain_found *last = &s->out->v[s->out->n - 1];
    if (value > last->value + SAME_VALUE)
        return true;
    if (value < last->value - SAME_VALUE)
        return false;
    bool sharp = s->whole_values || s->ticks > TICKS_OF_TIES;
    double won = (double)part->sums.won + (sharp ? c->rest.won[state] : c->least_won);
    if (won != (double)last->sums.won)
        return won > (double)last->sums.won;
    return refs_order(s, step, last) > 0;
}

static void take_chain(struct search *s, const struct part *part, const struct candidate *c)
{
    struct chain_leg leg = chain_leg_delivery(s->p, c->node);
    s->now.sums = part->sums;
    chain_add_leg(&s->now.sums, &leg);
    if (s->p->has_limit && s->now.sums.days > s->p->days_left)
        return;
    s->now.ask = part->asked;
    s->now.value = chain_round6(chain_value(s->p, s->scale, &s->now.sums));
    chain_found_add(s->p, s->out, &s->now, s->filter->ignore_class);
}

static void descend(struct search *s, size_t step, const struct part *before, const struct candidate *from)
{
    const struct level *level = &s->level[step];
    int state = s->pass != PASS_WITH_ASK || before->asked;
    for (size_t i = 0; i < level->n && !out_of_time(s); i++) {
        const struct candidate *c = &level->v[i];
        bool full = s->out->n == s->out->k;
        if (full && before->value + c->own + c->rest.value[1] > s->out->v[s->out->n - 1].value + SAME_VALUE)
            break;
        if (!state && !c->node->ask && c->rest.value[0] == HUGE_VAL)
            continue;
        struct chain_leg leg =
            from ? chain_leg_between(s->p, step - 1, from->node, c->node) : chain_leg_origin(s->p, c->node);
        bool other_org = from && from->node->org != c->node->org;
        struct part part = {before->sums, before->value + c->own + leg_value(s, &leg, other_org),
                            before->asked || c->node->ask};
        chain_add_leg(&part.sums, &leg);
        chain_add_node(&part.sums, c->node);
        part.sums.firms += other_org;
        s->now.node[step] = c->index;
        if (is_hopeless(s, step, &part, c))
            continue;
        if (step + 1 == s->p->n)
            take_chain(s, &part, c);
        else
            descend(s, step + 1, &part, c);
    }
}

/* A value that no chain is below. */
static double least_value(const struct search *s)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < s->level[0].n; i++)
        least = fmin(least, s->level[0].v[i].own + s->level[0].v[i].rest.value[s->pass != PASS_WITH_ASK]);
    return least;
}

static double first_own(const struct search *s, size_t but)
{
    double sum = 0;
    for (size_t i = 0; i < s->p->n; i++)
        sum += i == but ? 0 : s->level[i].v[0].own;
    return sum;
}

/* Keeps of each level what the last of the k best does not rule out. The levels are by own value. */
static void keep_possible(struct search *s)
{
    double most = s->out->v[s->out->n - 1].value + SAME_VALUE;
    size_t keep[NEED_STEPS_MAX];
    for (size_t i = 0; i < s->p->n; i++) {
        double others = first_own(s, i);
        keep[i] = 0;
        while (keep[i] < s->level[i].n && others + s->level[i].v[keep[i]].own <= most)
            keep[i]++;
    }
    for (size_t i = 0; i < s->p->n; i++)
        s->level[i].n = keep[i] ? keep[i] : 1;
}

static void run(struct search *s)
{
    look_ahead(s);
    if (!s->clock->over)
        descend(s, 0, &(struct part){{0}, 0, false}, NULL);
}

/* The cheapest few of each step alone: their k best bound the rest. */
static void run_few(struct search *s)
{
    struct level whole[NEED_STEPS_MAX];
    memcpy(whole, s->level, sizeof whole);
    for (size_t i = 0; i < s->p->n; i++) {
        size_t n = whole[i].n < FIRST_FEW ? whole[i].n : FIRST_FEW;
        s->level[i] = (struct level){ARENA_ARRAY(s->arena, n, struct candidate), n};
        memcpy(s->level[i].v, whole[i].v, n * sizeof *whole[i].v);
    }
    run(s);
    memcpy(s->level, whole, sizeof whole);
}

static bool has_more(const struct search *s)
{
    for (size_t i = 0; i < s->p->n; i++)
        if (s->level[i].n > FIRST_FEW)
            return true;
    return false;
}

/* One pass; what is found joins the list. */
static double run_pass(struct search *s, enum pass pass)
{
    s->pass = pass;
    if (!fill_levels(s))
        return HUGE_VAL;
    if (has_more(s)) {
        struct chain_found_list few;
        struct chain_found_list *all = s->out;
        chain_found_init(s->arena, &few, all->k - all->n);
        s->out = &few;
        run_few(s);
        if (few.n == few.k && few.n)
            keep_possible(s);
        s->out = all;
    }
    struct chain_found_list mine;
    struct chain_found_list *all = s->out;
    chain_found_init(s->arena, &mine, all->k - all->n);
    s->out = &mine;
    run(s);
    s->out = all;
    for (size_t i = 0; i < mine.n; i++)
        chain_found_add(s->p, all, &mine.v[i], s->filter->ignore_class);
    return least_value(s);
}

bool chain_search(struct arena *a, const struct chain_task *task, struct chain_found_list *out)
{
    bool alike = task->filter->ignore_class;
    enum chain_objective o = task->scale->objective;
    struct search s = {.arena = a,
                       .p = task->p,
                       .scale = task->scale,
                       .filter = task->filter,
                       .clock = task->clock,
                       .out = out,
                       .whole_values = o == CHAIN_COST || o == CHAIN_TIME || o == CHAIN_FIRMS ||
                                       (o == CHAIN_CARBON && !task->p->has_carbon)};
    out->bound = run_pass(&s, alike ? PASS_ALL : PASS_MEETS);
    if (!alike && out->n < out->k && !s.clock->over)
        out->bound = fmin(out->bound, run_pass(&s, PASS_WITH_ASK));
    return !s.clock->over;
}
