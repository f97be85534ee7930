/* Tolerance, roughness and hardness over the columns of the index. */
#include "match/index_parts.h"

static struct index_range up_to(const struct index_column *c, double x)
{
    return (struct index_range){1, index_column_up_to(c, x)};
}

static bool mm_fits(const double *width_um, double mm)
{
    return 2000 * mm <= *width_um;
}

static enum index_column_name column_of(enum tolerance_kind kind)
{
    return kind == TOLERANCE_IT ? COLUMN_TOLERANCE_IT : COLUMN_TOLERANCE_MM;
}

static enum tolerance_kind other_kind(enum tolerance_kind kind)
{
    return kind == TOLERANCE_IT ? TOLERANCE_MM : TOLERANCE_IT;
}

static struct opt_real width(const struct vocab *v, enum tolerance_kind kind, double value, double at_mm)
{
    return kind == TOLERANCE_MM ? opt_real(2000 * value) : vocab_it_width_um(v, (int64_t)value, at_mm);
}

/* Widths in um of what is asked and offered in different units; false when one is not known. */
static bool widths(const struct index_view *v, size_t row, double *asked, double *offered)
{
    const struct tolerance *t = &v->q->step->tolerance;
    const struct index_column *c = v->segment->column;
    struct opt_real at = t->at_mm.has ? t->at_mm : index_value(&c[COLUMN_TOLERANCE_AT], row);
    if (!at.has)
        return false;
    enum tolerance_kind kind = other_kind(t->kind);
    struct opt_real mine = width(v->q->vocab, t->kind, t->value, at.v);
    struct opt_real theirs = width(v->q->vocab, kind, index_value(&c[column_of(kind)], row).v, at.v);
    *asked = mine.v;
    *offered = theirs.v;
    return mine.has && theirs.has;
}

/* range[0]: fine enough in the unit asked; flag[0]: the other unit is decided by range[1], or else row by row. */
static struct index_verdicts sweep_tolerance(const struct index_view *v, const struct index_term *t, size_t tile,
                                             uint64_t want)
{
    const struct index_column *c = v->segment->column;
    size_t block = v->tile[tile].block;
    enum tolerance_kind kind = v->q->step->tolerance.kind;
    const struct index_column *same = &c[column_of(kind)], *other = &c[column_of(other_kind(kind))];
    uint64_t known = index_column_known(same, block), mixed = index_column_known(other, block);
    struct index_verdicts r = {index_column_in(same, block, t->range[0]), ~(known | mixed)};
    if (t->flag[0]) {
        r.yes |= index_column_in(other, block, t->range[1]);
        return r;
    }
    for (uint64_t rest = mixed & want; rest; rest &= rest - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(rest);
        double asked, offered;
        if (!widths(v, block * BLOCK_ROWS + bit, &asked, &offered))
            r.unknown |= UINT64_C(1) << bit;
        else if (offered <= asked)
            r.yes |= UINT64_C(1) << bit;
    }
    return r;
}

static struct opt_real tolerance_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    (void)t;
    const struct tolerance *asked = &v->q->step->tolerance;
    struct opt_real same = index_value(&v->segment->column[column_of(asked->kind)], row);
    double mine = asked->value, theirs = same.v;
    if (!same.has)
        widths(v, row, &mine, &theirs);
    return opt_real((mine - theirs) / mine);
}

static void init_tolerance(const struct index_view *v, struct index_term *t)
{
    const struct tolerance *asked = &v->q->step->tolerance;
    const struct index_column *c = v->segment->column;
    t->range[0] = up_to(&c[column_of(asked->kind)], asked->value);
    t->sweep = sweep_tolerance;
    t->margin = tolerance_margin;
    if (asked->kind != TOLERANCE_IT || !asked->at_mm.has)
        return;
    struct opt_real um = width(v->q->vocab, TOLERANCE_IT, asked->value, asked->at_mm.v);
    t->flag[0] = um.has;
    t->range[1] = (struct index_range){1, index_column_while(&c[COLUMN_TOLERANCE_MM], mm_fits, &um.v)};
}

static struct index_verdicts sweep_roughness(const struct index_view *v, const struct index_term *t, size_t tile,
                                             uint64_t want)
{
    (void)want;
    const struct index_column *c = &v->segment->column[COLUMN_RA];
    size_t block = v->tile[tile].block;
    return (struct index_verdicts){index_column_in(c, block, t->range[0]), ~index_column_known(c, block)};
}

static struct opt_real roughness_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    (void)t;
    double asked = v->q->step->ra_um.v;
    return opt_real((asked - index_value(&v->segment->column[COLUMN_RA], row).v) / asked);
}

/* What is asked, in a scale; for one-sided asks both ends are the same. */
struct ends {
    double low, high;
};

static bool ends_in(const struct index_view *v, enum hardness_scale scale, struct ends *out)
{
    const struct need_step *step = v->q->step;
    const struct hardness *asked = &step->hardness;
    const struct vocab *vocab = v->q->vocab;
    struct opt_real min = asked->min, max = asked->max;
    if (scale != asked->scale) {
        bool ferrous = !step->materials.n;
        for (size_t i = 0; i < step->materials.n; i++)
            ferrous |= tree_below(&vocab->materials, step->materials.v[i], vocab->steel) ||
                       tree_below(&vocab->materials, step->materials.v[i], vocab->iron);
        if (min.has)
            min = vocab_hardness(vocab, asked->scale, scale, min.v);
        if (max.has)
            max = vocab_hardness(vocab, asked->scale, scale, max.v);
        if (!ferrous || min.has != asked->min.has || max.has != asked->max.has)
            return false;
    }
    *out = (struct ends){min.has ? min.v : max.v, max.has ? max.v : min.v};
    return true;
}

enum hardness_range { SCALE_ROWS, MAX_TOO_SOFT, MIN_TOO_HARD, MIN_GOOD, MAX_GOOD, HARDNESS_RANGES };

/* list: HARDNESS_RANGES a scale that the segment has and the ask can be told in. */
static struct index_verdicts sweep_hardness(const struct index_view *v, const struct index_term *t, size_t tile,
                                            uint64_t want)
{
    (void)want;
    const struct index_column *scale = &v->segment->column[COLUMN_HARDNESS_SCALE],
                              *min = &v->segment->column[COLUMN_HARDNESS_MIN],
                              *max = &v->segment->column[COLUMN_HARDNESS_MAX];
    size_t block = v->tile[tile].block;
    struct index_verdicts all = {0, UINT64_MAX};
    for (size_t i = 0; i < t->listed; i += HARDNESS_RANGES) {
        const struct index_range *r = &t->list[i];
        uint64_t rows = index_column_in(scale, block, r[SCALE_ROWS]);
        if (!rows)
            continue;
        uint64_t broken = index_column_in(max, block, r[MAX_TOO_SOFT]) | index_column_in(min, block, r[MIN_TOO_HARD]);
        uint64_t good = (t->flag[0] ? index_column_in(min, block, r[MIN_GOOD]) : UINT64_MAX) &
                        (t->flag[1] ? index_column_in(max, block, r[MAX_GOOD]) : UINT64_MAX);
        all.yes |= rows & good & ~broken;
        all.unknown &= ~(rows & (good | broken));
    }
    return all;
}

static struct opt_real hardness_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    (void)t;
    const struct index_column *c = v->segment->column;
    struct opt_real m = {0, false}, min = index_value(&c[COLUMN_HARDNESS_MIN], row),
                    max = index_value(&c[COLUMN_HARDNESS_MAX], row);
    struct ends ends;
    if (!ends_in(v, (enum hardness_scale)index_value(&c[COLUMN_HARDNESS_SCALE], row).v, &ends))
        return m;
    if (max.has)
        index_margin_add(&m, (max.v - ends.high) / ends.high);
    if (min.has)
        index_margin_add(&m, (ends.low - min.v) / ends.low);
    return m;
}

static void add_scale(const struct index_view *v, struct index_term *t, uint32_t code)
{
    const struct index_column *scale = &v->segment->column[COLUMN_HARDNESS_SCALE],
                              *min = &v->segment->column[COLUMN_HARDNESS_MIN],
                              *max = &v->segment->column[COLUMN_HARDNESS_MAX];
    struct ends ends;
    if (!ends_in(v, (enum hardness_scale)scale->values[code - 1], &ends))
        return;
    struct index_range *r = &t->list[t->listed];
    r[SCALE_ROWS] = (struct index_range){code, code};
    r[MAX_TOO_SOFT] = (struct index_range){1, index_column_below(max, ends.low)};
    r[MIN_TOO_HARD] = (struct index_range){index_column_up_to(min, ends.high) + 1, min->n};
    r[MIN_GOOD] = up_to(min, ends.low);
    r[MAX_GOOD] = (struct index_range){index_column_below(max, ends.high) + 1, max->n};
    t->listed += HARDNESS_RANGES;
}

/* flag[0]: the offered least counts for yes, flag[1]: the offered most does. */
static void init_hardness(struct arena *a, const struct index_view *v, struct index_term *t)
{
    const struct hardness *asked = &v->q->step->hardness;
    const struct index_column *scale = &v->segment->column[COLUMN_HARDNESS_SCALE];
    t->flag[0] = asked->max.has;
    t->flag[1] = asked->min.has;
    t->list = ARENA_ARRAY(a, scale->n * HARDNESS_RANGES, struct index_range);
    for (uint32_t code = 1; code <= scale->n; code++)
        add_scale(v, t, code);
    t->sweep = sweep_hardness;
    t->margin = hardness_margin;
}

void index_term_precision(struct arena *a, const struct index_view *v, struct index_term *t)
{
    t->s_unknown = 0.4;
    switch (t->criterion->kind) {
    case CRITERION_TOLERANCE:
        init_tolerance(v, t);
        break;
    case CRITERION_ROUGHNESS:
        t->range[0] = up_to(&v->segment->column[COLUMN_RA], v->q->step->ra_um.v);
        t->sweep = sweep_roughness;
        t->margin = roughness_margin;
        break;
    default:
        init_hardness(a, v, t);
    }
}
