/* Draws firms and turns the demo's offers into capabilities. One generator a firm, seeded by plan and number. */
#include "test/bench/firms.h"

#include "feature/demo/firm.h"
#include "test/bench/areas.h"

#include <stdlib.h>

enum { FIRM_CAPABILITIES_MOST = 4 };

struct drawer {
    struct arena *arena; /* what a site points to */
    struct arena *scratch;
    const struct vocab *vocab;
    const struct demo_tables *tables;
    struct areas areas;
    struct weights shops;
    struct map texts; /* short texts that stand once: codes of standards, tags */
    struct str_list interned;
    size_t sites;
    size_t capabilities;
    struct random random; /* of the firm in hand */
};

/* The same text, once in memory; only for the few that many firms share. */
static struct str intern(struct drawer *d, struct arena *home, struct str text)
{
    int64_t at;
    if (!map_get(&d->texts, text, &at)) {
        struct str own = arena_str(home, text);
        at = (int64_t)d->interned.n;
        VEC_PUSH(home, &d->interned, own);
        map_put(&d->texts, own, at);
    }
    return d->interned.v[at];
}

static size_t cell_items(struct str cell)
{
    size_t n = cell.n > 0;
    for (size_t i = 0; i < cell.n; i++)
        n += cell.p[i] == '|';
    return n;
}

static struct node_list take_nodes(struct drawer *d, const struct tree *tree, struct str cell)
{
    size_t n = cell_items(cell);
    struct node_list list = {ARENA_ARRAY(d->arena, n, uint32_t), 0, n};
    struct str code;
    while (cell.n && str_next(&cell, '|', &code))
        if (vocab_find(d->vocab, tree, code, &list.v[list.n]))
            list.n++;
    return list;
}

static struct str_list take_texts(struct drawer *d, struct arena *home, struct str cell)
{
    size_t n = cell_items(cell);
    struct str_list list = {ARENA_ARRAY(d->arena, n, struct str), 0, n};
    struct str text;
    while (cell.n && str_next(&cell, '|', &text))
        list.v[list.n++] = intern(d, home, text);
    return list;
}

static struct opt_int whole(struct opt_real v)
{
    return (struct opt_int){v.has ? (int64_t)v.v : 0, v.has};
}

static struct range range_of(const struct limit_drawn *l)
{
    return (struct range){l->min, l->max};
}

static void take_limits(const struct offer *o, struct capability *c)
{
    c->size_mm.n = o->size_n;
    for (uint32_t i = 0; i < o->size_n; i++)
        c->size_mm.v[i] = o->size_mm[i];
    c->mass_kg = range_of(&o->mass_kg);
    c->thickness_mm = range_of(&o->thickness_mm);
    c->layer_um = range_of(&o->layer_um);
    c->force_t_max = o->force_t;
    c->ra_um = o->ra_um;
    if (o->it.has)
        c->tolerance = (struct tolerance){TOLERANCE_IT, o->it.v, {0, false}};
    else if (o->mm.has)
        c->tolerance = (struct tolerance){TOLERANCE_MM, o->mm.v, {0, false}};
    if (o->hardness.max.has && vocab_hardness_scale(o->profile->hardness_scale, &c->hardness.scale)) {
        c->hardness.has = true;
        c->hardness.min = o->hardness.min;
        c->hardness.max = o->hardness.max;
    }
}

static void take_terms(const struct offer *o, struct capability *c)
{
    c->batch = (struct batch){whole(o->batch.min), whole(o->batch.max)};
    c->free_per_month = o->free_pieces;
    c->free_kg_per_month = o->free_kg;
    c->lead_days = whole(o->lead_days);
    c->price = (struct price){o->setup_won, o->piece_won, o->kg_won};
    c->energy_kwh_per_kg = o->energy_kwh;
}

static enum evidence evidence_of(struct str word)
{
    return str_eq(word, STR("document"))  ? EVIDENCE_DOCUMENT
           : str_eq(word, STR("visited")) ? EVIDENCE_VISITED
                                          : EVIDENCE_SELF;
}

/* Some firms name the process wider than they do it, some a kin of it: every node of the tree is offered by somebody.
 */
static uint32_t vary_process(struct drawer *d, struct str code)
{
    const struct tree *t = &d->vocab->processes;
    uint32_t node = 0;
    double u = random_unit(&d->random);
    uint64_t step = random_next(&d->random);
    if (!vocab_find(d->vocab, t, code, &node) || t->v[node].parent == NODE_NONE || u >= 0.2)
        return node;
    uint32_t parent = t->v[node].parent;
    if (u < 0.06)
        return parent;
    return parent + (uint32_t)(step % (t->v[parent].end - parent));
}

static void take_offer(struct drawer *d, struct arena *home, const struct offer *o, struct capability *c)
{
    c->ref = arena_printf(d->arena, "BC-%zu", ++d->capabilities);
    c->process = vary_process(d, o->profile->process);
    c->materials = take_nodes(d, &d->vocab->materials, o->materials);
    take_limits(o, c);
    take_terms(o, c);
    c->standards = take_texts(d, home, o->standards);
    c->tags = take_texts(d, home, o->tags);
    c->industries = take_nodes(d, &d->vocab->industries, o->industries);
    c->evidence_given = o->evidence.n > 0;
    c->evidence = evidence_of(o->evidence);
    c->text = arena_str(d->arena, o->text);
}

static void draw_certificate(struct drawer *d, struct str code, struct held_certificates *held)
{
    uint32_t node;
    struct day base = day_from_civil(FIRMS_TODAY);
    int64_t days = draw_chance(&d->random, 0.1) ? -draw_whole(&d->random, 5, 240) : draw_whole(&d->random, 20, 1080);
    bool dated = !draw_chance(&d->random, 0.12);
    if (!vocab_find(d->vocab, &d->vocab->certificates, code, &node))
        return;
    VEC_PUSH(d->arena, held, ((struct held_certificate){node, {{dated ? base.n + (int32_t)days : 0}, dated}}));
}

/* As in the demo region: no list at all is common among small firms. */
static struct held_certificates draw_certificates(struct drawer *d, const struct firm *f)
{
    struct held_certificates held = {NULL, 0, 0, !draw_chance(&d->random, 0.42 - 0.34 * f->scale)};
    struct str rest = f->shop->certificates, item, code;
    while (held.known && rest.n && str_next(&rest, '|', &item)) {
        int64_t percent = 0;
        if (str_next(&item, ':', &code) && str_to_int(item, &percent) &&
            draw_chance(&d->random, (double)percent / 100 * (0.6 + f->scale)))
            draw_certificate(d, code, &held);
    }
    return held;
}

static void draw_org(struct drawer *d, const struct firm *f, size_t number, struct organisation *org)
{
    const struct demo_tables *t = d->tables;
    const struct syllable *x = &t->first.v[random_below(&d->random, t->first.n)];
    const struct syllable *y = &t->last.v[random_below(&d->random, t->last.n)];
    struct str en = draw_item(&d->random, f->shop->suffixes), ko = STR("");
    str_next(&en, '=', &ko);
    org->name = arena_printf(d->arena, STR_FMT STR_FMT STR_FMT " %zu(가상)", STR_ARG(x->ko), STR_ARG(y->ko),
                             STR_ARG(ko), number);
    if (draw_chance(&d->random, 0.3 + 0.6 * f->scale))
        org->name_en = arena_printf(d->arena, STR_FMT STR_FMT " " STR_FMT " %zu (demo)", STR_ARG(x->en), STR_ARG(y->en),
                                    STR_ARG(en), number);
    org->reg_no = arena_printf(d->arena, "%03zu-00-%05zu", number / 100000, number % 100000);
    org->kind = f->shop->kind;
}

static void draw_place(struct drawer *d, struct place_point *out)
{
    const struct area *area = &d->areas.v[weights_draw(&d->areas.weights, &d->random)];
    out->at = draw_point(&d->random, &area->place);
    out->has_coordinates = !draw_chance(&d->random, 0.07);
    out->region = draw_chance(&d->random, 0.04) ? NODE_NONE : area->region;
    if (!out->has_coordinates)
        out->at = (struct coordinates){0, 0};
}

/* 1..4 by the firm's size, the first of its kind always. */
static void draw_capabilities(struct drawer *d, struct arena *home, const struct firm *f, struct site *site)
{
    double u = random_unit(&d->random) + 0.5 * f->scale;
    size_t wanted = u < 0.36 ? 1 : u < 0.82 ? 2 : u < 1.2 ? 3 : FIRM_CAPABILITIES_MOST, left = f->shop->n;
    site->capabilities.v = ARENA_ARRAY(d->arena, wanted, struct capability);
    site->capabilities.cap = wanted;
    for (size_t i = 0; i < f->shop->n && wanted; i++, left--) {
        struct offer o;
        if (i && random_below(&d->random, left) >= wanted)
            continue;
        offer_draw(d->scratch, d->tables, &d->random, f, f->shop->v[i], &o);
        take_offer(d, home, &o, &site->capabilities.v[site->capabilities.n++]);
        wanted--;
    }
}

static struct site *draw_site(struct drawer *d, struct arena *home, const struct firm *f, size_t number)
{
    struct site *s = ARENA_NEW(d->arena, struct site);
    s->ref = arena_printf(d->arena, "BS-%zu", ++d->sites);
    draw_org(d, f, number, &s->org);
    s->name = STR("본사");
    draw_place(d, &s->place);
    s->certificates = draw_certificates(d, f);
    draw_capabilities(d, home, f, s);
    return s;
}

static enum status draw_firm(struct drawer *d, struct arena *home, const struct firms_use *use, size_t number)
{
    struct firm f = {.shop = &d->tables->shops.v[weights_draw(&d->shops, &d->random)]};
    firm_size(&d->random, &f);
    struct site *first = draw_site(d, home, &f, number);
    supply_prepare(d->arena, first);
    TRY(use->site(use->arg, first));
    if (!f.second_site || !draw_chance(&d->random, 0.4))
        return ST_OK;
    struct site *second = draw_site(d, home, &f, number);
    second->org = first->org;
    second->name = STR("제2공장");
    supply_prepare(d->arena, second);
    return use->site(use->arg, second);
}

static int by_share(const void *a, const void *b)
{
    const struct shop *x = *(const struct shop *const *)a, *y = *(const struct shop *const *)b;
    return x->share != y->share ? (x->share > y->share ? -1 : 1) : (x > y) - (x < y);
}

/* Zipf over the kinds of shop, the commonest of the demo region first. */
static void weigh_shops(struct drawer *d, struct arena *a)
{
    size_t n = d->tables->shops.n;
    const struct shop **order = ARENA_ARRAY(a, n, const struct shop *);
    double *weight = ARENA_ARRAY(a, n, double);
    for (size_t i = 0; i < n; i++)
        order[i] = &d->tables->shops.v[i];
    qsort(order, n, sizeof(*order), by_share);
    for (size_t i = 0; i < n; i++)
        weight[order[i] - d->tables->shops.v] = 1 / (double)(i + 1);
    for (size_t i = 0; i < n; i++)
        weights_add(a, &d->shops, weight[i]);
}

enum status firms_draw_each(struct arena *a, const struct vocab *v, const struct firms_plan *plan,
                            const struct firms_use *use, struct str *why)
{
    AUTO_ARENA scratch, passing;
    struct drawer d = {.arena = use->keep ? a : &passing, .scratch = &scratch, .vocab = v};
    enum status st = ST_OK;
    arena_init(&scratch, SIZE_MAX / 2);
    arena_init(&passing, SIZE_MAX / 2);
    TRY(demo_load(a, v, embedded_demo, &d.tables, why));
    areas_build(a, v, &d.areas);
    map_init(&d.texts, a);
    weigh_shops(&d, a);
    for (size_t i = 0; i < plan->firms && st == ST_OK; i++) {
        random_seed(&d.random, plan->seed + UINT64_C(0x9e3779b97f4a7c15) * (i + 1));
        st = draw_firm(&d, a, use, i + 1);
        arena_reset(&scratch);
        arena_reset(&passing);
    }
    return st;
}

struct keeping {
    struct arena *arena;
    struct supply *supply;
};

static enum status keep_site(void *arg, struct site *site)
{
    struct keeping *k = arg;
    VEC_PUSH(k->arena, k->supply, site);
    return ST_OK;
}

enum status firms_supply(struct arena *a, const struct vocab *v, const struct firms_plan *plan, struct supply *out,
                         struct str *why)
{
    struct keeping k = {a, out};
    struct firms_use use = {keep_site, &k, true};
    *out = (struct supply){NULL, 0, 0};
    return firms_draw_each(a, v, plan, &use, why);
}

size_t supply_capabilities(const struct supply *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += s->v[i]->capabilities.n;
    return n;
}
