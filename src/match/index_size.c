/* Envelope, mass, thickness, layer and force over the columns of the index. */
#include "match/index_parts.h"

#include <math.h>

static double size_s(double use)
{
    if (use < 0.02)
        return 0.8;
    double over = (use - 0.9) / 0.1;
    return 1 - 0.3 * (over > 0 ? over : 0);
}

/* Values not less than x. */
static struct index_range at_least(const struct index_column *c, double x)
{
    return (struct index_range){index_column_below(c, x) + 1, c->n};
}

/* The part as a box (a cylinder fills one) in ascending order. */
static void sorted_part(const struct size_mm *part, double out[3])
{
    double v[3] = {part->v[0], part->n == 2 ? part->v[0] : part->v[1], part->n == 2 ? part->v[1] : part->v[2]};
    out[0] = fmin(v[0], fmin(v[1], v[2]));
    out[2] = fmax(v[0], fmax(v[1], v[2]));
    out[1] = fmax(fmin(v[0], v[1]), fmin(fmax(v[0], v[1]), v[2]));
}

/* Ways to lay the part into a cylinder: what its length and diameter must be at least. */
static size_t ways(const struct size_mm *part, double length[3], double diameter[3])
{
    if (part->n == 2) {
        length[0] = part->v[1];
        diameter[0] = part->v[0];
        return 1;
    }
    for (int axis = 0; axis < 3; axis++) {
        length[axis] = part->v[axis];
        diameter[axis] = hypot(part->v[(axis + 1) % 3], part->v[(axis + 2) % 3]);
    }
    return 3;
}

/* range[0..2]: sides of a box; range[3 + 2i], range[4 + 2i]: length and diameter, `listed` ways. */
static struct index_verdicts sweep_envelope(const struct index_view *v, const struct index_term *t, size_t tile,
                                            uint64_t want)
{
    const struct index_column *c = v->segment->column;
    size_t block = v->tile[tile].block;
    uint64_t box = index_column_known(&c[COLUMN_BOX_SMALL], block),
             cylinder = index_column_known(&c[COLUMN_DIAMETER], block);
    uint64_t yes = 0;
    if (box & want)
        yes = index_column_in(&c[COLUMN_BOX_SMALL], block, t->range[0]) &
              index_column_in(&c[COLUMN_BOX_MIDDLE], block, t->range[1]) &
              index_column_in(&c[COLUMN_BOX_LARGE], block, t->range[2]);
    for (size_t i = 0; i < t->listed && cylinder & want; i++)
        yes |= index_column_in(&c[COLUMN_LENGTH], block, t->range[3 + 2 * i]) &
               index_column_in(&c[COLUMN_DIAMETER], block, t->range[4 + 2 * i]);
    return (struct index_verdicts){yes, ~(box | cylinder)};
}

struct fit {
    double use;
    double margin;
};

static struct fit fit_of(const double *asked, const double *limit, int n)
{
    struct fit f = {0, INFINITY};
    for (int i = 0; i < n; i++) {
        f.use = fmax(f.use, asked[i] / limit[i]);
        f.margin = fmin(f.margin, (limit[i] - asked[i]) / asked[i]);
    }
    return f;
}

static struct fit envelope_fit(const struct index_view *v, size_t row)
{
    const struct index_column *c = v->segment->column;
    const struct size_mm *part = &v->q->step->part_mm;
    struct opt_real small = index_value(&c[COLUMN_BOX_SMALL], row);
    if (small.has) {
        double asked[3],
            limit[3] = {small.v, index_value(&c[COLUMN_BOX_MIDDLE], row).v, index_value(&c[COLUMN_BOX_LARGE], row).v};
        sorted_part(part, asked);
        return fit_of(asked, limit, 3);
    }
    double length[3], diameter[3],
        limit[2] = {index_value(&c[COLUMN_LENGTH], row).v, index_value(&c[COLUMN_DIAMETER], row).v};
    struct fit best = {0, 0};
    size_t n = ways(part, length, diameter);
    for (size_t i = 0; i < n; i++) {
        struct fit f = fit_of((double[2]){length[i], diameter[i]}, limit, 2);
        if (i == 0 || f.use < best.use)
            best = f;
    }
    return best;
}

static double envelope_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)t;
    (void)tile;
    return size_s(envelope_fit(v, row).use);
}

static struct opt_real envelope_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    (void)t;
    struct opt_real m = {0, false};
    index_margin_add(&m, envelope_fit(v, row).margin);
    return m;
}

static void init_envelope(const struct index_view *v, struct index_term *t)
{
    const struct index_column *c = v->segment->column;
    double side[3], length[3], diameter[3];
    sorted_part(&v->q->step->part_mm, side);
    for (int i = 0; i < 3; i++)
        t->range[i] = at_least(&c[COLUMN_BOX_SMALL + i], side[i]);
    t->listed = ways(&v->q->step->part_mm, length, diameter);
    for (size_t i = 0; i < t->listed; i++) {
        t->range[3 + 2 * i] = at_least(&c[COLUMN_LENGTH], length[i]);
        t->range[4 + 2 * i] = at_least(&c[COLUMN_DIAMETER], diameter[i]);
    }
    t->sweep = sweep_envelope;
    t->s = envelope_s;
    t->margin = envelope_margin;
}

/* Columns of least and most of a criterion; COLUMN_COUNT: there is no least. */
static enum index_column_name least_of(const struct index_term *t)
{
    switch (t->criterion->kind) {
    case CRITERION_MASS:
        return COLUMN_MASS_MIN;
    case CRITERION_THICKNESS:
        return COLUMN_THICKNESS_MIN;
    case CRITERION_LAYER:
        return COLUMN_LAYER_MIN;
    default:
        return COLUMN_COUNT;
    }
}

static enum index_column_name most_of(const struct index_term *t)
{
    enum index_column_name least = least_of(t);
    return least == COLUMN_COUNT ? COLUMN_FORCE : least + 1;
}

/* number[0], number[1]: the ends asked. range[0]: a least that is too much, range[1]: a most that is too little. */
static struct index_verdicts sweep_limits(const struct index_view *v, const struct index_term *t, size_t tile,
                                          uint64_t want)
{
    (void)want;
    const struct index_column *c = v->segment->column;
    size_t block = v->tile[tile].block;
    enum index_column_name least = least_of(t), most = most_of(t);
    uint64_t broken = index_column_in(&c[most], block, t->range[1]), known = index_column_known(&c[most], block);
    if (least != COLUMN_COUNT)
        broken |= index_column_in(&c[least], block, t->range[0]);
    return (struct index_verdicts){known & ~broken, ~known & ~broken};
}

static double limits_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)tile;
    return size_s(t->number[1] / index_value(&v->segment->column[most_of(t)], row).v);
}

static struct opt_real limits_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    struct opt_real m = {0, false}, most = index_value(&v->segment->column[most_of(t)], row);
    if (least_of(t) != COLUMN_COUNT) {
        struct opt_real least = index_value(&v->segment->column[least_of(t)], row);
        index_margin_add(&m, (t->number[0] - (least.has ? least.v : 0)) / t->number[0]);
    }
    if (most.has)
        index_margin_add(&m, (most.v - t->number[1]) / t->number[1]);
    return m;
}

static void ask_limits(const struct need_step *step, struct index_term *t)
{
    double x = 0;
    switch (t->criterion->kind) {
    case CRITERION_MASS:
        x = step->mass_kg.v;
        break;
    case CRITERION_THICKNESS:
        x = step->thickness_mm.v;
        break;
    case CRITERION_LAYER:
        t->number[0] = step->layer_um.min.has ? step->layer_um.min.v : step->layer_um.max.v;
        t->number[1] = step->layer_um.max.has ? step->layer_um.max.v : step->layer_um.min.v;
        return;
    default:
        x = step->force_t.v;
    }
    t->number[0] = t->number[1] = x;
}

void index_term_size(struct arena *a, const struct index_view *v, struct index_term *t)
{
    (void)a;
    t->s_unknown = 0.4;
    if (t->criterion->kind == CRITERION_ENVELOPE) {
        init_envelope(v, t);
        return;
    }
    const struct index_column *c = v->segment->column;
    ask_limits(v->q->step, t);
    if (least_of(t) != COLUMN_COUNT) {
        const struct index_column *least = &c[least_of(t)];
        t->range[0] = (struct index_range){index_column_up_to(least, t->number[0]) + 1, least->n};
    }
    t->range[1] = (struct index_range){1, index_column_below(&c[most_of(t)], t->number[1])};
    t->sweep = sweep_limits;
    t->s = limits_s;
    t->margin = limits_margin;
}
