#include "feature/need/step_link.h"

#include "match/criterion.h"

/* The name by which the form finds the node again: the page's, the other language's, or the code. */
static struct str name_of(struct req *q, const struct lookup *lookup, uint32_t node)
{
    const struct tree *t = lookup->tree;
    struct str names[] = {tree_name(t, node, q->korean), tree_name(t, node, !q->korean)};
    for (size_t i = 0; i < 2; i++) {
        struct lookup_hit hit;
        if (names[i].n && str_find(names[i], STR(",")) < 0 && lookup_exact(lookup, q->arena, names[i], &hit) &&
            hit.node == node)
            return names[i];
    }
    return t->v[node].code;
}

static struct str joined(struct req *q, struct str list, struct str name)
{
    return list.n ? arena_printf(q->arena, STR_FMT ", " STR_FMT, STR_ARG(list), STR_ARG(name)) : name;
}

static void add(struct query *u, const char *name, struct str value)
{
    if (value.n)
        query_str(u, name, value);
}

static void add_real(struct req *q, struct query *u, const char *name, struct opt_real x)
{
    if (x.has)
        query_str(u, name, arena_printf(q->arena, "%.10g", x.v));
}

static void add_shape(struct req *q, const struct need_step *s, struct query *u)
{
    const double *v = s->part_mm.v;
    if (s->part_mm.n)
        query_str(u, "size",
                  s->part_mm.n == 2 ? arena_printf(q->arena, "%.10g×%.10g", v[0], v[1])
                                    : arena_printf(q->arena, "%.10g×%.10g×%.10g", v[0], v[1], v[2]));
    add_real(q, u, "mass_kg", s->mass_kg);
    if (s->tolerance.kind != TOLERANCE_NONE)
        query_str(u, "tolerance",
                  arena_printf(q->arena, s->tolerance.kind == TOLERANCE_IT ? "IT%.0f" : "±%.10g", s->tolerance.value));
    add_real(q, u, "ra_um", s->ra_um);
    if (!s->hardness.has)
        return;
    query_str(u, "hardness_scale", str_c(vocab_hardness_name(s->hardness.scale)));
    add_real(q, u, "hardness_min", s->hardness.min);
    add_real(q, u, "hardness_max", s->hardness.max);
}

static void add_certificates(struct req *q, const struct need_step *s, struct query *u)
{
    struct str names = STR("");
    for (size_t i = 0; i < s->certificates.n; i++)
        names = joined(q, names, name_of(q, &q->app->words->certificates, s->certificates.v[i].certificate));
    add(u, "certificates", names);
}

/* What the text only wished for is a wish in the form too. */
static void add_wishes(struct req *q, const struct need_step *s, struct query *u)
{
    for (size_t i = 0; i < s->certificates.n; i++)
        if (s->certificates.v[i].level == NEED_PREFER)
            query_str(u, "wished",
                      arena_printf(q->arena, "certificate:" STR_FMT,
                                   STR_ARG(q->app->vocab->certificates.v[s->certificates.v[i].certificate].code)));
    for (int kind = 0; kind < CRITERION_COUNT; kind++)
        if (s->level_given[kind] && s->level[kind] == NEED_PREFER &&
            criterion_default((enum criterion_kind)kind) == NEED_MUST)
            query_str(u, "wished", str_c(criterion_word((enum criterion_kind)kind)));
}

struct url step_link(struct req *q, const struct need *need, size_t step)
{
    const struct need_step *s = &need->steps.v[step];
    struct str materials = STR("");
    struct query u;
    query_init(&u, q->arena, STR("/"));
    add(&u, "process", name_of(q, &q->app->words->processes, s->process));
    for (size_t i = 0; i < s->materials.n; i++)
        materials = joined(q, materials, name_of(q, &q->app->words->materials, s->materials.v[i]));
    add(&u, "materials", materials);
    add_shape(q, s, &u);
    if (s->quantity.has)
        query_str(&u, "quantity", arena_printf(q->arena, "%lld", (long long)s->quantity.v));
    if (need->due.has)
        query_str(&u, "due", day_iso(q->arena, need->due.v));
    add_certificates(q, s, &u);
    if (need->deliver_to.region != NODE_NONE)
        add(&u, "deliver_to", name_of(q, &q->app->words->regions, need->deliver_to.region));
    add_real(q, &u, "max_km", s->place.max_km);
    add_wishes(q, s, &u);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}
