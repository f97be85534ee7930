/* Quantity, due date and place: what depends on the order and not on the shop floor. */
#include "match/verdict_parts.h"

#include <math.h>

static struct finding monthly(const struct need_step *step, const struct capability *cap)
{
    double pieces = (double)step->quantity.v;
    struct bounds b = {0};
    if (cap->free_per_month.has)
        bounds_upper(&b, pieces, cap->free_per_month);
    if (cap->free_kg_per_month.has && step->mass_kg.has)
        bounds_upper(&b, pieces * step->mass_kg.v, cap->free_kg_per_month);
    if (!b.margin.has)
        return finding_unknown(0.4);
    return (struct finding){bounds_verdict(&b), b.broken ? 0 : 1, b.margin};
}

/* Free capacity over the days left must carry the order: free * days >= 30 * asked. */
static void capacity_check(struct bounds *b, double asked, struct opt_real free_a_month, int64_t days)
{
    double free_share = free_a_month.v * (double)days;
    b->broken |= free_share < 30 * asked;
    bounds_margin(b, (free_share / 30 - asked) / asked);
}

struct finding verdict_quantity(const struct question *q, const struct capability *cap)
{
    const struct need_step *step = q->step;
    if (step->per_month)
        return monthly(step, cap);
    double pieces = (double)step->quantity.v;
    struct bounds b = {0};
    bool dated = q->has_due && q->days_left >= 0;
    bool checked = cap->batch.max.has;
    if (cap->batch.min.has)
        bounds_lower(&b, pieces, opt_real((double)cap->batch.min.v));
    if (cap->batch.max.has)
        bounds_upper(&b, pieces, opt_real((double)cap->batch.max.v));
    if (dated && cap->free_per_month.has) {
        capacity_check(&b, pieces, cap->free_per_month, q->days_left);
        checked = true;
    }
    if (dated && cap->free_kg_per_month.has && step->mass_kg.has) {
        capacity_check(&b, pieces * step->mass_kg.v, cap->free_kg_per_month, q->days_left);
        checked = true;
    }
    b.blank = !checked;
    enum verdict verdict = bounds_verdict(&b);
    if (verdict == VERDICT_UNKNOWN)
        return finding_unknown(0.4);
    return (struct finding){verdict, verdict == VERDICT_YES ? 1 : 0, b.margin};
}

struct finding verdict_due(const struct question *q, const struct capability *cap)
{
    struct finding f = q->days_left < 0 ? finding_no() : finding_unknown(0.4);
    if (!cap->lead_days.has)
        return f;
    double left = (double)q->days_left, lead = (double)cap->lead_days.v;
    f = left < 0 || lead > left ? finding_no() : finding_yes(0.6);
    if (f.verdict == VERDICT_YES && left > 0)
        f.s = fmin(1, 0.6 + (left - lead) / left);
    f.margin = opt_real((left - lead) / (left > 1 ? left : 1));
    return f;
}

double coordinates_km(struct coordinates a, struct coordinates b)
{
    const double radius_km = 6371.0088, degree = M_PI / 180;
    double dlat = sin((b.lat - a.lat) * degree / 2), dlon = sin((b.lon - a.lon) * degree / 2);
    double h = dlat * dlat + cos(a.lat * degree) * cos(b.lat * degree) * dlon * dlon;
    return 2 * radius_km * asin(sqrt(h < 1 ? h : 1));
}

struct parts {
    int yes;
    int no;
    int unknown;
};

static void count_part(struct parts *p, bool known, bool good)
{
    p->unknown += !known;
    p->yes += known && good;
    p->no += known && !good;
}

static bool in_regions(const struct question *q, uint32_t region)
{
    const struct node_list *asked = &q->step->place.regions;
    for (size_t i = 0; i < asked->n; i++)
        if (tree_below(&q->vocab->regions, region, asked->v[i]))
            return true;
    return false;
}

static double place_s(const struct question *q, const struct place_point *site)
{
    bool same_district = q->district != NODE_NONE && site->region != NODE_NONE && q->district == site->region;
    if (!q->has_point)
        return 1;
    if (!site->has_coordinates)
        return same_district ? 0.95 : 0.3;
    double s = 0.3 + 0.7 * exp(-coordinates_km(q->point, site->at) / 100);
    return same_district && s < 0.95 ? 0.95 : s;
}

struct finding verdict_place(const struct question *q, const struct capability *cap)
{
    const struct place_point *site = &cap->site->place;
    const struct asked_place *asked = &q->step->place;
    struct parts parts = {0};
    struct opt_real margin = {0, false};
    if (asked->regions.n)
        count_part(&parts, site->region != NODE_NONE, site->region != NODE_NONE && in_regions(q, site->region));
    if (asked->max_km.has) {
        double km = site->has_coordinates ? coordinates_km(q->point, site->at) : 0;
        count_part(&parts, site->has_coordinates, km <= asked->max_km.v);
        if (site->has_coordinates)
            margin = opt_real((asked->max_km.v - km) / asked->max_km.v);
    }
    if (!asked->regions.n && !asked->max_km.has)
        count_part(&parts, site->has_coordinates, true);
    if (!parts.yes)
        return parts.unknown ? finding_unknown(0.3) : (struct finding){VERDICT_NO, 0, margin};
    return (struct finding){VERDICT_YES, place_s(q, site), margin};
}
