/*
 * The k best chains of a few candidates a step, by depth-first branch and bound. For every candidate the least value
 * (and the least cost and days) of what is still to come is worked out backwards, step by step, exactly but for the due
 * date; so a part of a chain that cannot become one of the k best is left at once.
 */
#include <math.h>
#include <stdlib.h>

#include "match/chain_parts.h"

/* Two values that round to the same six decimals are not further apart. */
#define SAME_VALUE 1.001e-6

struct candidate {
    struct chain_node node;
    double own;       /* value of the node alone */
    double rest;      /* least value behind it */
    double rest_won;  /* of the cheapest among those of the least value */
    double least_won; /* not more than what may come costs, whatever its value; the same for days */
    double least_days;
    double pulled; /* least of value, cost and days behind it, as the bounds count; only where days count */
    double room;   /* the bound for what comes behind it */
    uint32_t twin; /* the candidate of the same site in the next step; UINT32_MAX: none */
};

struct level {
    struct candidate *v; /* by own + rest */
    size_t n;
    /* What a change of sites on the way to this step is at least. */
    double change;
    double change_won;
};

struct search {
    struct arena *arena;
    const struct chain_problem *p;
    const struct chain_scale *scale;
    struct chain_clock *clock;
    const struct chain_found *most; /* NULL: no limit but the list's */
    struct chain_found_list *out;
    bool ignore_class;
    bool whole_values; /* sums of the objective are exact */
    double value_part, won_part, days_part;
    struct level level[NEED_STEPS_MAX];
    const struct candidate *now[NEED_STEPS_MAX];
};

/* The objective, in numbers that are whole when it counts whole things. */
static double value_of(const struct search *s, const struct chain_sums *sums)
{
    return s->scale->objective == CHAIN_SCORE ? (double)sums->loss : chain_value(s->p, s->scale, sums);
}

static double value_found(const struct search *s, const struct chain_found *f)
{
    return s->scale->objective == CHAIN_SCORE ? (double)f->sums.loss : f->value;
}

static double node_value(const struct search *s, const struct chain_node *node)
{
    struct chain_sums sums = {0};
    chain_add_node(&sums, node);
    return value_of(s, &sums);
}

static double leg_value(const struct search *s, const struct chain_leg *leg, bool other_org)
{
    struct chain_sums sums = {leg->won, leg->days, leg->kg_co2, 0, other_org};
    return value_of(s, &sums);
}

static int by_number(double x, double y)
{
    return (x > y) - (x < y);
}

/* What a candidate is sorted by. */
struct sort_key {
    double value;
    double won;
    uint32_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct sort_key *x = a, *y = b;
    int by = by_number(x->value, y->value);
    return by ? by : by_number(x->won, y->won);
}

struct named {
    struct candidate candidate;
    struct str ref;
};

static int by_ref(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return str_cmp(x->ref, y->ref);
}

/* Among many that are alike the first by ref are looked at first; the others are then behind them. */
static void sort_alike(struct search *s, size_t step, size_t from, size_t to)
{
    enum { A_FEW = 6 };
    if (to - from <= A_FEW)
        return;
    struct named *alike = ARENA_ARRAY(s->arena, to - from, struct named);
    for (size_t i = from; i < to; i++) {
        const struct candidate *c = &s->level[step].v[i];
        alike[i - from] = (struct named){*c, chain_row(s->p, step, c->node.row)->capability->ref};
    }
    qsort(alike, to - from, sizeof *alike, by_ref);
    for (size_t i = from; i < to; i++)
        s->level[step].v[i] = alike[i - from].candidate;
}

static void sort_level(struct search *s, size_t step)
{
    struct level *level = &s->level[step];
    struct sort_key *keys = ARENA_ARRAY(s->arena, level->n, struct sort_key);
    struct candidate *sorted = ARENA_ARRAY(s->arena, level->n, struct candidate);
    size_t from = 0;
    for (size_t i = 0; i < level->n; i++) {
        const struct candidate *c = &level->v[i];
        keys[i] = (struct sort_key){c->own + c->rest, (double)c->node.price_won + c->rest_won, (uint32_t)i};
    }
    if (level->n)
        qsort(keys, level->n, sizeof *keys, by_value);
    for (size_t i = 0; i < level->n; i++)
        sorted[i] = level->v[keys[i].at];
    level->v = sorted;
    for (size_t i = 1; i <= level->n; i++) {
        if (i < level->n && !by_value(&keys[from], &keys[i]))
            continue;
        sort_alike(s, step, from, i);
        from = i;
    }
}

static void fill_level(struct search *s, size_t step, const struct chain_rows *rows)
{
    size_t n = rows->n[step];
    struct level *level = &s->level[step];
    *level = (struct level){ARENA_ARRAY(s->arena, n, struct candidate), n, 0, 0};
    for (size_t i = 0; i < n; i++) {
        struct candidate *c = &level->v[i];
        c->node = chain_node_at(s->p, step, rows->v[step][i]);
        c->own = node_value(s, &c->node);
        c->room = rows->arrive[step] ? rows->most - rows->arrive[step][i] : HUGE_VAL;
        c->twin = UINT32_MAX;
    }
    if (step) {
        struct chain_leg leg = chain_leg_of_km(s->p, &s->p->layer[step - 1], 0);
        leg.won += (int64_t)floor(s->p->factors.handover_won + 0.5);
        level->change = leg_value(s, &leg, false);
        level->change_won = (double)leg.won;
    }
}

static double as_bound(const struct search *s, double value, double won, double days)
{
    return s->value_part * value + s->won_part * won + s->days_part * days;
}

static void last_level(struct search *s)
{
    struct level *level = &s->level[s->p->n - 1];
    for (size_t i = 0; i < level->n; i++) {
        struct candidate *c = &level->v[i];
        struct chain_leg leg = chain_leg_delivery(s->p, &c->node);
        c->rest = leg_value(s, &leg, false);
        c->rest_won = c->least_won = (double)leg.won;
        c->least_days = (double)leg.days;
        c->pulled = as_bound(s, c->rest, c->rest_won, c->least_days);
    }
}

/* Finds the twins by open addressing over the sites of the next level. */
static void find_twins(struct search *s, struct level *level, const struct level *next)
{
    size_t cap = 16;
    while (cap < 2 * next->n)
        cap *= 2;
    uint32_t *slot = ARENA_ARRAY(s->arena, cap, uint32_t); /* index + 1 */
    for (size_t k = 0; k < next->n; k++) {
        size_t at = next->v[k].node.site * UINT32_C(2654435761) & (cap - 1);
        while (slot[at])
            at = (at + 1) & (cap - 1);
        slot[at] = (uint32_t)k + 1;
    }
    for (size_t i = 0; i < level->n; i++) {
        size_t at = level->v[i].node.site * UINT32_C(2654435761) & (cap - 1);
        while (slot[at] && next->v[slot[at] - 1].node.site != level->v[i].node.site)
            at = (at + 1) & (cap - 1);
        level->v[i].twin = slot[at] ? slot[at] - 1 : UINT32_MAX;
    }
}

/* Behind `c`, when the next is `d`. */
static void take_next(struct search *s, size_t step, struct candidate *c, const struct candidate *d)
{
    struct chain_leg leg = chain_leg_between(s->p, step, &c->node, &d->node);
    double value = leg_value(s, &leg, c->node.org != d->node.org) + d->own + d->rest;
    double won = (double)leg.won + (double)d->node.price_won + d->rest_won;
    double days = (double)leg.days + (double)d->node.lead_days;
    double own = as_bound(s, value - d->rest, won - d->rest_won, days);
    c->pulled = fmin(c->pulled, own + d->pulled);
    c->least_days = fmin(c->least_days, days + d->least_days);
    if (value < c->rest || (value == c->rest && won < c->rest_won)) {
        c->rest = value;
        c->rest_won = won;
    }
}

/* Whether `d` may be better behind `c` than what is known, by a look at their distance. */
static bool is_near(const struct search *s, size_t step, const struct candidate *c, const struct candidate *d)
{
    struct chain_leg leg = chain_leg_least(s->p, step, &c->node, &d->node);
    return leg_value(s, &leg, false) + d->own + d->rest <= c->rest;
}

/* The next level is in the order of own + rest, so most of it is never looked at. */
static void look_behind(struct search *s, size_t step, struct candidate *c)
{
    const struct level *next = &s->level[step + 1];
    bool all = s->days_part > 0; /* the least of days needs a look at all */
    if (c->twin != UINT32_MAX)
        take_next(s, step, c, &next->v[c->twin]);
    for (size_t k = 0; k < next->n && !chain_out_of_time(s->clock); k++) {
        const struct candidate *d = &next->v[k];
        double value = d->own + d->rest + next->change;
        double won = (double)d->node.price_won + d->rest_won + next->change_won;
        bool beyond = value > c->rest || as_bound(s, value, won, 0) > c->room ||
                      (s->whole_values && value == c->rest && won >= c->rest_won);
        if (beyond && !all)
            break;
        if (k != c->twin && (all || is_near(s, step, c, d)))
            take_next(s, step, c, d);
    }
}

static void level_before(struct search *s, size_t step)
{
    struct level *level = &s->level[step];
    const struct level *next = &s->level[step + 1];
    double least_won = HUGE_VAL, least_days = HUGE_VAL;
    for (size_t k = 0; k < next->n; k++) {
        const struct candidate *d = &next->v[k];
        least_won = fmin(least_won, (double)d->node.price_won + d->least_won);
        least_days = fmin(least_days, (double)d->node.lead_days + d->least_days);
    }
    find_twins(s, level, next);
    for (size_t i = 0; i < level->n && !s->clock->over; i++) {
        struct candidate *c = &level->v[i];
        c->rest = c->rest_won = c->pulled = c->least_days = HUGE_VAL;
        c->least_won = least_won;
        look_behind(s, step, c);
        if (!(s->days_part > 0))
            c->least_days = least_days;
    }
}

/* Those that the bounds leave no room for go. */
static void keep_possible(struct search *s, struct level *level)
{
    size_t n = 0;
    for (size_t i = 0; i < level->n; i++) {
        const struct candidate *c = &level->v[i];
        double least = s->days_part > 0 ? c->pulled : as_bound(s, c->rest, c->rest_won, 0);
        if (c->rest < HUGE_VAL && least <= c->room)
            level->v[n++] = *c;
    }
    level->n = n;
}

static void look_ahead(struct search *s)
{
    last_level(s);
    for (size_t i = s->p->n; i-- > 0;) {
        if (i + 1 < s->p->n)
            level_before(s, i);
        keep_possible(s, &s->level[i]);
        sort_level(s, i);
    }
}

/* Part of a chain up to and with a candidate. */
struct part {
    struct chain_sums sums;
    double value;
    bool asked;
};

static int refs_order(const struct search *s, size_t step, const struct chain_found *than)
{
    for (size_t i = 0; i <= step; i++) {
        if (s->now[i]->node.row == than->row[i])
            continue;
        int by = str_cmp(chain_row(s->p, i, s->now[i]->node.row)->capability->ref,
                         chain_row(s->p, i, than->row[i])->capability->ref);
        if (by)
            return by;
    }
    return 0;
}

/* What a chain must not be behind; NULL: anything is welcome. */
static const struct chain_found *limit(const struct search *s)
{
    return s->out->n == s->out->k ? &s->out->v[s->out->n - 1] : s->most;
}

/* What a chain in time that is not behind another may be as the bounds count. */
static double pulled_most(const struct search *s, const struct chain_found *than)
{
    double most = as_bound(s, value_found(s, than), (double)than->sums.won, (double)s->p->days_left);
    return most + s->value_part * SAME_VALUE + fabs(most) * 1e-12;
}

/* Whether nothing that begins like this can be among the k best. */
static bool is_hopeless(const struct search *s, size_t step, const struct part *part, const struct candidate *c)
{
    double value = part->value + c->rest;
    const struct chain_found *last = limit(s);
    if (s->p->has_limit && (double)part->sums.days + c->least_days > (double)s->p->days_left)
        return true;
    if (!last)
        return false;
    double so_far = as_bound(s, part->value, (double)part->sums.won, (double)part->sums.days);
    if (s->days_part > 0 && so_far + c->pulled > pulled_most(s, last))
        return true;
    if (value > value_found(s, last) + SAME_VALUE)
        return true;
    if (value < value_found(s, last) - SAME_VALUE)
        return false;
    double won = (double)part->sums.won + (s->whole_values ? c->rest_won : c->least_won);
    if (won != (double)last->sums.won)
        return won > (double)last->sums.won;
    return refs_order(s, step, last) > 0;
}

static void take_chain(struct search *s, const struct part *part, const struct candidate *c)
{
    struct chain_leg leg = chain_leg_delivery(s->p, &c->node);
    struct chain_found found = {.sums = part->sums, .ask = part->asked};
    chain_add_leg(&found.sums, &leg);
    if (s->p->has_limit && found.sums.days > s->p->days_left)
        return;
    for (size_t i = 0; i < s->p->n; i++)
        found.row[i] = s->now[i]->node.row;
    found.value = chain_round6(chain_value(s->p, s->scale, &found.sums));
    chain_found_add(s->p, s->out, &found, s->ignore_class);
}

static void descend(struct search *s, size_t step, const struct part *before, const struct candidate *from);

static void step_to(struct search *s, size_t step, const struct part *before, const struct candidate *from,
                    const struct candidate *c)
{
    struct chain_leg leg =
        from ? chain_leg_between(s->p, step - 1, &from->node, &c->node) : chain_leg_origin(s->p, &c->node);
    bool other_org = from && from->node.org != c->node.org;
    struct part part = {before->sums, before->value + c->own + leg_value(s, &leg, other_org),
                        before->asked || c->node.ask};
    chain_add_leg(&part.sums, &leg);
    chain_add_node(&part.sums, &c->node);
    part.sums.firms += other_org;
    s->now[step] = c;
    if (is_hopeless(s, step, &part, c))
        return;
    if (step + 1 == s->p->n)
        take_chain(s, &part, c);
    else
        descend(s, step + 1, &part, c);
}

static void descend(struct search *s, size_t step, const struct part *before, const struct candidate *from)
{
    const struct level *level = &s->level[step];
    uint32_t twin = from ? from->twin : UINT32_MAX;
    if (twin != UINT32_MAX)
        step_to(s, step, before, from, &level->v[twin]);
    for (size_t i = 0; i < level->n && !chain_out_of_time(s->clock); i++) {
        const struct candidate *c = &level->v[i];
        const struct chain_found *last = limit(s);
        if (last && before->value + c->own + c->rest + level->change > value_found(s, last) + SAME_VALUE)
            break;
        if (i != twin)
            step_to(s, step, before, from, c);
    }
}

bool chain_search_rows(struct arena *a, const struct chain_task *task, const struct chain_rows *rows,
                       const struct chain_found *most, struct chain_found_list *out)
{
    enum chain_objective o = task->scale->objective;
    struct search s = {.arena = a,
                       .p = task->p,
                       .scale = task->scale,
                       .clock = task->clock,
                       .most = most,
                       .out = out,
                       .value_part = rows->value_part,
                       .won_part = rows->won_part,
                       .days_part = rows->days_part,
                       .ignore_class = task->filter->ignore_class,
                       .whole_values = o != CHAIN_BLEND && (o != CHAIN_CARBON || !task->p->has_carbon)};
    for (size_t i = 0; i < s.p->n; i++)
        fill_level(&s, i, rows);
    look_ahead(&s);
    if (!s.clock->over)
        descend(&s, 0, &(struct part){{0}, 0, false}, NULL);
    return !s.clock->over;
}
