/*
 * Draws one capability of a firm: limits that fit together (one figure t says how large its machine is), blanks as in
 * life, and a text that never tells a number which the fields leave blank.
 */
#include "feature/demo/firm.h"

#include <math.h>

struct drawing {
    struct arena *arena;
    struct random *random;
    const struct vocab *vocab;
    const struct firm *firm;
    const struct profile *profile;
    double t; /* the machine's place in the spans */
};

/* Blanks are commoner where people keep a number to themselves (factor > 1). */
static bool keeps(struct drawing *d, double factor)
{
    return !draw_chance(d->random, fmin(0.9, d->firm->blank * factor));
}

static double near(struct drawing *d)
{
    double t = d->t + 0.24 * (random_unit(d->random) - 0.5);
    return fmax(0, fmin(1, t));
}

static struct opt_real draw_number(struct drawing *d, const struct span *s, double factor)
{
    double v = round_plain(span_at(s, near(d)));
    return keeps(d, factor) && s->has ? opt_real(v) : (struct opt_real){0, false};
}

static struct limit_drawn draw_limits(struct drawing *d, const struct limits *l, double factor)
{
    struct limit_drawn out = {{0, false}, draw_number(d, &l->max, factor)};
    if (out.max.has && l->min > 0 && l->min <= out.max.v)
        out.min = opt_real(l->min);
    return out;
}

static void draw_size(struct drawing *d, struct offer *o)
{
    const struct size_span *s = &d->profile->size;
    bool kept = keeps(d, 0.8);
    for (uint32_t i = 0; i < s->n; i++) {
        struct span side = {true, s->low[i], s->high[i]};
        o->size_mm[i] = round_plain(span_at(&side, near(d)));
    }
    for (uint32_t i = 1; i < s->n && s->n == 3; i++)
        o->size_mm[i] = fmin(o->size_mm[i], o->size_mm[i - 1]);
    o->size_n = kept ? s->n : 0;
}

/* Better shops reach finer figures, so t runs against the span. */
static void draw_precision(struct drawing *d, struct offer *o)
{
    const struct profile *p = d->profile;
    double t = 1 - near(d);
    if (p->it.has && keeps(d, 1))
        o->it = opt_real(round(p->it.low + t * (p->it.high - p->it.low)));
    if (p->mm.has && keeps(d, 1))
        o->mm = opt_real(round_tolerance(span_at(&p->mm, t)));
    if (p->ra_um.has && keeps(d, 1))
        o->ra_um = opt_real(round_ra(span_at(&p->ra_um, t)));
}

static void draw_hardness(struct drawing *d, struct offer *o)
{
    const struct profile *p = d->profile;
    if (!p->hardness_scale.n || !keeps(d, 0.8))
        return;
    double step = str_eq(p->hardness_scale, STR("HV")) ? 50 : 1;
    o->hardness.max = opt_real(round(span_at(&p->hardness.max, near(d)) / step) * step);
    if (keeps(d, 0.8))
        o->hardness.min = opt_real(p->hardness.min);
}

static struct opt_real times(struct opt_real v, double factor)
{
    return (struct opt_real){v.v * factor, v.has};
}

static struct opt_real at_least_one(struct opt_real v)
{
    return (struct opt_real){fmax(1, round(v.v)), v.has};
}

/* A firm asks by the piece or by weight, seldom both; what it asks says little about how large it is. */
static void draw_prices(struct drawing *d, struct offer *o)
{
    const struct profile *p = d->profile;
    if (!keeps(d, 1.1))
        return;
    struct drawing price = *d;
    price.t = 0.3 * d->t + 0.7 * random_unit(d->random);
    bool by_weight = p->kg_won.has && (!p->piece_won.has || draw_chance(d->random, 0.5));
    o->setup_won = times(draw_number(&price, &p->setup_won, 0.4), 1000);
    if (by_weight)
        o->kg_won = times(draw_number(&price, &p->kg_won, 0.3), 1000);
    else
        o->piece_won = times(draw_number(&price, &p->piece_won, 0.3), 1000);
}

static void draw_terms(struct drawing *d, struct offer *o)
{
    const struct profile *p = d->profile;
    o->batch = draw_limits(d, &p->batch, 1);
    o->batch.max = at_least_one(o->batch.max);
    o->free_pieces = at_least_one(draw_number(d, &p->free_pieces, 1.2));
    o->free_kg = draw_number(d, &p->free_kg, 1.3);
    struct opt_real lead = draw_number(d, &p->lead_days, 0.7);
    lead.v = round(p->lead_days.low + random_unit(d->random) * (p->lead_days.high - p->lead_days.low));
    o->lead_days = lead;
    draw_prices(d, o);
    o->energy_kwh = draw_number(d, &p->energy_kwh, 1.6);
}

/* The first item always, each further one with the given chance. */
static struct str draw_some(struct drawing *d, struct str list, double chance)
{
    AUTO_BUF b;
    buf_init(&b, 4096);
    struct str rest = list, item;
    while (rest.n && str_next(&rest, '|', &item)) {
        bool take = b.n == 0 || draw_chance(d->random, chance);
        if (take && b.n)
            buf_add_byte(&b, '|');
        if (take)
            buf_add(&b, item);
    }
    return arena_str(d->arena, buf_str(&b));
}

static void draw_lists(struct drawing *d, struct offer *o)
{
    const struct profile *p = d->profile;
    double wide = 0.45 + 0.45 * d->firm->scale;
    struct str materials = draw_some(d, p->materials, wide);
    struct str standards = draw_some(d, p->standards, 0.5);
    struct str tags = draw_some(d, p->tags, 0.5);
    struct str industries = draw_some(d, p->industries, wide);
    o->materials = keeps(d, 0.5) ? materials : STR("");
    o->standards = keeps(d, 1.6) ? standards : STR("");
    o->tags = keeps(d, 0.8) ? tags : STR("");
    o->industries = keeps(d, 1.2) ? industries : STR("");
}

static struct str draw_evidence(struct random *r)
{
    double u = random_unit(r);
    return u < 0.56 ? STR("self") : u < 0.84 ? STR("document") : u < 0.92 ? STR("visited") : STR("");
}

static struct str range_text(struct arena *a, const struct limit_drawn *l, const char *unit)
{
    if (!l->max.has)
        return STR("");
    struct str max = figure_text(a, l->max.v), min = figure_text(a, l->min.v);
    if (!l->min.has)
        return arena_printf(a, STR_FMT "%s 이하", STR_ARG(max), unit);
    return arena_printf(a, STR_FMT "~" STR_FMT "%s", STR_ARG(min), STR_ARG(max), unit);
}

static struct str unit_text(struct arena *a, struct opt_real v, const char *unit)
{
    struct str number = figure_text(a, v.v);
    return v.has ? arena_printf(a, STR_FMT "%s", STR_ARG(number), unit) : STR("");
}

/* As shops say it: a grade by its name, a group by its family's, but stainless apart from other steel. */
static struct str shop_word(const struct tree *tree, uint32_t node, enum material_level level)
{
    struct str name = tree_name(tree, node, true);
    if (level == MATERIAL_GRADE)
        return name;
    if (str_find(name, STR("스테인리스")) >= 0)
        return STR("스테인리스");
    return tree_name(tree, level == MATERIAL_GROUP ? tree->v[node].parent : node, true);
}

/* The first two materials of one level. */
static struct str materials_at(struct drawing *d, struct str list, enum material_level level)
{
    struct str code, out = STR("");
    const struct tree *tree = &d->vocab->materials;
    int n = 0;
    while (n < 2 && list.n && str_next(&list, '|', &code)) {
        uint32_t node;
        if (!tree_find(tree, code, &node) || d->vocab->material_level[node] != level)
            continue;
        struct str word = shop_word(tree, node, level);
        if (str_find(out, word) < 0)
            out = arena_printf(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(out), n++ ? "·" : "", STR_ARG(word));
    }
    return out;
}

/* Shops name grades; only where none is listed, the group. */
static struct str materials_text(struct drawing *d, struct str list)
{
    struct str grades = materials_at(d, list, MATERIAL_GRADE);
    return grades.n ? grades : materials_at(d, list, MATERIAL_GROUP);
}

/* What stands for {key}; empty when the field is blank. */
static struct str text_of(struct drawing *d, const struct offer *o, struct str key, struct str machine)
{
    struct arena *a = d->arena;
    if (str_eq(key, STR("m")))
        return machine;
    if (str_eq(key, STR("n")))
        return figure_text(a, 1 + floor(d->t * d->t * 6 + random_unit(d->random) * 2));
    if (str_eq(key, STR("mat")))
        return materials_text(d, o->materials);
    if (str_eq(key, STR("size")))
        return o->size_n ? shape_text(a, o->size_mm, o->size_n) : STR("");
    if (str_eq(key, STR("mass")))
        return unit_text(a, o->mass_kg.max, "kg");
    if (str_eq(key, STR("force")))
        return unit_text(a, o->force_t, "톤");
    if (str_eq(key, STR("thick")))
        return range_text(a, &o->thickness_mm, "mm");
    if (str_eq(key, STR("layer")))
        return range_text(a, &o->layer_um, "㎛");
    if (str_eq(key, STR("hard")) && o->hardness.max.has) {
        struct str range = range_text(a, &o->hardness, "");
        return arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(d->profile->hardness_scale), STR_ARG(range));
    }
    return STR("");
}

/* The template with its placeholders filled; empty when one of them is blank. */
static struct str fill_text(struct drawing *d, const struct offer *o, struct str template)
{
    struct str machine = draw_item(d->random, d->profile->machine), out = STR("");
    while (template.n) {
        ptrdiff_t open = str_find_byte(template, '{'), close = str_find_byte(template, '}');
        if (open < 0 || close < open)
            return arena_printf(d->arena, STR_FMT STR_FMT, STR_ARG(out), STR_ARG(template));
        struct str before = str_n(template.p, (size_t)open);
        struct str key = str_n(template.p + open + 1, (size_t)(close - open - 1));
        struct str value = text_of(d, o, key, machine);
        if (!value.n)
            return STR("");
        out = arena_printf(d->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(out), STR_ARG(before), STR_ARG(value));
        template = str_drop(template, (size_t)close + 1);
    }
    return out;
}

static struct str draw_text(struct drawing *d, const struct offer *o)
{
    struct str full = d->firm->plain ? STR("") : fill_text(d, o, draw_item(d->random, d->profile->text));
    struct str plain = draw_item(d->random, d->profile->plain);
    if (draw_chance(d->random, 0.06))
        return STR("");
    return full.n ? full : plain;
}

void offer_draw(struct arena *a, const struct demo_tables *t, struct random *r, const struct firm *firm,
                const struct profile *p, struct offer *out)
{
    struct drawing d = {a, r, t->vocab, firm, p, 0.62 * firm->scale + 0.38 * random_unit(r)};
    *out = (struct offer){.profile = p};
    draw_size(&d, out);
    out->mass_kg.max = draw_number(&d, &p->mass_kg, 1);
    out->thickness_mm = draw_limits(&d, &p->thickness_mm, 1);
    out->layer_um = draw_limits(&d, &p->layer_um, 0.8);
    out->force_t = draw_number(&d, &p->force_t, 0.7);
    draw_precision(&d, out);
    draw_hardness(&d, out);
    draw_terms(&d, out);
    draw_lists(&d, out);
    out->evidence = draw_evidence(r);
    out->text = draw_text(&d, out);
}
