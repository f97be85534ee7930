/* What to set a criterion to so that the nearest refused row comes back. */
#include "match/answer_json.h"

#include <math.h>

static struct relax_limit number(double v)
{
    return (struct relax_limit){.kind = LIMIT_NUMBER, .number = v};
}

static struct relax_limit broken_end(double asked_low, double asked_high, const struct range *offered)
{
    if (offered->max.has && asked_high > offered->max.v)
        return number(offered->max.v);
    if (offered->min.has && asked_low < offered->min.v)
        return number(offered->min.v);
    return (struct relax_limit){.kind = LIMIT_NONE};
}

static struct relax_limit hardness_limit(const struct question *q, const struct hardness *offered)
{
    const struct hardness *asked = &q->step->hardness;
    struct opt_real low = asked->min.has ? asked->min : asked->max;
    struct opt_real low_there = vocab_hardness(q->vocab, asked->scale, offered->scale, low.v);
    bool too_soft = offered->max.has && low_there.has && offered->max.v < low_there.v;
    return number(too_soft ? offered->max.v : offered->min.v);
}

/* The bound whose margin is the smallest: batch, or what the free capacity carries by the due date. */
static struct relax_limit quantity_limit(const struct question *q, const struct capability *cap)
{
    const struct need_step *s = q->step;
    double pieces = (double)s->quantity.v, days = (double)q->days_left;
    double share = s->per_month ? 1 : days / 30;
    bool counts = s->per_month || (q->has_due && q->days_left >= 0);
    double least = INFINITY, limit = 0;
    double candidates[4] = {NAN, NAN, NAN, NAN};
    if (!s->per_month && cap->batch.min.has && pieces < (double)cap->batch.min.v)
        return number((double)cap->batch.min.v);
    if (!s->per_month && cap->batch.max.has)
        candidates[0] = (double)cap->batch.max.v;
    if (counts && cap->free_per_month.has)
        candidates[1] = cap->free_per_month.v * share;
    if (counts && cap->free_kg_per_month.has && s->mass_kg.has)
        candidates[2] = cap->free_kg_per_month.v * share / s->mass_kg.v;
    for (int i = 0; i < 3; i++) {
        if (candidates[i] < least) {
            least = candidates[i];
            limit = candidates[i];
        }
    }
    return number(limit);
}

static struct relax_limit place_limit(const struct question *q, const struct capability *cap)
{
    if (!q->step->place.max_km.has || !cap->site->place.has_coordinates)
        return (struct relax_limit){.kind = LIMIT_NONE};
    return number(ceil(coordinates_km(q->point, cap->site->place.at)));
}

struct relax_limit relaxation_limit(const struct step_answer *answer, const struct relaxation *r)
{
    const struct question *q = &answer->question;
    const struct need_step *s = q->step;
    const struct capability *cap = r->nearest;
    if (r->is_process)
        return (struct relax_limit){.kind = LIMIT_PROCESS, .process = q->vocab->processes.v[r->parent].code};
    if (!r->margin.has)
        return (struct relax_limit){.kind = LIMIT_NONE};
    switch (s->criteria.v[r->criterion].kind) {
    case CRITERION_ENVELOPE:
        return (struct relax_limit){.kind = LIMIT_SIZE, .size = &cap->size_mm};
    case CRITERION_MASS:
        return broken_end(s->mass_kg.v, s->mass_kg.v, &cap->mass_kg);
    case CRITERION_THICKNESS:
        return broken_end(s->thickness_mm.v, s->thickness_mm.v, &cap->thickness_mm);
    case CRITERION_LAYER:
        return broken_end(s->layer_um.min.has ? s->layer_um.min.v : s->layer_um.max.v,
                          s->layer_um.max.has ? s->layer_um.max.v : s->layer_um.min.v, &cap->layer_um);
    case CRITERION_FORCE:
        return number(cap->force_t_max.v);
    case CRITERION_TOLERANCE:
        return (struct relax_limit){.kind = LIMIT_TOLERANCE, .tolerance = &cap->tolerance};
    case CRITERION_ROUGHNESS:
        return number(cap->ra_um.v);
    case CRITERION_HARDNESS:
        return hardness_limit(q, &cap->hardness);
    case CRITERION_QUANTITY:
        return quantity_limit(q, cap);
    case CRITERION_DUE:
        return number((double)cap->lead_days.v);
    case CRITERION_PLACE:
        return place_limit(q, cap);
    default:
        return (struct relax_limit){.kind = LIMIT_NONE};
    }
}
