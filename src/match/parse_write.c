/* The need as JSON, and a span for each fact. */
#include <inttypes.h>
#include <stdlib.h>

#include "match/parse_steps.h"

static bool is_of(const struct fact *f, enum fact_kind kind, size_t step)
{
    return f->kind == kind && !f->negated && (f->step == STEP_ALL || f->step == (int)step);
}

/* The fact of a step: one of its own before one that is for all; the first of several. */
static const struct fact *fact_of(const struct parser *p, enum fact_kind kind, size_t step)
{
    const struct fact *found = NULL;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (is_of(f, kind, step) && (!found || (found->step == STEP_ALL && f->step != STEP_ALL)))
            found = f;
    }
    return found;
}

static const struct fact *first_of(const struct parser *p, enum fact_kind kind)
{
    return fact_of(p, kind, NEED_STEPS_MAX);
}

/* By node: how often the kind's facts name a node before it in the tree. */
static uint32_t *named_before(const struct parser *p, enum fact_kind kind, const struct tree *t)
{
    uint32_t *sum = ARENA_ARRAY(p->arena, t->n + 2, uint32_t);
    for (size_t k = 0; k < p->facts.n; k++)
        if (p->facts.v[k].kind == kind && !p->facts.v[k].negated)
            sum[p->facts.v[k].node + 1] = 1;
    for (size_t i = 1; i <= t->n; i++)
        sum[i] += sum[i - 1];
    return sum;
}

/* The nodes that facts of the kind name, each once, in the order of the text; a family (알루미늄) not beside what is
   narrower in it (A6061). */
static struct node_list named_nodes(const struct parser *p, enum fact_kind kind, const struct tree *t)
{
    struct node_list out = {NULL, 0, 0};
    uint32_t *sum = named_before(p, kind, t);
    bool *seen = ARENA_ARRAY(p->arena, t->n + 1, bool);
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (f->kind != kind || f->negated || seen[f->node] || sum[t->v[f->node].end] - sum[f->node + 1])
            continue;
        seen[f->node] = true;
        VEC_PUSH(p->arena, &out, f->node);
    }
    return out;
}

static void put_codes(struct json_out *j, const char *key, const struct node_list *nodes, const struct tree *t)
{
    if (!nodes->n)
        return;
    jout_key_arr(j, key);
    for (size_t i = 0; i < nodes->n; i++)
        jout_str(j, t->v[nodes->v[i]].code);
    jout_end(j);
}

/* What every step has alike. */
struct common {
    struct node_list materials;
    struct node_list certificates;
    bool *wished; /* beside certificates */
    struct node_list regions;
};

static void put_number(const struct parser *p, struct json_out *j, const char *key, enum fact_kind kind, size_t step)
{
    const struct fact *f = fact_of(p, kind, step);
    if (f && kind == FACT_QUANTITY)
        jout_key_int(j, key, (int64_t)f->number[0]);
    else if (f)
        jout_key_real(j, key, f->number[0]);
}

static void put_size(const struct parser *p, struct json_out *j, size_t step)
{
    const struct fact *f = fact_of(p, FACT_SIZE, step);
    if (!f)
        return;
    jout_key_arr(j, "part_mm");
    for (unsigned i = 0; i < f->n; i++)
        jout_real(j, f->number[i]);
    jout_end(j);
}

static void put_precision(const struct parser *p, struct json_out *j, size_t step)
{
    const struct fact *f = fact_of(p, FACT_TOLERANCE, step);
    if (f) {
        jout_key_obj(j, "tolerance");
        if (f->tolerance.kind == TOLERANCE_IT)
            jout_key_int(j, "it", (int64_t)f->tolerance.value);
        else
            jout_key_real(j, "mm", f->tolerance.value);
        jout_end(j);
    }
    put_number(p, j, "ra_um", FACT_ROUGHNESS, step);
    f = fact_of(p, FACT_HARDNESS, step);
    if (!f)
        return;
    jout_key_obj(j, "hardness");
    jout_key_str(j, "scale", str_c(vocab_hardness_name(f->hardness.scale)));
    if (f->hardness.min.has)
        jout_key_real(j, "min", f->hardness.min.v);
    if (f->hardness.max.has)
        jout_key_real(j, "max", f->hardness.max.v);
    jout_end(j);
}

/* A wish counts when it is one everywhere. */
static bool is_wished(const struct parser *p, uint32_t certificate)
{
    for (size_t k = 0; k < p->facts.n; k++)
        if (p->facts.v[k].kind == FACT_CERTIFICATE && p->facts.v[k].node == certificate && !p->facts.v[k].prefer)
            return false;
    return true;
}

static void put_certificates(const struct parser *p, struct json_out *j, const struct common *c)
{
    const struct tree *t = &p->words->vocab->certificates;
    if (!c->certificates.n)
        return;
    jout_key_arr(j, "certificates");
    for (size_t i = 0; i < c->certificates.n; i++) {
        jout_obj(j);
        jout_key_str(j, "code", t->v[c->certificates.v[i]].code);
        jout_key_str(j, "need", c->wished[i] ? STR("prefer") : STR("must"));
        jout_end(j);
    }
    jout_end(j);
}

static void put_standards(const struct parser *p, struct json_out *j)
{
    bool any = false;
    for (size_t k = 0; k < p->facts.n; k++) {
        if (p->facts.v[k].kind != FACT_STANDARD)
            continue;
        if (!any)
            jout_key_arr(j, "standards");
        any = true;
        jout_str(j, p->facts.v[k].text);
    }
    if (any)
        jout_end(j);
}

/* The narrowest place that lies in the first one named. */
static const struct fact *delivery(const struct parser *p)
{
    const struct tree *t = &p->words->vocab->regions;
    const struct fact *found = NULL;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (f->kind == FACT_REGION && (!found || tree_below(t, f->node, found->node)))
            found = f;
    }
    return found;
}

/* A distance is from the place of delivery: without one it stays a span. */
static void put_place(const struct parser *p, struct json_out *j, const struct common *c)
{
    const struct fact *km = delivery(p) ? first_of(p, FACT_MAX_KM) : NULL;
    if (!km && !c->regions.n)
        return;
    jout_key_obj(j, "place");
    put_codes(j, "regions", &c->regions, &p->words->vocab->regions);
    if (km)
        jout_key_real(j, "max_km", km->number[0]);
    jout_end(j);
}

struct step_at {
    uint32_t node;
    size_t step;
};

static void put_step(const struct parser *p, struct json_out *j, const struct common *c, struct step_at at)
{
    const struct vocab *v = p->words->vocab;
    size_t step = at.step;
    const struct fact *quantity = fact_of(p, FACT_QUANTITY, step);
    jout_obj(j);
    jout_key_str(j, "process", v->processes.v[at.node].code);
    put_codes(j, "materials", &c->materials, &v->materials);
    put_size(p, j, step);
    put_number(p, j, "mass_kg", FACT_MASS, step);
    put_number(p, j, "thickness_mm", FACT_THICKNESS, step);
    if (fact_of(p, FACT_LAYER, step) && fact_of(p, FACT_LAYER, step)->step == (int)step)
        put_number(p, j, "layer_um", FACT_LAYER, step);
    put_precision(p, j, step);
    put_number(p, j, "quantity", FACT_QUANTITY, step);
    if (quantity)
        jout_key_str(j, "quantity_per", quantity->per_month ? STR("month") : STR("order"));
    put_certificates(p, j, c);
    put_standards(p, j);
    put_place(p, j, c);
    jout_end(j);
}

static struct common common_of(const struct parser *p)
{
    const struct vocab *v = p->words->vocab;
    struct common c = {.materials = named_nodes(p, FACT_MATERIAL, &v->materials),
                       .certificates = named_nodes(p, FACT_CERTIFICATE, &v->certificates),
                       .regions = named_nodes(p, FACT_FIRMS_REGION, &v->regions)};
    c.wished = ARENA_ARRAY(p->arena, c.certificates.n, bool);
    for (size_t i = 0; i < c.certificates.n; i++)
        c.wished[i] = is_wished(p, c.certificates.v[i]);
    return c;
}

static void put_need(struct parser *p, struct json_out *j, const struct parsed_steps *s)
{
    const struct fact *due = s->n ? first_of(p, FACT_DUE) : NULL, *to = s->n ? delivery(p) : NULL;
    jout_obj(j);
    const struct tree *industries = &p->words->vocab->industries;
    struct node_list named = named_nodes(p, FACT_INDUSTRY, industries);
    struct common c = common_of(p);
    if (s->n)
        put_codes(j, "industry", &named, industries);
    if (due)
        jout_key_str(j, "due", day_iso(p->arena, due->day));
    if (to) {
        jout_key_obj(j, "deliver_to");
        jout_key_str(j, "region", p->words->vocab->regions.v[to->node].code);
        jout_end(j);
    }
    jout_key_arr(j, "steps");
    for (size_t i = 0; i < s->n; i++)
        put_step(p, j, &c, (struct step_at){s->v[i].node, i});
    jout_end(j);
    jout_end(j);
}

static const char *const fields[FACT_KINDS] = {
    [FACT_PROCESS] = "process",
    [FACT_MATERIAL] = "materials",
    [FACT_CERTIFICATE] = "certificates",
    [FACT_INDUSTRY] = "industry",
    [FACT_REGION] = "deliver_to",
    [FACT_FIRMS_REGION] = "place.regions",
    [FACT_MAX_KM] = "place.max_km",
    [FACT_SIZE] = "part_mm",
    [FACT_MASS] = "mass_kg",
    [FACT_THICKNESS] = "thickness_mm",
    [FACT_LAYER] = "layer_um",
    [FACT_TOLERANCE] = "tolerance",
    [FACT_ROUGHNESS] = "ra_um",
    [FACT_HARDNESS] = "hardness",
    [FACT_QUANTITY] = "quantity",
    [FACT_DUE] = "due",
    [FACT_MONEY] = "money_won",
    [FACT_STANDARD] = "standards",
    [FACT_OTHER] = "other",
};

static const struct tree *tree_of(const struct vocab *v, enum fact_kind kind)
{
    switch (kind) {
    case FACT_PROCESS:
        return &v->processes;
    case FACT_MATERIAL:
        return &v->materials;
    case FACT_CERTIFICATE:
        return &v->certificates;
    case FACT_INDUSTRY:
        return &v->industries;
    case FACT_REGION:
    case FACT_FIRMS_REGION:
        return &v->regions;
    default:
        return NULL;
    }
}

static struct str hardness_text(struct arena *a, const struct hardness *h)
{
    char min[32] = "", max[32] = "";
    if (h->min.has)
        json_real_text(h->min.v, min);
    if (h->max.has)
        json_real_text(h->max.v, max);
    return arena_printf(a, "%s %s..%s", vocab_hardness_name(h->scale), min, max);
}

static struct str numbers_text(struct arena *a, const struct fact *f)
{
    struct str out = STR("");
    for (unsigned i = 0; i < f->n || i == 0; i++) {
        char text[32];
        json_real_text(f->number[i], text);
        out = arena_printf(a, STR_FMT "%s%s", STR_ARG(out), i ? "x" : "", text);
    }
    return out;
}

static struct str value_of(struct parser *p, const struct fact *f)
{
    const struct tree *t = tree_of(p->words->vocab, f->kind);
    char text[32];
    if (t)
        return t->v[f->node].code;
    switch (f->kind) {
    case FACT_DUE:
        return day_iso(p->arena, f->day);
    case FACT_STANDARD:
        return f->text;
    case FACT_HARDNESS:
        return hardness_text(p->arena, &f->hardness);
    case FACT_TOLERANCE:
        json_real_text(f->tolerance.value, text);
        return arena_printf(p->arena, f->tolerance.kind == TOLERANCE_IT ? "IT%s" : "%s", text);
    case FACT_OTHER:
        return str_n(p->text.p + f->from, f->to - f->from);
    default:
        return numbers_text(p->arena, f);
    }
}

static void put_spans(struct parser *p)
{
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        struct parse_span span = {f->from,
                                  f->to,
                                  f->step >= 0 ? (size_t)f->step + 1 : 0,
                                  f->negated ? "excluded" : fields[f->kind],
                                  value_of(p, f),
                                  f->certainty};
        VEC_PUSH(p->arena, &p->out->spans, span);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

void write_need(struct parser *p)
{
    struct parsed_steps steps;
    struct buf text;
    struct json_out j;
    if (p->facts.n)
        qsort(p->facts.v, p->facts.n, sizeof *p->facts.v, by_place);
    parse_steps(p, &steps);
    parse_scopes(p, &steps);
    buf_init(&text, PARSE_TEXT_MAX * 4);
    jout_init(&j, &text);
    put_need(p, &j, &steps);
    p->out->need = arena_str(p->arena, buf_str(&text));
    buf_release(&text);
    put_spans(p);
}
