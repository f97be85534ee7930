/* Order rules against the steps of a need. What a rule asks of the part may be stated at any step: a part keeps its
 * material, size and hardness on its way. The rule's own step is looked at first. */
#include "match/chain.h"

static const struct need_step *step_with(const struct need *need, size_t at, bool (*states)(const struct need_step *))
{
    if (states(&need->steps.v[at]))
        return &need->steps.v[at];
    for (size_t i = 0; i < need->steps.n; i++)
        if (states(&need->steps.v[i]))
            return &need->steps.v[i];
    return NULL;
}

static bool states_material(const struct need_step *s)
{
    return s->materials.n != 0;
}

static bool states_hardness(const struct need_step *s)
{
    return s->hardness.has;
}

static bool states_tolerance(const struct need_step *s)
{
    return s->tolerance.kind != TOLERANCE_NONE;
}

static bool states_thickness(const struct need_step *s)
{
    return s->thickness_mm.has;
}

static bool states_layer(const struct need_step *s)
{
    return s->layer_um.min.has || s->layer_um.max.has;
}

static bool is_of(const struct vocab *v, const struct need_step *s, uint32_t material)
{
    for (size_t i = 0; i < s->materials.n; i++)
        if (tree_below(&v->materials, s->materials.v[i], material))
            return true;
    return false;
}

static bool is_harder(const struct vocab *v, const struct hardness *h, const struct order_condition *c)
{
    struct opt_real value = vocab_hardness(v, h->scale, c->scale, h->max.has ? h->max.v : h->min.v);
    return value.has && value.v > c->limit;
}

static double largest(const struct size_mm *size)
{
    double most = 0;
    for (uint32_t i = 0; i < size->n; i++)
        most = size->v[i] > most ? size->v[i] : most;
    return most;
}

static bool is_finer(const struct vocab *v, const struct need_step *s, const struct order_condition *c)
{
    const struct tolerance *t = &s->tolerance;
    if (t->kind == TOLERANCE_IT)
        return t->value < c->limit;
    struct opt_real width = vocab_it_width_um(v, (int64_t)c->limit, t->at_mm.has ? t->at_mm.v : largest(&s->part_mm));
    return width.has && 2000 * t->value < width.v;
}

/* What is not stated does not hold. */
static bool holds(const struct vocab *v, const struct need *need, size_t at, const struct order_condition *c)
{
    const struct need_step *s;
    switch (c->kind) {
    case ORDER_MATERIAL:
        s = step_with(need, at, states_material);
        return s && is_of(v, s, c->material);
    case ORDER_HARDNESS_ABOVE:
        s = step_with(need, at, states_hardness);
        return s && is_harder(v, &s->hardness, c);
    case ORDER_TOLERANCE_FINER:
        s = step_with(need, at, states_tolerance);
        return s && is_finer(v, s, c);
    case ORDER_THICKNESS_ABOVE:
        s = step_with(need, at, states_thickness);
        return s && s->thickness_mm.v > c->limit;
    default:
        s = step_with(need, at, states_layer);
        return s && (s->layer_um.max.has ? s->layer_um.max.v : s->layer_um.min.v) > c->limit;
    }
}

static bool all_hold(const struct vocab *v, const struct need *need, size_t at, const struct order_rule *rule)
{
    for (size_t i = 0; i < rule->conditions.n; i++)
        if (!holds(v, need, at, &rule->conditions.v[i]))
            return false;
    return true;
}

/* The first step in from .. to - 1 that is at or under the process. */
static size_t step_under(const struct vocab *v, const struct need *need, size_t from, size_t to, uint32_t process)
{
    for (size_t i = from; i < to; i++)
        if (tree_below(&v->processes, need->steps.v[i].process, process))
            return i;
    return SIZE_MAX;
}

void chain_check_order(struct arena *a, const struct vocab *vocab, const struct need *need, struct chain_warnings *out)
{
    *out = (struct chain_warnings){NULL, 0, 0};
    for (size_t r = 0; r < vocab->order_rules.n; r++) {
        const struct order_rule *rule = &vocab->order_rules.v[r];
        for (size_t i = 0; i < need->steps.n; i++) {
            if (!tree_below(&vocab->processes, need->steps.v[i].process, rule->first) ||
                !all_hold(vocab, need, i, rule))
                continue;
            bool after = rule->kind == ORDER_NOT_AFTER;
            size_t other = after ? step_under(vocab, need, 0, i, rule->then)
                                 : step_under(vocab, need, i + 1, need->steps.n, rule->then);
            if ((other != SIZE_MAX) == after)
                VEC_PUSH(a, out, ((struct chain_warning){rule, i, other}));
        }
    }
}
