/* Tolerance, roughness and hardness. */
#include "match/verdict_parts.h"

static struct finding precision_finding(double asked, double offered)
{
    struct finding f = offered <= asked ? finding_yes(1) : finding_no();
    f.margin = opt_real((asked - offered) / asked);
    return f;
}

/* Full width in um at a size: IT from the table, +-x mm as 2000 x. */
static struct opt_real width_um(const struct vocab *v, const struct tolerance *t, double at_mm)
{
    if (t->kind == TOLERANCE_MM)
        return opt_real(2000 * t->value);
    return vocab_it_width_um(v, (int64_t)t->value, at_mm);
}

struct finding verdict_tolerance(const struct question *q, const struct capability *cap)
{
    const struct tolerance *asked = &q->step->tolerance, *offered = &cap->tolerance;
    if (offered->kind == TOLERANCE_NONE)
        return finding_unknown(0.4);
    if (asked->kind == offered->kind)
        return precision_finding(asked->value, offered->value);
    struct opt_real at = asked->at_mm.has ? asked->at_mm : offered->at_mm;
    if (!at.has)
        return finding_unknown(0.4);
    struct opt_real wide_asked = width_um(q->vocab, asked, at.v), wide_offered = width_um(q->vocab, offered, at.v);
    if (!wide_asked.has || !wide_offered.has)
        return finding_unknown(0.4);
    return precision_finding(wide_asked.v, wide_offered.v);
}

struct finding verdict_roughness(const struct question *q, const struct capability *cap)
{
    if (!cap->ra_um.has)
        return finding_unknown(0.4);
    return precision_finding(q->step->ra_um.v, cap->ra_um.v);
}

/* The conversion table holds for steels and irons; without a stated material it is taken to apply. */
static bool table_applies(const struct question *q)
{
    const struct node_list *asked = &q->step->materials;
    bool ferrous = asked->n == 0;
    for (size_t i = 0; i < asked->n; i++)
        ferrous |= tree_below(&q->vocab->materials, asked->v[i], q->vocab->steel) ||
                   tree_below(&q->vocab->materials, asked->v[i], q->vocab->iron);
    return ferrous;
}

static bool to_scale(const struct question *q, enum hardness_scale scale, struct range *asked)
{
    enum hardness_scale from = q->step->hardness.scale;
    if (from == scale)
        return true;
    if (!table_applies(q))
        return false;
    struct opt_real *ends[] = {&asked->min, &asked->max};
    for (int i = 0; i < 2; i++) {
        if (!ends[i]->has)
            continue;
        *ends[i] = vocab_hardness(q->vocab, from, scale, ends[i]->v);
        if (!ends[i]->has)
            return false;
    }
    return true;
}

static struct bounds hardness_bounds(const struct range *asked, const struct hardness *offered)
{
    double low = asked->min.has ? asked->min.v : asked->max.v;
    double high = asked->max.has ? asked->max.v : asked->min.v;
    struct bounds b = {0};
    b.broken = (offered->max.has && offered->max.v < low) || (offered->min.has && offered->min.v > high);
    if (asked->min.has && asked->max.has) {
        b.blank = !offered->min.has || !offered->max.has || offered->min.v > low || high > offered->max.v;
    } else {
        b.blank = asked->min.has ? !offered->max.has : !offered->min.has;
    }
    if (offered->max.has)
        bounds_margin(&b, (offered->max.v - high) / high);
    if (offered->min.has)
        bounds_margin(&b, (low - offered->min.v) / low);
    return b;
}

struct finding verdict_hardness(const struct question *q, const struct capability *cap)
{
    struct range asked = {q->step->hardness.min, q->step->hardness.max};
    if (!cap->hardness.has || !to_scale(q, cap->hardness.scale, &asked))
        return finding_unknown(0.4);
    struct bounds b = hardness_bounds(&asked, &cap->hardness);
    enum verdict verdict = bounds_verdict(&b);
    if (verdict == VERDICT_UNKNOWN)
        return finding_unknown(0.4);
    return (struct finding){verdict, verdict == VERDICT_YES ? 1 : 0, b.margin};
}
