/* Prices, times, carbon and legs of doc/matching.md, "Chains", from what the firms stated or else estimated. */
#include "match/chain_parts.h"

#include <math.h>
#include <stdlib.h>

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

/* Money is never negative here: half up. */
static int64_t whole_won(double x)
{
    return (int64_t)floor(fmin(x, CHAIN_WON_MOST) + 0.5);
}

static double pieces(const struct need_step *step)
{
    return step->quantity.has ? (double)step->quantity.v : 1;
}

/* Blanks are as likely as not, so nothing here branches on them. */
static inline double price_of(const struct chain_columns *in, size_t row, double quantity, struct opt_real mass)
{
    double setup = in->setup_won[row], piece = in->per_piece_won[row], kg = in->per_kg_won[row];
    bool has_setup = setup == setup, has_piece = piece == piece, has_kg = kg == kg;
    double each = (has_piece ? piece : 0) + (has_kg ? kg : 0) * mass.v;
    double won = (has_setup ? setup : 0) + quantity * each;
    double whole = (double)(int64_t)((won < CHAIN_WON_MOST ? won : CHAIN_WON_MOST) + 0.5);
    bool stated = (has_setup | has_piece | has_kg) & (!has_kg | mass.has);
    return stated ? whole : (double)NAN;
}

double chain_stated_price(const struct chain_layer *layer, size_t row)
{
    return price_of(layer->in, row, pieces(layer->step), layer->step->mass_kg);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Leaves of `v` what lies between two numbers of a sample of it around the k-th smallest, if that is there too. Gives
   how many went that were smaller. */
static size_t keep_middle(double *v, size_t *n, size_t k)
{
    enum { SAMPLE = 32, AROUND = 4 };
    double sample[SAMPLE];
    size_t less = 0, kept = 0;
    for (size_t i = 0; i < SAMPLE; i++)
        sample[i] = v[i * (*n / SAMPLE)];
    qsort(sample, SAMPLE, sizeof *sample, by_number);
    size_t at = k * SAMPLE / *n;
    double low = at > AROUND ? sample[at - AROUND] : 0, high = at + AROUND < SAMPLE ? sample[at + AROUND] : HUGE_VAL;
    for (size_t i = 0; i < *n; i++) {
        less += v[i] < low;
        kept += (v[i] >= low) & (v[i] <= high);
    }
    if (k < less || k >= less + kept || kept == *n)
        return 0;
    kept = 0;
    for (size_t i = 0; i < *n; i++) {
        v[kept] = v[i];
        kept += (v[i] >= low) & (v[i] <= high);
    }
    *n = kept;
    return less;
}

/* The lower middle of what is known; no number is below 0. O(n) expected. */
static struct opt_real lower_middle(double *known, size_t n)
{
    enum { FEW = 128 };
    size_t k = n ? (n - 1) / 2 : 0, before = 1;
    if (!n)
        return (struct opt_real){0, false};
    while (n > FEW && before) {
        size_t had = n;
        k -= keep_middle(known, &n, k);
        before = had - n;
    }
    qsort(known, n, sizeof *known, by_number);
    return (struct opt_real){known[k], true};
}

static int64_t standard_price(struct arena *a, const struct vocab *v, const struct need_step *step)
{
    struct opt_real per_kg = standard(a, v, "PRICE", step->process);
    if (per_kg.has && step->mass_kg.has)
        return whole_won(per_kg.v * pieces(step) * step->mass_kg.v);
    struct opt_real order = standard(a, v, "PRICE_ORDER", step->process);
    return order.has ? whole_won(order.v) : 0;
}

/* What stands in for blanks; the prices that are stated go into layer->won. `known` has room for a number a row. */
static void find_blank(struct arena *a, const struct vocab *v, struct chain_layer *layer, double *known)
{
    const struct chain_columns *in = layer->in;
    uint32_t process = layer->step->process;
    size_t prices = 0, leads = 0, energies = 0;
    const double quantity = pieces(layer->step);
    const struct opt_real mass = layer->step->mass_kg;
    for (size_t i = 0; i < in->n; i++) {
        layer->won[i] = known[prices] = price_of(in, i, quantity, mass);
        prices += known[prices] == known[prices];
    }
    struct opt_real price = lower_middle(known, prices);
    for (size_t i = 0; i < in->n; i++) {
        known[leads] = (double)in->lead_days[i];
        leads += in->lead_days[i] >= 0;
    }
    struct opt_real lead = lower_middle(known, leads), lead_default = standard(a, v, "LEAD", process);
    for (size_t i = 0; i < in->n; i++) {
        known[energies] = in->energy_kwh_per_kg[i];
        energies += known[energies] == known[energies];
    }
    struct opt_real energy = lower_middle(known, energies), energy_default = standard(a, v, "ENERGY", process);
    layer->blank =
        (struct chain_blank){price.has ? (int64_t)price.v : standard_price(a, v, layer->step),
                             (int64_t)(lead.has ? lead.v : lead_default.v), energy.has ? energy.v : energy_default.v};
}

struct chain_place chain_place_of(const struct vocab *v, const struct place_point *p)
{
    const double degree = M_PI / 180;
    struct chain_place place = {.known = true, .estimated = !p->has_coordinates, .at = p->at};
    if (!p->has_coordinates && p->region == NODE_NONE)
        return (struct chain_place){false, true, {0, 0}, 1};
    if (!p->has_coordinates)
        place.at = v->centroid[p->region];
    place.cos_lat = cos(place.at.lat * degree);
    return place;
}

struct chain_node chain_node_at(const struct chain_problem *p, size_t step, size_t row)
{
    const struct chain_layer *layer = &p->layer[step];
    const struct chain_columns *in = layer->in;
    double energy = isnan(in->energy_kwh_per_kg[row]) ? layer->blank.energy : in->energy_kwh_per_kg[row];
    double price = chain_stated_price(layer, row);
    bool placed = !isnan(in->lat[row]);
    struct place_point at = {in->region[row], placed, {placed ? in->lat[row] : 0, placed ? in->lon[row] : 0}};
    return (struct chain_node){
        .row = (uint32_t)row,
        .org = in->org[row],
        .site = in->site[row],
        .ask = in->ask[row],
        .price_won = isnan(price) ? layer->blank.price_won : (int64_t)price,
        .lead_days = in->lead_days[row] < 0 ? layer->blank.lead_days : in->lead_days[row],
        .kg_co2 = layer->mass_known ? fmin(layer->load_kg * energy * p->factors.grid, CHAIN_KG_CO2_MOST) : 0,
        .loss = llround((100 - in->score[row]) * 10000),
        .place = chain_place_of(p->request->vocab, &at),
    };
}

unsigned chain_estimates(const struct chain_problem *p, size_t step, size_t row)
{
    const struct chain_columns *in = p->layer[step].in;
    unsigned bits = isnan(chain_stated_price(&p->layer[step], row)) ? (unsigned)CHAIN_PRICE_ESTIMATED : 0;
    bits |= in->lead_days[row] < 0 ? (unsigned)CHAIN_LEAD_ESTIMATED : 0;
    return bits | (isnan(in->energy_kwh_per_kg[row]) ? (unsigned)CHAIN_ENERGY_ESTIMATED : 0);
}

const struct judgement *chain_row(const struct chain_problem *p, size_t step, size_t row)
{
    return p->input->row(p->input->arg, step, row);
}

static void fill_values(const struct chain_problem *p, struct chain_layer *layer)
{
    const float days_most = 1 << 24;
    const struct chain_columns *in = layer->in;
    for (size_t i = 0; i < layer->n; i++) {
        int64_t days = in->lead_days[i] < 0 ? layer->blank.lead_days : in->lead_days[i];
        bool priced = layer->won[i] == layer->won[i];
        layer->won[i] = priced ? layer->won[i] : (double)layer->blank.price_won;
        layer->days[i] = (float)days < days_most ? (float)days : days_most;
        layer->loss[i] = (float)(int32_t)((100 - in->score[i]) * 10000 + 0.5);
        layer->meets += !in->ask[i];
    }
    for (size_t i = 0; i < layer->n && layer->kg; i++) {
        double energy = in->energy_kwh_per_kg[i];
        bool known = energy == energy;
        double kg = layer->load_kg * (known ? energy : layer->blank.energy) * p->factors.grid;
        layer->kg[i] = kg < CHAIN_KG_CO2_MOST ? kg : CHAIN_KG_CO2_MOST;
    }
}

static void fill_layer(struct arena *a, struct chain_problem *p, size_t i, double *known)
{
    struct chain_layer *layer = &p->layer[i];
    layer->step = &p->request->need->steps.v[i];
    layer->in = &p->input->step[i];
    layer->n = layer->in->n;
    layer->mass_known = layer->step->mass_kg.has;
    layer->load_kg = layer->mass_known ? pieces(layer->step) * layer->step->mass_kg.v : 0;
    layer->won = ARENA_ARRAY(a, layer->n, double);
    layer->kg = layer->mass_known ? ARENA_ARRAY(a, layer->n, double) : NULL;
    layer->days = ARENA_ARRAY(a, layer->n, float);
    layer->loss = ARENA_ARRAY(a, layer->n, float);
    find_blank(a, p->request->vocab, layer, known);
    fill_values(p, layer);
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
    size_t most = 0;
    *out = (struct chain_problem){
        .request = request, .input = request->input, .factors = read_factors(request->vocab), .n = need->steps.n};
    for (size_t i = 0; i < out->n; i++)
        most = request->input->step[i].n > most ? request->input->step[i].n : most;
    double *known = ARENA_ARRAY(a, most + 1, double);
    out->has_carbon = true;
    for (size_t i = 0; i < out->n; i++) {
        fill_layer(a, out, i, known);
        out->has_carbon &= out->layer[i].mass_known;
    }
    out->has_origin = is_given(&need->origin);
    out->has_delivery = is_given(&need->deliver_to);
    out->origin = chain_place_of(request->vocab, &need->origin);
    out->delivery = chain_place_of(request->vocab, &need->deliver_to);
    out->has_limit = due_is_must(need);
    out->days_left = need->due.has ? need->due.v.n - request->today.n : 0;
}

/* coordinates_km with the cosines at hand: the same operations, so the same bits. */
static double great_circle_km(const struct chain_place *a, const struct chain_place *b)
{
    const double radius_km = 6371.0088, degree = M_PI / 180;
    double dlat = sin((b->at.lat - a->at.lat) * degree / 2), dlon = sin((b->at.lon - a->at.lon) * degree / 2);
    double h = dlat * dlat + a->cos_lat * b->cos_lat * dlon * dlon;
    return 2 * radius_km * asin(sqrt(h < 1 ? h : 1));
}

struct chain_leg chain_leg_of_km(const struct chain_problem *p, const struct chain_layer *left, double km)
{
    const struct chain_factors *f = &p->factors;
    struct chain_leg leg = {.km = km};
    double load_t = left->load_kg / 1000;
    if (left->mass_known && left->load_kg <= f->parcel_max_kg)
        leg.won = whole_won(f->parcel_won);
    else
        leg.won = whole_won(f->truck_base_won +
                            leg.km * (f->truck_km_won + f->truck_t_km_won * (load_t > 1 ? load_t - 1 : 0)));
    leg.days = leg.km <= f->same_day_km ? 0 : leg.km <= f->one_day_km ? 1 : 2;
    leg.kg_co2 = fmin(load_t * leg.km * (load_t > 1 ? f->freight_over_1t : f->freight_under_1t), CHAIN_KG_CO2_MOST);
    return leg;
}

static struct chain_leg travel(const struct chain_problem *p, const struct chain_place *from,
                               const struct chain_place *to, const struct chain_layer *left)
{
    bool known = from->known && to->known;
    double km = known ? great_circle_km(from, to) * p->factors.road_factor : p->factors.unknown_km;
    struct chain_leg leg = chain_leg_of_km(p, left, km);
    leg.estimated = !known || from->estimated || to->estimated;
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

/* sin x, x >= 0, or less. */
static double sine_low(double x)
{
    const double small = 0.3;
    return x < small ? x - x * x * x / 6 : sin(x) * (1 - 1e-12);
}

struct chain_leg chain_leg_least(const struct chain_problem *p, size_t step, const struct chain_node *from,
                                 const struct chain_node *to)
{
    const double radius_km = 6371.0088, degree = M_PI / 180, safe = 1 - 1e-9;
    const struct chain_place *a = &from->place, *b = &to->place;
    double km = p->factors.unknown_km;
    if (a->known && b->known) {
        double x = sine_low(fabs(a->at.lat - b->at.lat) * degree / 2), dlon = fabs(a->at.lon - b->at.lon);
        double y = sine_low((dlon > 180 ? 360 - dlon : dlon) * degree / 2);
        double h = x * x + a->cos_lat * b->cos_lat * y * y, root = sqrt(h < 1 ? h : 1);
        km = 2 * radius_km * (root + root * root * root / 6) * safe * p->factors.road_factor;
    }
    struct chain_leg leg = chain_leg_of_km(p, &p->layer[step], km);
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
