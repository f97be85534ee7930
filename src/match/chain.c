/* The answer about chains: the k best by the objective, the first by each, with one organisation, and without each. */
#include "match/chain.h"

#include <math.h>

#include "match/chain_parts.h"

static const struct {
    const char *word;
    const char *ko;
    const char *en;
} objectives[CHAIN_OBJECTIVE_COUNT] = {
#define O(name, word, ko, en) {word, ko, en},
    CHAIN_OBJECTIVES(O)
#undef O
};

const char *chain_objective_word(enum chain_objective o)
{
    return objectives[o].word;
}

const char *chain_objective_label(enum chain_objective o, bool korean)
{
    return korean ? objectives[o].ko : objectives[o].en;
}

bool chain_objective_by_word(struct str word, enum chain_objective *out)
{
    for (int o = 0; o < CHAIN_OBJECTIVE_COUNT; o++) {
        if (str_eq(word, str_c(objectives[o].word))) {
            *out = (enum chain_objective)o;
            return true;
        }
    }
    return false;
}

void chain_first_of_sites(struct arena *a, struct judgement_list *list)
{
    struct map seen;
    size_t n = 0;
    map_init(&seen, a);
    for (size_t i = 0; i < list->n; i++)
        if (map_add(&seen, list->v[i].capability->site->ref, 0))
            list->v[n++] = list->v[i];
    list->n = n;
}

void chain_candidates(struct arena *a, struct chain_request *request, const struct supply *supply)
{
    struct match_answer all;
    struct judgement_list *lists = ARENA_ARRAY(a, request->need->steps.n, struct judgement_list);
    match_scan(a, request->vocab, request->need, supply, request->today, SIZE_MAX, &all);
    for (size_t i = 0; i < all.n; i++) {
        lists[i] = all.v[i].results;
        chain_first_of_sites(a, &lists[i]);
    }
    request->candidates = lists;
}

struct finder {
    struct arena *arena;
    const struct chain_request *request;
    const struct chain_problem *p;
    struct chain_clock clock;
    struct chain_scale scale; /* of the request's objective */
    struct chain_answer *out;
};

static const struct chain_filter any_chain = {false, UINT32_MAX, UINT32_MAX};

/* The k best; false when the clock ended it. */
static bool find(struct finder *f, const struct chain_scale *scale, const struct chain_filter *filter, size_t k,
                 struct chain_found_list *out)
{
    struct chain_task task = {f->p, scale, filter, &f->clock};
    chain_found_init(f->arena, out, k);
    if (!f->request->brute)
        return chain_search(f->arena, &task, out);
    chain_enumerate(&task, out);
    return true;
}

/* A found chain with everything that is shown of it. */
static struct chain *unfold(struct finder *f, const struct chain_found *found, struct chain *c)
{
    const struct chain_problem *p = f->p;
    const struct chain_node *before = NULL;
    *c = (struct chain){.cost_won = found->sums.won,
                        .days = found->sums.days,
                        .firms = found->sums.firms,
                        .kg_co2 = {found->sums.kg_co2, p->has_carbon},
                        .score = round4((double)found->sums.loss / 10000),
                        .value = found->value,
                        .all_meet = !found->ask,
                        .steps = ARENA_ARRAY(f->arena, p->n, struct chain_step),
                        .n = p->n};
    for (size_t i = 0; i < p->n; i++) {
        const struct chain_node *node = &p->layer[i].v[found->node[i]];
        struct chain_leg leg = before ? chain_leg_between(p, i - 1, before, node) : chain_leg_origin(p, node);
        c->steps[i] = (struct chain_step){.capability = node->capability,
                                          .class = node->judgement->class,
                                          .score = node->judgement->score,
                                          .price_won = node->price_won,
                                          .lead_days = node->lead_days,
                                          .kg_co2 = node->kg_co2,
                                          .km_from_previous = {leg.km, before || p->has_origin},
                                          .leg_won = leg.won,
                                          .leg_days = leg.days,
                                          .estimated = node->estimated | (leg.estimated ? CHAIN_KM_ESTIMATED : 0)};
        c->km += leg.km;
        c->estimated |= c->steps[i].estimated != 0;
        before = node;
    }
    struct chain_leg last = chain_leg_delivery(p, before);
    c->km_to_delivery = (struct opt_real){last.km, p->has_delivery};
    c->delivery_won = last.won;
    c->delivery_days = last.days;
    c->delivery_estimated = last.estimated;
    c->km += last.km;
    c->estimated |= last.estimated;
    return c;
}

/* The first chain under a filter; NULL when there is none. */
static const struct chain *first(struct finder *f, const struct chain_scale *scale, const struct chain_filter *filter)
{
    struct chain_found_list list;
    f->out->complete &= find(f, scale, filter, 1, &list);
    return list.n ? unfold(f, &list.v[0], ARENA_NEW(f->arena, struct chain)) : NULL;
}

/* The best single value over all chains, at least 1. */
static double best_value(struct finder *f, enum chain_objective o)
{
    const struct chain_filter all = {true, UINT32_MAX, UINT32_MAX};
    struct chain_scale scale = {.objective = o};
    struct chain_found_list list;
    f->out->complete &= find(f, &scale, &all, 1, &list);
    if (!list.n)
        return 1;
    const struct chain_sums *s = &list.v[0].sums;
    double value = o == CHAIN_COST ? (double)s->won : o == CHAIN_TIME ? (double)s->days : s->kg_co2;
    return fmax(1, value);
}

static void find_scale(struct finder *f, struct chain_scale *blend)
{
    *blend = (struct chain_scale){.objective = CHAIN_BLEND, .won = 1, .days = 1, .kg = 1};
    blend->won = best_value(f, CHAIN_COST);
    blend->days = best_value(f, CHAIN_TIME);
    if (f->p->has_carbon)
        blend->kg = best_value(f, CHAIN_CARBON);
}

/* Organisations that have a candidate for every step, each searched alone. */
static void find_single_firm(struct finder *f)
{
    const struct chain_problem *p = f->p;
    uint32_t *steps = ARENA_ARRAY(f->arena, p->orgs, uint32_t);
    struct chain_found_list best;
    chain_found_init(f->arena, &best, 1);
    for (size_t i = 0; i < p->n; i++)
        for (size_t c = 0; c < p->layer[i].n; c++)
            steps[p->layer[i].v[c].org] |= 1U << i;
    for (uint32_t org = 0; org < p->orgs; org++) {
        struct chain_filter only = {false, UINT32_MAX, org};
        struct chain_found_list list;
        if (steps[org] != (1U << p->n) - 1)
            continue;
        f->out->complete &= find(f, &f->scale, &only, 1, &list);
        if (list.n)
            chain_found_add(p, &best, &list.v[0], false);
    }
    if (best.n)
        f->out->single_firm = unfold(f, &best.v[0], ARENA_NEW(f->arena, struct chain));
}

static void find_losses(struct finder *f, const struct chain_found *top)
{
    const struct chain_problem *p = f->p;
    f->out->if_lost = ARENA_ARRAY(f->arena, p->n, struct chain_loss);
    f->out->n_lost = p->n;
    for (size_t i = 0; i < p->n; i++) {
        const struct chain_node *node = &p->layer[i].v[top->node[i]];
        struct chain_loss *loss = &f->out->if_lost[i];
        *loss = (struct chain_loss){i, node->capability->site->org.name, NULL};
        for (size_t k = 0; k < i && !loss->chain; k++)
            if (p->layer[k].v[top->node[k]].org == node->org)
                loss->chain = f->out->if_lost[k].chain;
        struct chain_filter without = {false, node->org, UINT32_MAX};
        if (!loss->chain)
            loss->chain = first(f, &f->scale, &without);
    }
}

static void explain_none(struct finder *f)
{
    bool missing = false;
    for (size_t i = 0; i < f->p->n; i++) {
        f->out->missing[i] = !f->p->layer[i].n;
        missing |= f->out->missing[i];
    }
    f->out->too_late = !missing && f->out->complete;
}

static void find_all(struct finder *f)
{
    struct chain_scale blend;
    struct chain_found_list top;
    size_t k = f->request->k;
    find_scale(f, &blend);
    f->scale = blend;
    f->scale.objective = f->request->objective;
    bool whole = find(f, &f->scale, &any_chain, k ? k : 1, &top);
    f->out->complete &= whole;
    if (!whole && top.n && fabs(top.bound) < HUGE_VAL)
        f->out->gap = (struct opt_real){fmax(0, chain_round6(top.v[0].value - top.bound)), true};
    for (size_t i = 0; i < top.n && i < k; i++)
        unfold(f, &top.v[i], VEC_ADD(f->arena, &f->out->chains));
    for (int o = 0; o < CHAIN_OBJECTIVE_COUNT; o++) {
        struct chain_scale scale = blend;
        scale.objective = (enum chain_objective)o;
        f->out->best[o] = first(f, &scale, &any_chain);
    }
    find_single_firm(f);
    if (top.n)
        find_losses(f, &top.v[0]);
    else
        explain_none(f);
}

/* How many chains brute force would go through; stops counting beyond the maximum. */
static double all_chains(const struct chain_problem *p)
{
    double n = 1;
    for (size_t i = 0; i < p->n; i++)
        n *= (double)p->layer[i].n;
    return n;
}

enum status chain_find(struct arena *a, const struct chain_request *request, struct chain_answer *out)
{
    struct chain_problem p;
    int64_t limit_ms = request->limit_ms ? request->limit_ms : CHAIN_LIMIT_MS_DEFAULT;
    chain_problem_init(a, request, &p);
    *out = (struct chain_answer){.vocab = request->vocab,
                                 .need = request->need,
                                 .today = request->today,
                                 .objective = request->objective,
                                 .complete = true};
    if (request->brute && all_chains(&p) > CHAIN_BRUTE_MAX)
        return ST_TOO_LARGE;
    struct finder f = {a, request, &p, {time_steady_ns() + limit_ms * 1000000, false}, {.objective = CHAIN_BLEND}, out};
    find_all(&f);
    chain_check_order(a, request->vocab, request->need, &out->warnings);
    return ST_OK;
}
