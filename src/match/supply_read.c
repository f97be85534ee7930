/* Reads one site object; every rule of doc/matching.md on fields, types and ranges is here or in field.c. */
#include "match/supply_read.h"

#include "match/field.h"
#include "match/supply_write.h"

static void read_force(const struct fields *f, struct capability *c)
{
    static const char *const known[] = {"max", NULL};
    const struct json *v = field_get(f, "force_t");
    struct fields inner;
    if (v && fields_open(&inner, f, v, field_path(f, "force_t."), known))
        field_real(&inner, "max", BOUND_POSITIVE, &c->force_t_max);
}

static void read_batch(const struct fields *f, struct capability *c)
{
    static const char *const known[] = {"min", "max", NULL};
    const struct json *v = field_get(f, "batch");
    struct fields inner;
    if (!v || !fields_open(&inner, f, v, field_path(f, "batch."), known))
        return;
    field_int(&inner, "min", 1, &c->batch.min);
    field_int(&inner, "max", 1, &c->batch.max);
    if (c->batch.min.has && c->batch.max.has && c->batch.min.v > c->batch.max.v)
        field_problem(f, "batch", PROBLEM_ORDER, STR(""));
}

static void read_price(const struct fields *f, struct capability *c)
{
    static const char *const known[] = {"setup_won", "per_piece_won", "per_kg_won", NULL};
    const struct json *v = field_get(f, "price");
    struct fields inner;
    if (!v || !fields_open(&inner, f, v, field_path(f, "price."), known))
        return;
    field_real(&inner, "setup_won", BOUND_NOT_NEGATIVE, &c->price.setup_won);
    field_real(&inner, "per_piece_won", BOUND_NOT_NEGATIVE, &c->price.per_piece_won);
    field_real(&inner, "per_kg_won", BOUND_NOT_NEGATIVE, &c->price.per_kg_won);
}

static void read_limits(const struct fields *f, struct capability *c)
{
    field_codes(f, "materials", &f->vocab->materials, &c->materials);
    field_size(f, "size_mm", &c->size_mm);
    field_range(f, "mass_kg", &c->mass_kg);
    field_range(f, "thickness_mm", &c->thickness_mm);
    field_range(f, "layer_um", &c->layer_um);
    read_force(f, c);
    field_tolerance(f, "tolerance", &c->tolerance);
    field_real(f, "ra_um", BOUND_POSITIVE, &c->ra_um);
    field_hardness(f, "hardness", false, &c->hardness);
}

static void read_terms(const struct fields *f, struct capability *c)
{
    read_batch(f, c);
    field_real(f, "free_per_month", BOUND_NOT_NEGATIVE, &c->free_per_month);
    field_real(f, "free_kg_per_month", BOUND_NOT_NEGATIVE, &c->free_kg_per_month);
    field_int(f, "lead_days", 0, &c->lead_days);
    read_price(f, c);
    field_real(f, "energy_kwh_per_kg", BOUND_NOT_NEGATIVE, &c->energy_kwh_per_kg);
    field_texts(f, "standards", &c->standards);
    field_texts(f, "tags", &c->tags);
    field_codes(f, "industries", &f->vocab->industries, &c->industries);
    struct str evidence = STR("");
    field_text(f, "evidence", &evidence);
    c->evidence_given = evidence.n != 0;
    if (evidence.n && !evidence_by_word(evidence, &c->evidence))
        field_problem(f, "evidence", PROBLEM_CODE, evidence);
    field_text(f, "text", &c->text);
}

static void read_capability(const struct fields *site, const struct json *value, size_t i, struct capability *c)
{
    static const char *const known[] = {"ref",
                                        "process",
                                        "materials",
                                        "size_mm",
                                        "mass_kg",
                                        "thickness_mm",
                                        "layer_um",
                                        "force_t",
                                        "tolerance",
                                        "ra_um",
                                        "hardness",
                                        "batch",
                                        "free_per_month",
                                        "price",
                                        "lead_days",
                                        "standards",
                                        "tags",
                                        "free_kg_per_month",
                                        "evidence",
                                        "text",
                                        "industries",
                                        "energy_kwh_per_kg",
                                        NULL};
    struct fields f;
    if (!fields_open(&f, site, value, arena_printf(site->arena, "capabilities[%zu].", i), known))
        return;
    field_ref(&f, "ref", &c->ref);
    if (!field_get(&f, "process"))
        field_problem(&f, "process", PROBLEM_MISSING, STR(""));
    field_code(&f, "process", &f.vocab->processes, &c->process);
    read_limits(&f, c);
    read_terms(&f, c);
}

static void read_capabilities(const struct fields *top, struct site *out)
{
    const struct json *v = field_get(top, "capabilities");
    if (v && v->kind != JSON_IS_ARR) {
        field_problem(top, "capabilities", PROBLEM_TYPE, STR("[{…}]"));
        return;
    }
    for (size_t i = 0; v && i < v->n; i++)
        read_capability(top, &v->items[i], i, VEC_ADD(top->arena, &out->capabilities));
}

static void read_certificates(const struct fields *top, struct site *out)
{
    static const char *const known[] = {"code", "until", NULL};
    const struct json *v = json_get(top->object, STR("certificates"));
    if (!v || v->kind == JSON_IS_NULL)
        return;
    if (v->kind != JSON_IS_ARR) {
        field_problem(top, "certificates", PROBLEM_TYPE, STR("[{…}]"));
        return;
    }
    out->certificates.known = true;
    for (size_t i = 0; i < v->n; i++) {
        struct fields f;
        struct held_certificate *held = VEC_ADD(top->arena, &out->certificates);
        if (!fields_open(&f, top, &v->items[i], arena_printf(top->arena, "certificates[%zu].", i), known))
            continue;
        if (!field_get(&f, "code"))
            field_problem(&f, "code", PROBLEM_MISSING, STR(""));
        field_code(&f, "code", &f.vocab->certificates, &held->certificate);
        field_day(&f, "until", &held->until);
    }
}

static void read_organisation(const struct fields *top, struct site *out)
{
    static const char *const known[] = {"reg_no", "name", "name_en", "kind", "homepage", NULL};
    const struct json *v = field_get(top, "org");
    struct fields f;
    if (!v)
        field_problem(top, "org", PROBLEM_MISSING, STR(""));
    if (!v || !fields_open(&f, top, v, STR("org."), known))
        return;
    field_text(&f, "reg_no", &out->org.reg_no);
    field_text_required(&f, "name", &out->org.name);
    field_text(&f, "name_en", &out->org.name_en);
    field_text(&f, "kind", &out->org.kind);
    field_text(&f, "homepage", &out->org.homepage);
}

static void read_place(const struct fields *top, struct site *out)
{
    static const char *const known[] = {"ref", "name", "address", "region", "lat", "lon", NULL};
    const struct json *v = field_get(top, "site");
    struct fields f;
    if (!v)
        field_problem(top, "site", PROBLEM_MISSING, STR(""));
    if (!v || !fields_open(&f, top, v, STR("site."), known))
        return;
    field_ref(&f, "ref", &out->ref);
    field_text_required(&f, "name", &out->name);
    field_text(&f, "address", &out->address);
    field_place(&f, &out->place);
}

enum status supply_read_site(struct arena *a, const struct vocab *v, const struct json *value, struct site *out,
                             struct problem_list *problems)
{
    static const char *const known[] = {"org", "site", "certificates", "capabilities", NULL};
    *out = (struct site){.place.region = NODE_NONE};
    struct fields base = {a, v, problems, NULL, STR("")}, top;
    size_t before = problems->n;
    if (!fields_open(&top, &base, value, STR(""), known))
        return ST_INVALID;
    read_organisation(&top, out);
    read_place(&top, out);
    read_certificates(&top, out);
    read_capabilities(&top, out);
    if (problems->n > before)
        return ST_INVALID;
    supply_prepare(a, out);
    return ST_OK;
}
