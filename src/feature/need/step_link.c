#include "feature/need/step_link.h"

#include "feature/need/wishes.h"
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

static void add(struct req *q, struct pair_list *to, const char *name, struct str value)
{
    if (value.n)
        VEC_PUSH(q->arena, to, ((struct pair){str_c(name), value}));
}

static void add_real(struct req *q, struct pair_list *to, const char *name, struct opt_real x)
{
    if (x.has)
        add(q, to, name, arena_printf(q->arena, "%.10g", x.v));
}

/* Names of nodes, commas between. */
static void add_names(struct req *q, struct pair_list *to, const char *name, const struct lookup *lookup,
                      const struct node_list *nodes)
{
    struct str names = STR("");
    for (size_t i = 0; i < nodes->n; i++)
        names = joined(q, names, name_of(q, lookup, nodes->v[i]));
    add(q, to, name, names);
}

static void add_shape(struct req *q, const struct need_step *s, struct pair_list *to)
{
    const double *v = s->part_mm.v;
    if (s->part_mm.n)
        add(q, to, "size",
            s->part_mm.n == 2 ? arena_printf(q->arena, "%.10g×%.10g", v[0], v[1])
                              : arena_printf(q->arena, "%.10g×%.10g×%.10g", v[0], v[1], v[2]));
    add_real(q, to, "mass_kg", s->mass_kg);
    add_real(q, to, "thickness_mm", s->thickness_mm);
    add_real(q, to, "layer_min", s->layer_um.min);
    add_real(q, to, "layer_max", s->layer_um.max);
    if (s->tolerance.kind != TOLERANCE_NONE)
        add(q, to, "tolerance",
            arena_printf(q->arena, s->tolerance.kind == TOLERANCE_IT ? "IT%.0f" : "±%.10g", s->tolerance.value));
    add_real(q, to, "ra_um", s->ra_um);
    if (!s->hardness.has)
        return;
    add(q, to, "hardness_scale", str_c(vocab_hardness_name(s->hardness.scale)));
    add_real(q, to, "hardness_min", s->hardness.min);
    add_real(q, to, "hardness_max", s->hardness.max);
}

static void add_certificates(struct req *q, const struct need_step *s, struct pair_list *to)
{
    struct str names = STR("");
    for (size_t i = 0; i < s->certificates.n; i++)
        names = joined(q, names, name_of(q, &q->app->words->certificates, s->certificates.v[i].certificate));
    add(q, to, "certificates", names);
}

static void add_standards(struct req *q, const struct need_step *s, struct pair_list *to)
{
    struct str texts = STR("");
    for (size_t i = 0; i < s->standards.n; i++)
        texts = joined(q, texts, s->standards.v[i]);
    add(q, to, "standards", texts);
}

/* What the text only wished for is a wish in the form too. */
static void add_wishes(struct req *q, const struct need_step *s, struct pair_list *to)
{
    for (size_t i = 0; i < s->certificates.n; i++)
        if (s->certificates.v[i].level == NEED_PREFER)
            add(q, to, "wished",
                arena_printf(q->arena, "certificate:" STR_FMT,
                             STR_ARG(q->app->vocab->certificates.v[s->certificates.v[i].certificate].code)));
    for (int kind = 0; kind < CRITERION_COUNT; kind++)
        if (s->level_given[kind] && s->level[kind] == NEED_PREFER &&
            criterion_default((enum criterion_kind)kind) == NEED_MUST)
            add(q, to, "wished", str_c(criterion_word((enum criterion_kind)kind)));
    for (int row = 0; row < SCORE_ROW_COUNT; row++)
        add_real(q, to, wishes_weight_name((enum score_row)row), s->weight[row]);
}

void step_pairs(struct req *q, const struct need *need, size_t step, struct pair_list *to)
{
    const struct need_step *s = &need->steps.v[step];
    const struct words *w = q->app->words;
    *to = (struct pair_list){.v = NULL};
    add(q, to, "process", name_of(q, &w->processes, s->process));
    add_names(q, to, "materials", &w->materials, &s->materials);
    add_shape(q, s, to);
    if (s->quantity.has)
        add(q, to, "quantity", arena_printf(q->arena, "%lld", (long long)s->quantity.v));
    if (need->due.has)
        add(q, to, "due", day_iso(q->arena, need->due.v));
    add_certificates(q, s, to);
    add_standards(q, s, to);
    add_names(q, to, "industry", &w->industries, &need->industries);
    if (need->deliver_to.region != NODE_NONE)
        add(q, to, "deliver_to", name_of(q, &w->regions, need->deliver_to.region));
    add_real(q, to, "max_km", s->place.max_km);
    add_names(q, to, "regions", &w->regions, &s->place.regions);
    add(q, to, "words", s->words);
    add_wishes(q, s, to);
}

struct url step_link(struct req *q, const struct need *need, size_t step)
{
    struct pair_list pairs;
    struct query u;
    query_init(&u, q->arena, STR("/"));
    step_pairs(q, need, step, &pairs);
    for (size_t i = 0; i < pairs.n; i++)
        query_str(&u, arena_c(q->arena, pairs.v[i].name), pairs.v[i].value);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}
