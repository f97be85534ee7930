/* Prices, times, carbon and legs of doc/matching.md, "Chains", from what the firms stated or else estimated. */
#include "match/chain_parts.h"

#include <math.h>
#include <stdlib.h>

#include "match/verdict.h"

static double factor(const struct vocab *v, const char *code)
{
    struct opt_real f = vocab_factor(v, str_c(code));
    return f.has ? f.v : 0;
}

static struct chain_factors read_factors(const struct vocab *v)
{
    return (struct chain_factors){
        .road_factor = factor(v, "ROAD_FACTOR"),
        .unknown_km = factor(v, "LEG_UNKNOWN_KM"),
        .same_day_km = factor(v, "LEG_SAME_DAY_KM"),
        .one_day_km = factor(v, "LEG_ONE_DAY_KM"),
        .parcel_won = factor(v, "PARCEL"),
        .parcel_max_kg = factor(v, "PARCEL_MAX_KG"),
        .truck_base_won = factor(v, "TRUCK_BASE"),
        .truck_km_won = factor(v, "TRUCK_KM"),
        .truck_t_km_won = factor(v, "TRUCK_T_KM"),
        .handover_won = factor(v, "HANDOVER"),
        .grid = factor(v, "GRID"),
        .freight_under_1t = factor(v, "FREIGHT_UNDER_1T"),
        .freight_over_1t = factor(v, "FREIGHT_OVER_1T"),
    };
}

/* DEFAULT.<what>.<root of the process>. */
static struct opt_real standard(struct arena *a, const struct vocab *v, const char *what, uint32_t process)
{
    struct str root = v->processes.v[process].code, first;
    str_next(&root, '.', &first);
    return vocab_factor(v, arena_printf(a, "DEFAULT.%s." STR_FMT, what, STR_ARG(first)));
}

/* What a need and a firm may state multiplies to more than any sum can hold: a step or leg counts at most this. */
#define WON_MOST    1e15
#define KG_CO2_MOST 1e15

/* Money is never negative here: half up. */
static int64_t whole_won(double x)
{
    return (int64_t)floor(fmin(x, WON_MOST) + 0.5);
}

static double pieces(const struct need_step *step)
{
    return step->quantity.has ? (double)step->quantity.v : 1;
}

static bool stated_price(const struct need_step *step, const struct price *price, int64_t *won)
{
    bool any = price->setup_won.has || price->per_piece_won.has || price->per_kg_won.has;
    if (!any || (price->per_kg_won.has && !step->mass_kg.has))
        return false;
    double each = (price->per_piece_won.has ? price->per_piece_won.v : 0) +
                  (price->per_kg_won.has ? price->per_kg_won.v * step->mass_kg.v : 0);
    *won = whole_won((price->setup_won.has ? price->setup_won.v : 0) + pieces(step) * each);
    return true;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The lower middle of what is known. */
static struct opt_real lower_middle(double *known, size_t n)
{
    if (!n)
        return (struct opt_real){0, false};
    qsort(known, n, sizeof *known, by_number);
    return (struct opt_real){known[(n - 1) / 2], true};
}

/* What stands in for blanks of a step. */
struct stand_in {
    int64_t price_won;
    int64_t lead_days;
    double energy;
};

static int64_t standard_price(struct arena *a, const struct vocab *v, const struct need_step *step)
{
    struct opt_real per_kg = standard(a, v, "PRICE", step->process);
    if (per_kg.has && step->mass_kg.has)
        return whole_won(per_kg.v * pieces(step) * step->mass_kg.v);
    struct opt_real order = standard(a, v, "PRICE_ORDER", step->process);
    return order.has ? whole_won(order.v) : 0;
}

static struct stand_in stand_in_of(struct arena *a, const struct vocab *v, const struct need_step *step,
                                   const struct judgement_list *list)
{
    double *known[3];
    size_t n[3] = {0, 0, 0};
    for (int i = 0; i < 3; i++)
        known[i] = ARENA_ARRAY(a, list->n, double);
    for (size_t i = 0; i < list->n; i++) {
        const struct capability *c = list->v[i].capability;
        int64_t won;
        if (stated_price(step, &c->price, &won))
            known[0][n[0]++] = (double)won;
        if (c->lead_days.has)
            known[1][n[1]++] = (double)c->lead_days.v;
        if (c->energy_kwh_per_kg.has)
            known[2][n[2]++] = c->energy_kwh_per_kg.v;
    }
    struct opt_real price = lower_middle(known[0], n[0]);
    struct opt_real lead = lower_middle(known[1], n[1]);
    struct opt_real energy = lower_middle(known[2], n[2]);
    struct opt_real lead_default = standard(a, v, "LEAD", step->process);
    struct opt_real energy_default = standard(a, v, "ENERGY", step->process);
    return (struct stand_in){price.has ? (int64_t)price.v : standard_price(a, v, step),
                             (int64_t)(lead.has ? lead.v : lead_default.v), energy.has ? energy.v : energy_default.v};
}

static struct chain_place place_of(const struct vocab *v, const struct place_point *p)
{
    if (p->has_coordinates)
        return (struct chain_place){true, false, p->at};
    if (p->region == NODE_NONE)
        return (struct chain_place){false, true, {0, 0}};
    return (struct chain_place){true, true, v->centroid[p->region]};
}

/* The same number, or without numbers the same name, is one organisation. */
static struct str org_key(const struct organisation *o)
{
    return o->reg_no.n ? o->reg_no : o->name;
}

static uint32_t number_of(struct map *m, struct str key)
{
    int64_t at = (int64_t)m->n;
    if (!map_get(m, key, &at))
        map_add(m, key, at);
    return (uint32_t)at;
}

struct numbers {
    struct map orgs;
    struct map sites;
};

static struct chain_node node_of(const struct chain_problem *p, const struct need_step *step,
                                 const struct stand_in *blank, const struct judgement *j)
{
    const struct capability *c = j->capability;
    struct chain_node node = {.judgement = j, .capability = c, .ask = j->class == CLASS_ASK};
    if (!stated_price(step, &c->price, &node.price_won)) {
        node.price_won = blank->price_won;
        node.estimated |= CHAIN_PRICE_ESTIMATED;
    }
    node.lead_days = c->lead_days.has ? c->lead_days.v : blank->lead_days;
    node.estimated |= c->lead_days.has ? 0 : CHAIN_LEAD_ESTIMATED;
    double energy = c->energy_kwh_per_kg.has ? c->energy_kwh_per_kg.v : blank->energy;
    node.estimated |= c->energy_kwh_per_kg.has ? 0 : CHAIN_ENERGY_ESTIMATED;
    node.kg_co2 = step->mass_kg.has ? fmin(pieces(step) * step->mass_kg.v * energy * p->factors.grid, KG_CO2_MOST) : 0;
    node.loss = llround((100 - j->score) * 10000);
    node.place = place_of(p->request->vocab, &c->site->place);
    return node;
}

static int by_ref(const void *a, const void *b)
{
    const struct chain_node *const *x = a, *const *y = b;
    return str_cmp((*x)->capability->ref, (*y)->capability->ref);
}

static void rank_refs(struct arena *a, struct chain_layer *layer)
{
    struct chain_node **order = ARENA_ARRAY(a, layer->n, struct chain_node *);
    for (size_t i = 0; i < layer->n; i++)
        order[i] = &layer->v[i];
    if (layer->n)
        qsort(order, layer->n, sizeof *order, by_ref);
    for (size_t i = 0; i < layer->n; i++)
        order[i]->ref_rank = (uint32_t)i;
}

static void fill_layer(struct arena *a, struct chain_problem *p, size_t i, struct numbers *numbers)
{
    const struct need_step *step = &p->request->need->steps.v[i];
    const struct judgement_list *list = &p->request->candidates[i];
    struct chain_layer *layer = &p->layer[i];
    struct stand_in blank = stand_in_of(a, p->request->vocab, step, list);
    layer->n = list->n;
    layer->v = ARENA_ARRAY(a, list->n, struct chain_node);
    layer->mass_known = step->mass_kg.has;
    layer->load_kg = step->mass_kg.has ? pieces(step) * step->mass_kg.v : 0;
    for (size_t c = 0; c < list->n; c++) {
        layer->v[c] = node_of(p, step, &blank, &list->v[c]);
        const struct site *site = list->v[c].capability->site;
        layer->v[c].org = number_of(&numbers->orgs, org_key(&site->org));
        layer->v[c].site = number_of(&numbers->sites, site->ref);
    }
    rank_refs(a, layer);
}

static bool is_given(const struct place_point *p)
{
    return p->has_coordinates || p->region != NODE_NONE;
}

/* Past the due date a chain is out, unless no step insists on it. */
static bool due_is_must(const struct need *need)
{
    for (size_t i = 0; i < need->steps.n; i++) {
        const struct criterion_list *criteria = &need->steps.v[i].criteria;
        for (size_t c = 0; c < criteria->n; c++)
            if (criteria->v[c].kind == CRITERION_DUE && criteria->v[c].level == NEED_MUST)
                return true;
    }
    return false;
}

void chain_problem_init(struct arena *a, const struct chain_request *request, struct chain_problem *out)
{
    const struct need *need = request->need;
    struct numbers numbers;
    *out = (struct chain_problem){.request = request, .factors = read_factors(request->vocab), .n = need->steps.n};
    map_init(&numbers.orgs, a);
    map_init(&numbers.sites, a);
    out->has_carbon = true;
    for (size_t i = 0; i < out->n; i++) {
        fill_layer(a, out, i, &numbers);
        out->has_carbon &= out->layer[i].mass_known;
    }
    out->orgs = (uint32_t)numbers.orgs.n;
    out->has_origin = is_given(&need->origin);
    out->has_delivery = is_given(&need->deliver_to);
    out->origin = place_of(request->vocab, &need->origin);
    out->delivery = place_of(request->vocab, &need->deliver_to);
    out->has_limit = due_is_must(need);
    out->days_left = need->due.has ? need->due.v.n - request->today.n : 0;
}

static struct chain_leg travel(const struct chain_problem *p, const struct chain_place *from,
                               const struct chain_place *to, const struct chain_layer *left)
{
    const struct chain_factors *f = &p->factors;
    bool known = from->known && to->known;
    struct chain_leg leg = {.estimated = !known || from->estimated || to->estimated};
    leg.km = known ? coordinates_km(from->at, to->at) * f->road_factor : f->unknown_km;
    double load_t = left->load_kg / 1000;
    if (left->mass_known && left->load_kg <= f->parcel_max_kg)
        leg.won = whole_won(f->parcel_won);
    else
        leg.won = whole_won(f->truck_base_won +
                            leg.km * (f->truck_km_won + f->truck_t_km_won * (load_t > 1 ? load_t - 1 : 0)));
    leg.days = leg.km <= f->same_day_km ? 0 : leg.km <= f->one_day_km ? 1 : 2;
    leg.kg_co2 = fmin(load_t * leg.km * (load_t > 1 ? f->freight_over_1t : f->freight_under_1t), KG_CO2_MOST);
    return leg;
}

struct chain_leg chain_leg_origin(const struct chain_problem *p, const struct chain_node *to)
{
    return p->has_origin ? travel(p, &p->origin, &to->place, &p->layer[0]) : (struct chain_leg){0};
}

struct chain_leg chain_leg_between(const struct chain_problem *p, size_t step, const struct chain_node *from,
                                   const struct chain_node *to)
{
    if (from->site == to->site)
        return (struct chain_leg){0};
    struct chain_leg leg = travel(p, &from->place, &to->place, &p->layer[step]);
    leg.won += whole_won(p->factors.handover_won);
    return leg;
}

struct chain_leg chain_leg_delivery(const struct chain_problem *p, const struct chain_node *from)
{
    return p->has_delivery ? travel(p, &from->place, &p->delivery, &p->layer[p->n - 1]) : (struct chain_leg){0};
}

void chain_add_leg(struct chain_sums *s, const struct chain_leg *leg)
{
    s->won += leg->won;
    s->days += leg->days;
    s->kg_co2 += leg->kg_co2;
}

void chain_add_node(struct chain_sums *s, const struct chain_node *node)
{
    s->won += node->price_won;
    s->days += node->lead_days;
    s->kg_co2 += node->kg_co2;
    s->loss += node->loss;
}

double chain_value(const struct chain_problem *p, const struct chain_scale *scale, const struct chain_sums *s)
{
    switch (scale->objective) {
    case CHAIN_COST:
        return (double)s->won;
    case CHAIN_TIME:
        return (double)s->days;
    case CHAIN_CARBON:
        return p->has_carbon ? s->kg_co2 : 0;
    case CHAIN_SCORE:
        return (double)s->loss / 10000;
    case CHAIN_FIRMS:
        return (double)s->firms;
    default:
        return 0.45 * (double)s->won / scale->won + 0.25 * (double)s->days / scale->days +
               (p->has_carbon ? 0.10 * s->kg_co2 / scale->kg : 0) +
               0.20 * ((double)s->loss / 10000 / (double)p->n) / 100;
    }
}
