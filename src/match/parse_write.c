/* The need as JSON, and a span for each fact. */
#include <inttypes.h>

#include "match/parse_steps.h"

/* The first fact of each kind: of every step in the last column, of one step in that step's. */
struct first_facts {
    const struct fact *of[FACT_KINDS][NEED_STEPS_MAX + 1];
};

static void note_first(const struct parser *p, struct first_facts *first)
{
    *first = (struct first_facts){0};
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        if (f->negated || f->step == STEP_NONE)
            continue;
        const struct fact **slot = &first->of[f->kind][f->step == STEP_ALL ? NEED_STEPS_MAX : f->step];
        *slot = *slot ? *slot : f;
    }
}

/* The fact of a step: one of its own before one that is for all. */
static const struct fact *fact_of(const struct first_facts *first, enum fact_kind kind, size_t step)
{
    const struct fact *own = first->of[kind][step];
    return own ? own : first->of[kind][NEED_STEPS_MAX];
}

static const struct fact *first_of(const struct first_facts *first, enum fact_kind kind)
{
    return first->of[kind][NEED_STEPS_MAX];
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

/* What the steps are written from. */
struct common {
    struct first_facts first;
    struct node_list materials;
    struct node_list certificates;
    bool *must; /* by certificate */
    struct node_list regions;
    const struct fact *to; /* the place of delivery */
};

static void put_number(struct json_out *j, const char *key, const struct fact *f)
{
    if (f && f->kind == FACT_QUANTITY)
        jout_key_int(j, key, (int64_t)f->number[0]);
    else if (f)
        jout_key_real(j, key, f->number[0]);
}

static void put_size(struct json_out *j, const struct fact *f)
{
    if (!f)
        return;
    jout_key_arr(j, "part_mm");
    for (unsigned i = 0; i < f->n; i++)
        jout_real(j, f->number[i]);
    jout_end(j);
}

static void put_precision(struct json_out *j, const struct first_facts *first, size_t step)
{
    const struct fact *f = fact_of(first, FACT_TOLERANCE, step);
    if (f) {
        jout_key_obj(j, "tolerance");
        if (f->tolerance.kind == TOLERANCE_IT)
            jout_key_int(j, "it", (int64_t)f->tolerance.value);
        else
            jout_key_real(j, "mm", f->tolerance.value);
        jout_end(j);
    }
    put_number(j, "ra_um", fact_of(first, FACT_ROUGHNESS, step));
    f = fact_of(first, FACT_HARDNESS, step);
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

/* A wish counts when it is one everywhere: by certificate, whether it is a must anywhere. */
static bool *musts(const struct parser *p)
{
    bool *must = ARENA_ARRAY(p->arena, p->words->vocab->certificates.n, bool);
    for (size_t k = 0; k < p->facts.n; k++)
        if (p->facts.v[k].kind == FACT_CERTIFICATE && !p->facts.v[k].prefer)
            must[p->facts.v[k].node] = true;
    return must;
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
        jout_key_str(j, "need", c->must[c->certificates.v[i]] ? STR("must") : STR("prefer"));
        jout_end(j);
    }
    jout_end(j);
}

static struct str written(const struct parser *p, const struct fact *f)
{
    return str_n(p->text.p + f->from, f->to - f->from);
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
        jout_str(j, written(p, &p->facts.v[k]));
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
    const struct fact *km = c->to ? first_of(&c->first, FACT_MAX_KM) : NULL;
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
    const struct fact *quantity = fact_of(&c->first, FACT_QUANTITY, step);
    jout_obj(j);
    jout_key_str(j, "process", v->processes.v[at.node].code);
    put_codes(j, "materials", &c->materials, &v->materials);
    put_size(j, fact_of(&c->first, FACT_SIZE, step));
    put_number(j, "mass_kg", fact_of(&c->first, FACT_MASS, step));
    put_number(j, "thickness_mm", fact_of(&c->first, FACT_THICKNESS, step));
    put_number(j, "layer_um", c->first.of[FACT_LAYER][step]);
    put_precision(j, &c->first, step);
    put_number(j, "quantity", quantity);
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
                       .regions = named_nodes(p, FACT_FIRMS_REGION, &v->regions),
                       .must = musts(p)};
    note_first(p, &c.first);
    c.to = delivery(p);
    return c;
}

static void put_need(struct parser *p, struct json_out *j, const struct parsed_steps *s)
{
    const struct tree *industries = &p->words->vocab->industries;
    struct node_list named = named_nodes(p, FACT_INDUSTRY, industries);
    struct common c = common_of(p);
    const struct fact *due = s->n ? first_of(&c.first, FACT_DUE) : NULL;
    jout_obj(j);
    if (s->n)
        put_codes(j, "industry", &named, industries);
    if (due)
        jout_key_str(j, "due", day_iso(p->arena, due->day));
    if (s->n && c.to) {
        jout_key_obj(j, "deliver_to");
        jout_key_str(j, "region", p->words->vocab->regions.v[c.to->node].code);
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
    char text[3][32] = {"", "", ""};
    for (unsigned i = 0; i < f->n || i == 0; i++)
        json_real_text(f->number[i], text[i]);
    return f->n < 2   ? arena_str(a, str_c(text[0]))
           : f->n < 3 ? arena_printf(a, "%sx%s", text[0], text[1])
                      : arena_printf(a, "%sx%sx%s", text[0], text[1], text[2]);
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
    case FACT_HARDNESS:
        return hardness_text(p->arena, &f->hardness);
    case FACT_TOLERANCE:
        json_real_text(f->tolerance.value, text);
        return arena_printf(p->arena, f->tolerance.kind == TOLERANCE_IT ? "IT%s" : "%s", text);
    case FACT_STANDARD:
    case FACT_OTHER:
        return written(p, f);
    default:
        return numbers_text(p->arena, f);
    }
}

static void put_spans(struct parser *p)
{
    p->out->spans.v = ARENA_RAW(p->arena, p->facts.n, struct parse_span);
    p->out->spans.n = p->out->spans.cap = p->facts.n;
    for (size_t k = 0; k < p->facts.n; k++) {
        const struct fact *f = &p->facts.v[k];
        p->out->spans.v[k] = (struct parse_span){f->from,
                                                 f->to,
                                                 f->step >= 0 ? (size_t)f->step + 1 : 0,
                                                 f->negated ? "excluded" : fields[f->kind],
                                                 value_of(p, f),
                                                 f->certainty};
    }
}

void write_need(struct parser *p)
{
    struct parsed_steps steps;
    struct buf text;
    struct json_out j;
    parse_steps(p, &steps);
    parse_scopes(p, &steps);
    buf_init(&text, PARSE_TEXT_MAX * 4);
    jout_init(&j, &text);
    put_need(p, &j, &steps);
    p->out->need = arena_str(p->arena, buf_str(&text));
    buf_release(&text);
    put_spans(p);
}
