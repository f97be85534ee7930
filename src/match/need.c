/* Decides which criteria a step has, at which level and weight (doc/matching.md, "Criteria" and "Score"). */
#include "match/need.h"

#include "base/utf8.h"

struct planner {
    struct arena *arena;
    const struct vocab *vocab;
    const struct need *need;
    struct need_step *step;
};

bool need_deliver_point(const struct vocab *v, const struct need *need, struct coordinates *at)
{
    const struct place_point *p = &need->deliver_to;
    if (!p->has_coordinates && p->region == NODE_NONE)
        return false;
    *at = p->has_coordinates ? p->at : v->centroid[p->region];
    return true;
}

static bool has_deliver_to(const struct need *need)
{
    return need->deliver_to.has_coordinates || need->deliver_to.region != NODE_NONE;
}

static bool place_limits(const struct need_step *step)
{
    return step->place.regions.n || step->place.max_km.has;
}

/* Whether anything was asked about this criterion (those that stand once a step). */
static bool is_stated(const struct planner *p, enum criterion_kind kind)
{
    const struct need_step *s = p->step;
    switch (kind) {
    case CRITERION_MATERIAL:
        return s->materials.n != 0;
    case CRITERION_ENVELOPE:
        return s->part_mm.n != 0;
    case CRITERION_MASS:
        return s->mass_kg.has;
    case CRITERION_THICKNESS:
        return s->thickness_mm.has;
    case CRITERION_LAYER:
        return s->layer_um.min.has || s->layer_um.max.has;
    case CRITERION_FORCE:
        return s->force_t.has;
    case CRITERION_TOLERANCE:
        return s->tolerance.kind != TOLERANCE_NONE;
    case CRITERION_ROUGHNESS:
        return s->ra_um.has;
    case CRITERION_HARDNESS:
        return s->hardness.has;
    case CRITERION_QUANTITY:
        return s->quantity.has;
    case CRITERION_DUE:
        return p->need->due.has;
    case CRITERION_PLACE:
        return place_limits(s) || has_deliver_to(p->need);
    case CRITERION_WORDS:
        return s->folded_words.n != 0;
    default:
        return true;
    }
}

static enum need_level level_of(const struct planner *p, enum criterion_kind kind)
{
    if (p->step->level_given[kind])
        return p->step->level[kind];
    if (kind == CRITERION_PLACE)
        return place_limits(p->step) ? NEED_MUST : NEED_PREFER;
    return criterion_default(kind);
}

static struct criterion *add(struct planner *p, enum criterion_kind kind, enum need_level level)
{
    if (level == NEED_OFF)
        return NULL;
    struct criterion *c = VEC_ADD(p->arena, &p->step->criteria);
    *c = (struct criterion){.kind = kind, .level = level, .node = NODE_NONE};
    return c;
}

static void add_certificates(struct planner *p)
{
    const struct asked_certificates *asked = &p->step->certificates;
    for (size_t i = 0; i < asked->n; i++) {
        enum need_level strongest = asked->v[i].level;
        bool seen = false;
        for (size_t j = 0; j < asked->n; j++) {
            if (asked->v[j].certificate != asked->v[i].certificate)
                continue;
            seen |= j < i;
            if (asked->v[j].level > strongest)
                strongest = asked->v[j].level;
        }
        struct criterion *c = seen ? NULL : add(p, CRITERION_CERTIFICATE, strongest);
        if (c)
            c->node = asked->v[i].certificate;
    }
}

static void add_names(struct planner *p, enum criterion_kind kind, const struct str_list *names)
{
    size_t from = p->step->criteria.n;
    for (size_t i = 0; i < names->n; i++) {
        struct str folded = utf8_fold_tight(p->arena, names->v[i]);
        bool seen = false;
        for (size_t j = from; j < p->step->criteria.n; j++)
            seen |= str_eq(p->step->criteria.v[j].folded, folded);
        struct criterion *c = seen ? NULL : add(p, kind, level_of(p, kind));
        if (c) {
            c->text = names->v[i];
            c->folded = folded;
        }
    }
}

static void add_industries(struct planner *p)
{
    size_t from = p->step->criteria.n;
    for (size_t i = 0; i < p->need->industries.n; i++) {
        uint32_t node = p->need->industries.v[i];
        bool seen = false;
        for (size_t j = from; j < p->step->criteria.n; j++)
            seen |= p->step->criteria.v[j].node == node;
        struct criterion *c = seen ? NULL : add(p, CRITERION_INDUSTRY, level_of(p, CRITERION_INDUSTRY));
        if (c)
            c->node = node;
    }
}

static void add_kind(struct planner *p, enum criterion_kind kind)
{
    switch (kind) {
    case CRITERION_CERTIFICATE:
        add_certificates(p);
        break;
    case CRITERION_STANDARD:
        add_names(p, kind, &p->step->standards);
        break;
    case CRITERION_TAG:
        add_names(p, kind, &p->step->tags);
        break;
    case CRITERION_INDUSTRY:
        add_industries(p);
        break;
    default:
        if (is_stated(p, kind))
            add(p, kind, level_of(p, kind));
    }
}

static double row_weight(const struct planner *p, enum score_row row)
{
    if (p->step->weight[row].has)
        return p->step->weight[row].v;
    const struct tree *t = &p->vocab->processes;
    bool remote =
        tree_below(t, p->step->process, p->vocab->software) || tree_below(t, p->step->process, p->vocab->engineering);
    if (row == ROW_PLACE && remote && level_of(p, CRITERION_PLACE) != NEED_MUST)
        return PLACE_WEIGHT_REMOTE;
    return score_row_weight(row);
}

static void set_weights(struct planner *p)
{
    struct criterion_list *list = &p->step->criteria;
    size_t sharers[SCORE_ROW_COUNT] = {0};
    for (size_t i = 0; i < list->n; i++)
        sharers[criterion_row(list->v[i].kind)]++;
    p->step->weight_sum = 0;
    for (size_t i = 0; i < list->n; i++) {
        enum score_row row = criterion_row(list->v[i].kind);
        list->v[i].weight = row_weight(p, row) / (double)sharers[row];
        p->step->weight_sum += list->v[i].weight;
    }
}

void need_plan(struct arena *a, const struct vocab *v, struct need *need)
{
    for (size_t i = 0; i < need->steps.n; i++) {
        struct planner p = {a, v, need, &need->steps.v[i]};
        p.step->criteria = (struct criterion_list){NULL, 0, 0};
        for (int kind = 0; kind < CRITERION_COUNT; kind++)
            add_kind(&p, (enum criterion_kind)kind);
        set_weights(&p);
    }
}
