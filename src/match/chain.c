/* The answer about chains: the k best by the objective, the first by each, with one organisation, and without each. */
#include "match/chain.h"

#include <math.h>

#include "match/chain_solve.h"

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

struct finder {
    struct arena *arena;
    const struct chain_request *request;
    const struct chain_problem *p;
    int64_t end_ns;
    struct chain_clock clock;    /* of the question in hand */
    struct chain_solver *solver; /* NULL: by going through all */
    struct chain_scale scale;    /* of the request's objective */
    struct chain_answer *out;
};

static const struct chain_filter any_chain = {false, UINT32_MAX, UINT32_MAX};

/* One question takes at most a third of the time that is left, so that all have their turn. */
static void wind_up(struct finder *f)
{
    enum { SHARE = 3 };
    int64_t now = time_steady_ns(), left = f->end_ns - now;
    f->clock = (struct chain_clock){.until_ns = now + left / SHARE, .over = left <= 0};
}

/* The k best; false when the clock ended it. */
static bool find(struct finder *f, const struct chain_scale *scale, const struct chain_filter *filter, size_t k,
                 struct chain_found_list *out)
{
    struct chain_task task = {f->p, scale, filter, &f->clock};
    chain_found_init(f->arena, out, k);
    wind_up(f);
    if (f->solver)
        return chain_solve(f->solver, scale, filter, out);
    chain_enumerate(f->arena, &task, out);
    return true;
}

/* A found chain with everything that is shown of it. */
static struct chain *unfold(struct finder *f, const struct chain_found *found, struct chain *c)
{
    const struct chain_problem *p = f->p;
    struct chain_node before = {0};
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
        struct chain_node node = chain_node_at(p, i, found->row[i]);
        const struct judgement *judged = chain_row(p, i, node.row);
        struct chain_leg leg = i ? chain_leg_between(p, i - 1, &before, &node) : chain_leg_origin(p, &node);
        c->steps[i] = (struct chain_step){.capability = judged->capability,
                                          .class = judged->class,
                                          .score = judged->score,
                                          .price_won = node.price_won,
                                          .lead_days = node.lead_days,
                                          .kg_co2 = node.kg_co2,
                                          .km_from_previous = {leg.km, i || p->has_origin},
                                          .leg_won = leg.won,
                                          .leg_days = leg.days,
                                          .estimated = chain_estimates(p, i, node.row) |
                                                       (leg.estimated ? CHAIN_KM_ESTIMATED : 0)};
        c->km += leg.km;
        c->estimated |= c->steps[i].estimated != 0;
        before = node;
    }
    struct chain_leg last = chain_leg_delivery(p, &before);
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
    blend->days = best_value(f, CHAIN_TIME); /* first: it tells whether any chain is in time */
    blend->won = best_value(f, CHAIN_COST);
    if (f->p->has_carbon)
        blend->kg = best_value(f, CHAIN_CARBON);
}

/* Organisations that have a candidate for every step, each gone through alone. */
static void enumerate_single_firm(struct finder *f, struct chain_found_list *best)
{
    const struct chain_problem *p = f->p;
    uint32_t *steps = ARENA_ARRAY(f->arena, p->input->orgs, uint32_t);
    for (size_t i = 0; i < p->n; i++)
        for (size_t row = 0; row < p->layer[i].n; row++)
            steps[p->layer[i].in->org[row]] |= 1U << i;
    for (uint32_t org = 0; org < p->input->orgs; org++) {
        struct chain_filter only = {false, UINT32_MAX, org};
        struct chain_found_list list;
        if (steps[org] != (1U << p->n) - 1)
            continue;
        find(f, &f->scale, &only, 1, &list);
        if (list.n)
            chain_found_add(p, best, &list.v[0], false);
    }
}

static void find_single_firm(struct finder *f)
{
    struct chain_found_list best;
    chain_found_init(f->arena, &best, 1);
    wind_up(f);
    if (f->solver)
        f->out->complete &= chain_solve_single(f->solver, &f->scale, &best);
    else
        enumerate_single_firm(f, &best);
    if (best.n)
        f->out->single_firm = unfold(f, &best.v[0], ARENA_NEW(f->arena, struct chain));
}

static bool has_org(const struct chain_problem *p, const struct chain_found *found, uint32_t org)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->layer[i].in->org[found->row[i]] == org)
            return true;
    return false;
}

/* The first chain without an organisation: among the best ones, or else by a question of its own. `whole`: the list
   is in order without a gap. */
static const struct chain *find_without(struct finder *f, const struct chain_found_list *top, bool whole, uint32_t org)
{
    struct chain_filter without = {false, org, UINT32_MAX};
    for (size_t i = 1; i < top->n && whole; i++)
        if (!has_org(f->p, &top->v[i], org))
            return unfold(f, &top->v[i], ARENA_NEW(f->arena, struct chain));
    return whole && top->n < top->k ? NULL : first(f, &f->scale, &without);
}

static void find_losses(struct finder *f, const struct chain_found_list *top, bool whole)
{
    const struct chain_problem *p = f->p;
    f->out->if_lost = ARENA_ARRAY(f->arena, p->n, struct chain_loss);
    f->out->n_lost = p->n;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t org = p->layer[i].in->org[top->v[0].row[i]], k = 0;
        struct chain_loss *loss = &f->out->if_lost[i];
        *loss = (struct chain_loss){i, chain_row(p, i, top->v[0].row[i])->capability->site->org.name, NULL};
        while (p->layer[k].in->org[top->v[0].row[k]] != org)
            k++;
        loss->chain = k < i ? f->out->if_lost[k].chain : find_without(f, top, whole && f->solver, org);
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

/* No chain is better than the first by more than this. */
static void prove_gap(struct finder *f, const struct chain_found_list *top, bool whole)
{
    if (f->out->complete || !top->n)
        return;
    if (whole)
        f->out->gap = (struct opt_real){0, true};
    else if (fabs(top->bound) < HUGE_VAL)
        f->out->gap = (struct opt_real){fmax(0, chain_round6(top->v[0].value - top->bound)), true};
}

/* The first by an objective. `top`: the best by the request's; NULL when the clock ended that. */
static const struct chain *best_of(struct finder *f, const struct chain_scale *blend, enum chain_objective o,
                                   const struct chain_found_list *top)
{
    struct chain_scale scale = *blend;
    scale.objective = o;
    if (f->solver && top && o == f->scale.objective)
        return top->n ? unfold(f, &top->v[0], ARENA_NEW(f->arena, struct chain)) : NULL;
    return first(f, &scale, &any_chain);
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
    for (size_t i = 0; i < top.n && i < k; i++)
        unfold(f, &top.v[i], VEC_ADD(f->arena, &f->out->chains));
    if (top.n)
        find_losses(f, &top, whole);
    else
        explain_none(f);
    find_single_firm(f);
    for (int o = 0; o < CHAIN_OBJECTIVE_COUNT; o++)
        f->out->best[o] = best_of(f, &blend, (enum chain_objective)o, whole ? &top : NULL);
    prove_gap(f, &top, whole);
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
    struct chain_solver solver;
    struct chain_request asked = *request;
    int64_t limit_ms = request->limit_ms ? request->limit_ms : CHAIN_LIMIT_MS_DEFAULT, began = time_steady_ns();
    *out = (struct chain_answer){.vocab = request->vocab,
                                 .need = request->need,
                                 .today = request->today,
                                 .objective = request->objective,
                                 .complete = true};
    /* half of the time for reading, so that the search has the other half */
    if (!asked.input)
        chain_read(a, &asked, asked.brute ? 0 : began + limit_ms * 500000);
    chain_problem_init(a, &asked, &p);
    if (request->brute && all_chains(&p) > CHAIN_BRUTE_MAX)
        return ST_TOO_LARGE;
    struct finder f = {.arena = a,
                       .request = &asked,
                       .p = &p,
                       .end_ns = began + limit_ms * 1000000,
                       .scale = {.objective = CHAIN_BLEND},
                       .out = out};
    if (!asked.brute) {
        chain_solver_init(a, &p, &f.clock, &solver);
        f.solver = &solver;
    }
    find_all(&f);
    out->complete &= !asked.input->cut;
    if (asked.input->cut)
        out->gap.has = false;
    if (f.solver)
        chain_solver_release(f.solver);
    chain_check_order(a, request->vocab, request->need, &out->warnings);
    return ST_OK;
}
