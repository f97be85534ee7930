/* Quantity and due date over the columns of the index. */
#include "match/index_parts.h"

#include <math.h>

static struct index_range below(const struct index_column *c, double x)
{
    return (struct index_range){1, index_column_below(c, x)};
}

/* arg: days left, and 30 times what is asked. */
static bool carries_too_little(const double *arg, double free_a_month)
{
    return free_a_month * arg[0] < arg[1];
}

static struct index_range too_little(const struct index_column *c, double days, double asked)
{
    const double arg[2] = {days, 30 * asked};
    return (struct index_range){1, index_column_while(c, carries_too_little, arg)};
}

/* number[0]: pieces, number[1]: kg, number[2]: days left. flag[0]: free capacity counts, flag[1]: and that in kg,
   flag[2]: a month. Refused: range[0] least batch, range[1] most batch, range[2] pieces a month, range[3] kg a month.
 */
static struct index_verdicts sweep_quantity(const struct index_view *v, const struct index_term *t, size_t tile,
                                            uint64_t want)
{
    (void)want;
    const struct index_column *c = v->segment->column;
    size_t block = v->tile[tile].block;
    uint64_t broken = 0, checked = 0;
    if (!t->flag[2]) {
        broken = index_column_in(&c[COLUMN_BATCH_MIN], block, t->range[0]) |
                 index_column_in(&c[COLUMN_BATCH_MAX], block, t->range[1]);
        checked = index_column_known(&c[COLUMN_BATCH_MAX], block);
    }
    if (t->flag[0]) {
        broken |= index_column_in(&c[COLUMN_FREE], block, t->range[2]);
        checked |= index_column_known(&c[COLUMN_FREE], block);
    }
    if (t->flag[1]) {
        broken |= index_column_in(&c[COLUMN_FREE_KG], block, t->range[3]);
        checked |= index_column_known(&c[COLUMN_FREE_KG], block);
    }
    return (struct index_verdicts){checked & ~broken, ~checked & ~broken};
}

static void add_capacity(const struct index_term *t, struct opt_real free_a_month, double asked, struct opt_real *m)
{
    if (!free_a_month.has)
        return;
    double there = t->flag[2] ? free_a_month.v : free_a_month.v * t->number[2] / 30;
    index_margin_add(m, (there - asked) / asked);
}

static struct opt_real quantity_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    const struct index_column *c = v->segment->column;
    struct opt_real m = {0, false}, least = index_value(&c[COLUMN_BATCH_MIN], row),
                    most = index_value(&c[COLUMN_BATCH_MAX], row);
    double pieces = t->number[0];
    if (!t->flag[2] && least.has)
        index_margin_add(&m, (pieces - least.v) / pieces);
    if (!t->flag[2] && most.has)
        index_margin_add(&m, (most.v - pieces) / pieces);
    if (t->flag[0])
        add_capacity(t, index_value(&c[COLUMN_FREE], row), pieces, &m);
    if (t->flag[1])
        add_capacity(t, index_value(&c[COLUMN_FREE_KG], row), t->number[1], &m);
    return m;
}

static void init_quantity(const struct index_view *v, struct index_term *t)
{
    const struct index_column *c = v->segment->column;
    const struct need_step *step = v->q->step;
    double pieces = (double)step->quantity.v, kg = step->mass_kg.has ? pieces * step->mass_kg.v : 0;
    double days = (double)v->q->days_left;
    t->number[0] = pieces;
    t->number[1] = kg;
    t->number[2] = days;
    t->flag[2] = step->per_month;
    t->flag[0] = step->per_month || (v->q->has_due && v->q->days_left >= 0);
    t->flag[1] = t->flag[0] && step->mass_kg.has;
    t->range[0] = (struct index_range){index_column_up_to(&c[COLUMN_BATCH_MIN], pieces) + 1, c[COLUMN_BATCH_MIN].n};
    t->range[1] = below(&c[COLUMN_BATCH_MAX], pieces);
    t->range[2] = step->per_month ? below(&c[COLUMN_FREE], pieces) : too_little(&c[COLUMN_FREE], days, pieces);
    t->range[3] = step->per_month ? below(&c[COLUMN_FREE_KG], kg) : too_little(&c[COLUMN_FREE_KG], days, kg);
    t->sweep = sweep_quantity;
    t->margin = quantity_margin;
}

/* range[0]: quick enough; number[0]: days left. */
static struct index_verdicts sweep_due(const struct index_view *v, const struct index_term *t, size_t tile,
                                       uint64_t want)
{
    (void)want;
    const struct index_column *lead = &v->segment->column[COLUMN_LEAD];
    size_t block = v->tile[tile].block;
    if (t->number[0] < 0)
        return (struct index_verdicts){0, 0};
    return (struct index_verdicts){index_column_in(lead, block, t->range[0]), ~index_column_known(lead, block)};
}

static double due_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)tile;
    double left = t->number[0];
    if (left <= 0)
        return 0.6;
    return fmin(1, 0.6 + (left - index_value(&v->segment->column[COLUMN_LEAD], row).v) / left);
}

static struct opt_real due_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    double left = t->number[0];
    struct opt_real lead = index_value(&v->segment->column[COLUMN_LEAD], row);
    return lead.has ? opt_real((left - lead.v) / fmax(1, left)) : lead;
}

void index_term_order(struct arena *a, const struct index_view *v, struct index_term *t)
{
    (void)a;
    t->s_unknown = 0.4;
    if (t->criterion->kind == CRITERION_QUANTITY) {
        init_quantity(v, t);
        return;
    }
    t->number[0] = (double)v->q->days_left;
    t->range[0] = (struct index_range){1, index_column_up_to(&v->segment->column[COLUMN_LEAD], t->number[0])};
    t->sweep = sweep_due;
    t->s = due_s;
    t->s_most = due_s;
    t->margin = due_margin;
}
