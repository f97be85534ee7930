/* Envelope, mass, thickness, layer and force: does it fit, and how much of the limit is used. */
#include "match/verdict_parts.h"

#include <math.h>

/* A part that fills the limit is a risk, one that is tiny for the machine a waste. */
static struct finding size_finding(const struct bounds *b)
{
    enum verdict verdict = bounds_verdict(b);
    if (verdict == VERDICT_UNKNOWN)
        return finding_unknown(0.4);
    double s = 0;
    if (verdict == VERDICT_YES) {
        double over = (b->use - 0.9) / 0.1;
        s = b->use < 0.02 ? 0.8 : 1 - 0.3 * (over > 0 ? over : 0);
    }
    return (struct finding){verdict, s, b->margin};
}

static void sort3(double v[3])
{
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2 - i; j++) {
            if (v[j] > v[j + 1]) {
                double t = v[j];
                v[j] = v[j + 1];
                v[j + 1] = t;
            }
        }
    }
}

static struct bounds box_in_box(const double part[3], const double limit[3])
{
    double p[3] = {part[0], part[1], part[2]}, l[3] = {limit[0], limit[1], limit[2]};
    struct bounds b = {0};
    sort3(p);
    sort3(l);
    for (int i = 0; i < 3; i++)
        bounds_upper(&b, p[i], opt_real(l[i]));
    return b;
}

/* The axis that lies along the cylinder is the one that uses least of it. */
static struct bounds box_in_cylinder(const double part[3], const double limit[2])
{
    struct bounds best = {0};
    for (int axis = 0; axis < 3; axis++) {
        struct bounds b = {0};
        bounds_upper(&b, part[axis], opt_real(limit[1]));
        bounds_upper(&b, hypot(part[(axis + 1) % 3], part[(axis + 2) % 3]), opt_real(limit[0]));
        if (axis == 0 || b.use < best.use)
            best = b;
    }
    return best;
}

static struct bounds cylinder_in_cylinder(const double part[2], const double limit[2])
{
    struct bounds b = {0};
    bounds_upper(&b, part[0], opt_real(limit[0]));
    bounds_upper(&b, part[1], opt_real(limit[1]));
    return b;
}

struct finding verdict_envelope(const struct question *q, const struct capability *cap)
{
    const struct size_mm *part = &q->step->part_mm, *limit = &cap->size_mm;
    if (!limit->n)
        return finding_unknown(0.4);
    struct bounds b;
    if (limit->n == 2) {
        b = part->n == 2 ? cylinder_in_cylinder(part->v, limit->v) : box_in_cylinder(part->v, limit->v);
    } else {
        double cylinder_as_box[3] = {part->v[0], part->v[0], part->v[1]};
        b = box_in_box(part->n == 2 ? cylinder_as_box : part->v, limit->v);
    }
    return size_finding(&b);
}

static struct finding within(double asked, struct opt_real min, struct opt_real max)
{
    struct bounds b = {0};
    bounds_lower(&b, asked, min);
    bounds_upper(&b, asked, max);
    return size_finding(&b);
}

struct finding verdict_mass(const struct question *q, const struct capability *cap)
{
    return within(q->step->mass_kg.v, cap->mass_kg.min, cap->mass_kg.max);
}

struct finding verdict_thickness(const struct question *q, const struct capability *cap)
{
    return within(q->step->thickness_mm.v, cap->thickness_mm.min, cap->thickness_mm.max);
}

struct finding verdict_layer(const struct question *q, const struct capability *cap)
{
    const struct range *asked = &q->step->layer_um;
    struct bounds b = {0};
    bounds_lower(&b, asked->min.has ? asked->min.v : asked->max.v, cap->layer_um.min);
    bounds_upper(&b, asked->max.has ? asked->max.v : asked->min.v, cap->layer_um.max);
    return size_finding(&b);
}

struct finding verdict_force(const struct question *q, const struct capability *cap)
{
    struct bounds b = {0};
    bounds_upper(&b, q->step->force_t.v, cap->force_t_max);
    return size_finding(&b);
}
