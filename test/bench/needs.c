/* Draws needs around capabilities of a sample of firms and keeps those of a wanted selectivity, found by scanning. */
#include "test/bench/needs.h"

#include "feature/demo/draw.h"
#include "match/need_read.h"
#include "match/scan.h"

#include <math.h>

enum { SAMPLE_FIRMS = 4000, NEED_MAX_BYTES = 1 << 16, DECADES = 3, TRIES_A_NEED = 200, DUE_LEAST = 5, DUE_MOST = 90 };

struct sketch {
    struct arena *arena;
    const struct vocab *vocab;
    struct random random;
    struct {
        const struct capability **v;
        size_t n, cap;
    } rows;
    struct supply sample;
    struct json_out json;
};

static enum status sample_build(struct sketch *s, struct arena *a, uint64_t seed, struct str *why)
{
    struct firms_plan plan = {SAMPLE_FIRMS, seed};
    TRY(firms_supply(a, s->vocab, &plan, &s->sample, why));
    for (size_t i = 0; i < s->sample.n; i++)
        for (size_t k = 0; k < s->sample.v[i]->capabilities.n; k++)
            VEC_PUSH(a, &s->rows, &s->sample.v[i]->capabilities.v[k]);
    return ST_OK;
}

static const struct capability *pick(struct sketch *s)
{
    return s->rows.v[random_below(&s->random, s->rows.n)];
}

/* Some figure of low..high times v. */
static double about(struct sketch *s, double v, double low, double high)
{
    return round_plain(v * (low + (high - low) * random_unit(&s->random)));
}

static void put_node(struct sketch *s, const char *key, const struct tree *tree, uint32_t node)
{
    jout_key_str(&s->json, key, tree->v[node].code);
}

/* The capability's own process, or one above it. */
static void put_process(struct sketch *s, const struct capability *c, double wide)
{
    const struct tree *t = &s->vocab->processes;
    uint32_t node = c->process;
    while (t->v[node].parent != NODE_NONE && draw_chance(&s->random, wide))
        node = t->v[node].parent;
    put_node(s, "process", t, node);
}

static void put_material(struct sketch *s, const struct capability *c)
{
    if (!c->materials.n)
        return;
    uint32_t node = c->materials.v[random_below(&s->random, c->materials.n)];
    jout_key_arr(&s->json, "materials");
    jout_str(&s->json, s->vocab->materials.v[node].code);
    jout_end(&s->json);
}

static void put_part(struct sketch *s, const struct capability *c)
{
    const struct size_mm *limit = &c->size_mm;
    if (!limit->n)
        return;
    bool round_part = draw_chance(&s->random, 0.35);
    double use = 0.1 + 0.9 * random_unit(&s->random);
    uint32_t n = round_part ? 2 : 3;
    jout_key_arr(&s->json, "part_mm");
    for (uint32_t i = 0; i < n; i++)
        jout_real(&s->json, fmax(1, about(s, limit->v[i % limit->n], 0.6 * use, use)));
    jout_end(&s->json);
}

static void put_tolerance(struct sketch *s, const struct capability *c)
{
    if (c->tolerance.kind == TOLERANCE_NONE)
        return;
    bool grade = c->tolerance.kind == TOLERANCE_IT;
    jout_key_obj(&s->json, "tolerance");
    if (grade)
        jout_key_int(&s->json, "it", (int64_t)fmin(18, c->tolerance.value + (double)random_below(&s->random, 4)));
    else
        jout_key_real(&s->json, "mm", round_tolerance(about(s, c->tolerance.value, 1, 3)));
    jout_key_real(&s->json, "at_mm", (double)draw_whole(&s->random, 5, 500));
    jout_end(&s->json);
}

static void put_amounts(struct sketch *s, const struct capability *c, double given)
{
    if (c->mass_kg.max.has && draw_chance(&s->random, given))
        jout_key_real(&s->json, "mass_kg", fmax(0.01, about(s, c->mass_kg.max.v, 0.05, 1)));
    if (draw_chance(&s->random, given))
        put_tolerance(s, c);
    if (c->ra_um.has && draw_chance(&s->random, given))
        jout_key_real(&s->json, "ra_um", round_ra(about(s, c->ra_um.v, 1, 3)));
    if (draw_chance(&s->random, given))
        jout_key_int(&s->json, "quantity",
                     c->batch.max.has ? draw_whole(&s->random, 1, c->batch.max.v) : draw_whole(&s->random, 1, 500));
}

/* What its kind of firm usually holds, so asked by somebody; two in three of them must be held. */
static void put_certificates(struct sketch *s, const struct capability *c)
{
    const struct held_certificates *held = &c->site->certificates;
    if (!held->n)
        return;
    uint32_t code = held->v[random_below(&s->random, held->n)].certificate;
    bool must = draw_chance(&s->random, 0.67);
    jout_key_arr(&s->json, "certificates");
    jout_obj(&s->json);
    put_node(s, "code", &s->vocab->certificates, code);
    jout_key_str(&s->json, "need", must ? STR("must") : STR("prefer"));
    jout_end(&s->json);
    jout_end(&s->json);
}

/* Asks for the region (now and then the whole province) or a distance. */
static void put_place(struct sketch *s, uint32_t region)
{
    bool near = draw_chance(&s->random, 0.6), province = draw_chance(&s->random, 0.7);
    uint32_t parent = s->vocab->regions.v[region].parent;
    jout_key_obj(&s->json, "place");
    if (near) {
        jout_key_int(&s->json, "max_km", 10 * draw_whole(&s->random, 3, 25));
    } else {
        jout_key_arr(&s->json, "regions");
        jout_str(&s->json, s->vocab->regions.v[province && parent != NODE_NONE ? parent : region].code);
        jout_end(&s->json);
    }
    jout_end(&s->json);
}

static uint32_t put_delivery(struct sketch *s, const char *key)
{
    const struct capability *other = pick(s);
    while (other->site->place.region == NODE_NONE || !other->site->place.has_coordinates)
        other = pick(s);
    jout_key_obj(&s->json, key);
    put_node(s, "region", &s->vocab->regions, other->site->place.region);
    if (draw_chance(&s->random, 0.6))
        put_point(&s->json, other->site->place.at);
    jout_end(&s->json);
    return other->site->place.region;
}

static void put_due(struct sketch *s, int64_t least, int64_t most)
{
    struct day today = day_from_civil(FIRMS_TODAY);
    struct day due = {today.n + (int32_t)draw_whole(&s->random, least, most)};
    jout_key_str(&s->json, "due", day_iso(s->arena, due));
}

static struct str draw_single(struct sketch *s, size_t number)
{
    AUTO_BUF b;
    buf_init(&b, NEED_MAX_BYTES);
    jout_init(&s->json, &b);
    const struct capability *c = pick(s);
    uint32_t region = NODE_NONE;
    jout_obj(&s->json);
    jout_key_str(&s->json, "ref", arena_printf(s->arena, "BN-%zu", number));
    if (draw_chance(&s->random, 0.85))
        put_due(s, DUE_LEAST, DUE_MOST);
    if (draw_chance(&s->random, 0.85))
        region = put_delivery(s, "deliver_to");
    jout_key_arr(&s->json, "steps");
    jout_obj(&s->json);
    put_process(s, c, 0.4);
    if (draw_chance(&s->random, 0.75))
        put_material(s, c);
    if (draw_chance(&s->random, 0.75))
        put_part(s, c);
    put_amounts(s, c, 0.75);
    if (draw_chance(&s->random, 0.5))
        put_certificates(s, c);
    if (region != NODE_NONE && draw_chance(&s->random, 0.4))
        put_place(s, region);
    jout_end(&s->json);
    jout_end(&s->json);
    jout_end(&s->json);
    return arena_str(s->arena, buf_str(&b));
}

static MUST_USE enum status share_of(struct sketch *s, struct str text, double *share, struct str *why)
{
    AUTO_ARENA a;
    struct need need;
    struct problem_list problems;
    struct match_answer answer;
    arena_init(&a, SIZE_MAX / 2);
    problem_list_init(&problems, &a);
    if (need_read_text(&a, s->vocab, text, &need, &problems) != ST_OK) {
        *why = arena_str(s->arena, text);
        return ST_INVALID;
    }
    match_scan(&a, s->vocab, &need, &s->sample, day_from_civil(FIRMS_TODAY), 1, &answer);
    *share = (double)(answer.v[0].count[CLASS_MEETS] + answer.v[0].count[CLASS_ASK]) / (double)s->rows.n;
    return ST_OK;
}

static int decade_of(double share)
{
    if (share < NEEDS_SELECTIVITY_LEAST || share > NEEDS_SELECTIVITY_MOST)
        return -1;
    int decade = (int)floor(log10(share / NEEDS_SELECTIVITY_LEAST));
    return decade < DECADES ? decade : DECADES - 1;
}

enum status needs_single(struct arena *a, const struct vocab *v, const struct needs_plan *plan, struct str_list *out,
                         struct str *why)
{
    struct sketch s = {.arena = a, .vocab = v};
    size_t taken[DECADES] = {0}, each = (plan->count + DECADES - 1) / DECADES;
    random_seed(&s.random, plan->seed);
    TRY(sample_build(&s, a, plan->seed, why));
    for (size_t tries = 0; out->n < plan->count && tries < plan->count * TRIES_A_NEED; tries++) {
        double share;
        struct str text = draw_single(&s, out->n + 1);
        TRY(share_of(&s, text, &share, why));
        int decade = decade_of(share);
        if (decade < 0 || taken[decade] >= each)
            continue;
        taken[decade]++;
        VEC_PUSH(a, out, text);
    }
    *why = STR("no needs of the wanted selectivity");
    return out->n == plan->count ? ST_OK : ST_INVALID;
}

/* In the order in which parts are made; the place in the list is the rank. */
static size_t stage_of(const struct vocab *v, uint32_t process)
{
    static const char *const stages[] = {"ENGINEERING", "MOLD",      "CASTING",   "FORMING", "INJECTION_PRESS",
                                         "ADDITIVE",    "WELDING",   "MACHINING", "HEAT",    "SURFACE",
                                         "ASSEMBLY",    "INSPECTION"};
    size_t n = sizeof stages / sizeof stages[0];
    for (size_t i = 0; i < n; i++)
        if (str_starts(v->processes.v[process].code, str_c(stages[i])))
            return i;
    return n;
}

static void put_chain_step(struct sketch *s, const struct capability *c, int64_t quantity, double mass_kg)
{
    jout_obj(&s->json);
    put_process(s, c, 0.15);
    if (draw_chance(&s->random, 0.4))
        put_material(s, c);
    if (mass_kg > 0)
        jout_key_real(&s->json, "mass_kg", mass_kg);
    jout_key_int(&s->json, "quantity", quantity);
    if (draw_chance(&s->random, 0.15))
        put_certificates(s, c);
    jout_end(&s->json);
}

static struct str draw_chain(struct sketch *s, size_t number, size_t steps)
{
    AUTO_BUF b;
    buf_init(&b, NEED_MAX_BYTES);
    jout_init(&s->json, &b);
    const struct capability *c[NEEDS_CHAIN_MOST];
    for (size_t i = 0; i < steps; i++) {
        const struct capability *next = pick(s);
        size_t k = i;
        for (; k && stage_of(s->vocab, c[k - 1]->process) > stage_of(s->vocab, next->process); k--)
            c[k] = c[k - 1];
        c[k] = next;
    }
    int64_t quantity = (int64_t)round_plain(pow(10, 3 * random_unit(&s->random)));
    double mass_kg = draw_chance(&s->random, 0.85) ? round_plain(pow(10, 2.5 * random_unit(&s->random) - 1)) : 0;
    jout_obj(&s->json);
    jout_key_str(&s->json, "ref", arena_printf(s->arena, "BC-%zu", number));
    if (draw_chance(&s->random, 0.7))
        put_due(s, 40 + 15 * (int64_t)steps, 60 + 40 * (int64_t)steps);
    put_delivery(s, "deliver_to");
    if (draw_chance(&s->random, 0.3))
        put_delivery(s, "origin");
    jout_key_arr(&s->json, "steps");
    for (size_t i = 0; i < steps; i++)
        put_chain_step(s, c[i], quantity, mass_kg);
    jout_end(&s->json);
    jout_end(&s->json);
    return arena_str(s->arena, buf_str(&b));
}

enum status needs_chain(struct arena *a, const struct vocab *v, const struct needs_plan *plan, struct str_list *out,
                        struct str *why)
{
    struct sketch s = {.arena = a, .vocab = v};
    size_t lengths = NEEDS_CHAIN_MOST - NEEDS_CHAIN_LEAST + 1;
    random_seed(&s.random, plan->seed + 1);
    TRY(sample_build(&s, a, plan->seed, why));
    for (size_t i = 0; i < plan->count; i++)
        VEC_PUSH(a, out, draw_chain(&s, i + 1, NEEDS_CHAIN_LEAST + i % lengths));
    return ST_OK;
}
