/* Draws sites of the country for every step: which, where, at what price. What belongs to the site is made of its
   number, so that it is the same in every step. */
#include "test/bench/chain_draw.h"

#include "feature/demo/draw.h"

#include <math.h>
#include <stdlib.h>

enum { SITES_A_CANDIDATE = 3, SITES_AN_ORG = 6 };

static void make_columns(struct arena *a, struct chain_columns *c, size_t n)
{
    *c = (struct chain_columns){
        .n = n,
        .setup_won = ARENA_ARRAY(a, n, double),
        .per_piece_won = ARENA_ARRAY(a, n, double),
        .per_kg_won = ARENA_ARRAY(a, n, double),
        .energy_kwh_per_kg = ARENA_ARRAY(a, n, double),
        .lead_days = ARENA_ARRAY(a, n, int64_t),
        .lat = ARENA_ARRAY(a, n, double),
        .lon = ARENA_ARRAY(a, n, double),
        .region = ARENA_ARRAY(a, n, uint32_t),
        .score = ARENA_ARRAY(a, n, double),
        .ask = ARENA_ARRAY(a, n, bool),
        .org = ARENA_ARRAY(a, n, uint32_t),
        .site = ARENA_ARRAY(a, n, uint32_t),
    };
}

static double maybe(struct random *r, double probability, double value)
{
    return draw_chance(r, probability) ? value : (double)NAN;
}

/* The place and the firm of a site: one firm in six has a second one. */
static void draw_site(struct chain_draw *d, uint32_t site, struct chain_columns *c, size_t i)
{
    struct random r;
    random_seed(&r, site);
    const struct area *area = &d->areas.v[weights_draw(&d->areas.weights, &r)];
    struct coordinates at = draw_point(&r, &area->place);
    bool placed = !draw_chance(&r, 0.07);
    c->site[i] = site;
    c->org[i] = site % SITES_AN_ORG == 1 ? site - 1 : site;
    c->lat[i] = placed ? at.lat : (double)NAN;
    c->lon[i] = placed ? at.lon : (double)NAN;
    c->region[i] = draw_chance(&r, 0.04) ? NODE_NONE : area->region;
}

static void draw_terms(struct chain_draw *d, struct chain_columns *c, size_t i)
{
    struct random *r = &d->random;
    double level = exp((random_unit(r) + random_unit(r) + random_unit(r) - 1.5) * 0.8);
    bool priced = draw_chance(r, 0.5);
    c->setup_won[i] = priced ? maybe(r, 0.7, round(60 * level) * 1000) : (double)NAN;
    c->per_piece_won[i] = priced ? maybe(r, 0.5, round(12 * level) * 100) : (double)NAN;
    c->per_kg_won[i] = priced ? maybe(r, 0.4, round(30 * level) * 100) : (double)NAN;
    c->lead_days[i] = draw_chance(r, 0.7) ? draw_whole(r, 3, 28) : -1;
    c->energy_kwh_per_kg[i] = maybe(r, 0.3, round(random_unit(r) * 200 + 20) / 100);
    c->ask[i] = i >= c->n / 5;
    double lost = (double)random_below(r, 30) * 0.6 + (draw_chance(r, 0.5) ? round(random_unit(r) * 7e4) / 1e4 : 0);
    c->score[i] = round4(98 - lost);
}

/* About n of the sites, from the lowest number up, each at most once. */
static void draw_step(struct chain_draw *d, size_t step, size_t n)
{
    struct chain_columns *c = &d->input.step[step];
    size_t stride = d->sites / n;
    make_columns(d->arena, c, n);
    d->shown[step] = ARENA_ARRAY(d->arena, n, struct judgement *);
    for (size_t i = 0; i < n; i++) {
        draw_site(d, (uint32_t)(i * stride + random_below(&d->random, stride)), c, i);
        draw_terms(d, c, i);
    }
}

static const struct judgement *show(const void *arg, size_t step, size_t row)
{
    struct chain_draw *d = *(struct chain_draw *const *)arg;
    struct judgement **j = &d->shown[step][row];
    if (*j)
        return *j;
    struct site *site = ARENA_NEW(d->arena, struct site);
    struct capability *c = ARENA_NEW(d->arena, struct capability);
    const struct chain_columns *in = &d->input.step[step];
    site->ref = arena_printf(d->arena, "S-%u", in->site[row]);
    site->org.name = arena_printf(d->arena, "O-%u", in->org[row]);
    c->ref = arena_printf(d->arena, "C-%u-%zu", in->site[row], step);
    c->site = site;
    *j = ARENA_NEW(d->arena, struct judgement);
    **j = (struct judgement){c, in->ask[row] ? CLASS_ASK : CLASS_MEETS, in->score[row], 0, 0, 0};
    return *j;
}

void chain_draw(struct arena *a, const struct chain_plan *plan, struct chain_draw *out)
{
    struct chain_draw **self = ARENA_NEW(a, struct chain_draw *);
    *self = out;
    *out = (struct chain_draw){.arena = a, .sites = plan->most * SITES_A_CANDIDATE};
    areas_build(a, plan->vocab, &out->areas);
    random_seed(&out->random, plan->seed);
    for (size_t i = 0; i < plan->steps; i++)
        draw_step(out, i, (size_t)((double)plan->most * pow(200, -random_unit(&out->random))));
    out->input.orgs = out->input.sites = (uint32_t)out->sites + 1;
    out->input.row = show;
    out->input.arg = self;
}
