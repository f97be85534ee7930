/* Reads one need object; every rule of doc/matching.md on its fields, types and ranges is here or in field.c. */
#include "match/need_read.h"

#include "base/utf8.h"
#include "match/field.h"

static void read_layer(const struct fields *f, struct need_step *s)
{
    const struct json *v = field_get(f, "layer_um");
    if (v && v->kind == JSON_IS_OBJ) {
        field_range(f, "layer_um", &s->layer_um);
        bool zero = s->layer_um.min.has && !s->layer_um.max.has && s->layer_um.min.v <= 0;
        if (zero)
            field_problem(f, "layer_um", PROBLEM_RANGE, STR("> 0"));
        return;
    }
    field_real(f, "layer_um", BOUND_POSITIVE, &s->layer_um.min);
    s->layer_um.max = s->layer_um.min;
}

static void read_sizes(const struct fields *f, struct need_step *s)
{
    field_codes(f, "materials", &f->vocab->materials, &s->materials);
    field_size(f, "part_mm", &s->part_mm);
    field_real(f, "mass_kg", BOUND_POSITIVE, &s->mass_kg);
    field_real(f, "thickness_mm", BOUND_POSITIVE, &s->thickness_mm);
    read_layer(f, s);
    field_real(f, "force_t", BOUND_POSITIVE, &s->force_t);
    field_tolerance(f, "tolerance", &s->tolerance);
    field_real(f, "ra_um", BOUND_POSITIVE, &s->ra_um);
    field_hardness(f, "hardness", true, &s->hardness);
}

static void read_quantity(const struct fields *f, struct need_step *s)
{
    struct str per = STR("");
    field_int(f, "quantity", 1, &s->quantity);
    field_text(f, "quantity_per", &per);
    s->per_month = str_eq(per, STR("month"));
    if (per.n && !s->per_month && !str_eq(per, STR("order")))
        field_problem(f, "quantity_per", PROBLEM_CODE, per);
}

static void read_level(const struct fields *f, const char *name, enum need_level *out)
{
    struct str word = STR("");
    field_text(f, name, &word);
    if (word.n && !need_level_by_word(word, out))
        field_problem(f, name, PROBLEM_CODE, word);
}

static void read_certificates(const struct fields *f, struct need_step *s)
{
    static const char *const known[] = {"code", "need", NULL};
    const struct json *v = field_get(f, "certificates");
    if (v && v->kind != JSON_IS_ARR) {
        field_problem(f, "certificates", PROBLEM_TYPE, STR("[{…}]"));
        return;
    }
    for (size_t i = 0; v && i < v->n; i++) {
        struct fields inner;
        struct asked_certificate *asked = VEC_ADD(f->arena, &s->certificates);
        asked->level = criterion_default(CRITERION_CERTIFICATE);
        struct str path = arena_printf(f->arena, STR_FMT "certificates[%zu].", STR_ARG(f->path), i);
        if (!fields_open(&inner, f, &v->items[i], path, known))
            continue;
        if (!field_get(&inner, "code"))
            field_problem(&inner, "code", PROBLEM_MISSING, STR(""));
        field_code(&inner, "code", &f->vocab->certificates, &asked->certificate);
        read_level(&inner, "need", &asked->level);
    }
}

static void read_place(const struct fields *f, struct need_step *s)
{
    static const char *const known[] = {"regions", "max_km", NULL};
    const struct json *v = field_get(f, "place");
    struct fields inner;
    if (!v || !fields_open(&inner, f, v, field_path(f, "place."), known))
        return;
    field_codes(&inner, "regions", &f->vocab->regions, &s->place.regions);
    field_real(&inner, "max_km", BOUND_POSITIVE, &s->place.max_km);
}

static void read_words(const struct fields *f, struct need_step *s)
{
    field_text(f, "words", &s->words);
    struct str rest = utf8_fold(f->arena, s->words), word;
    while (str_next_word(&rest, &word))
        VEC_PUSH(f->arena, &s->folded_words, word);
}

static void read_levels(const struct fields *f, struct need_step *s)
{
    const struct json *v = field_get(f, "need");
    if (v && v->kind != JSON_IS_OBJ) {
        field_problem(f, "need", PROBLEM_TYPE, STR("{…}"));
        return;
    }
    struct fields inner = *f;
    inner.object = v;
    inner.path = field_path(f, "need.");
    for (size_t i = 0; v && i < v->n; i++) {
        enum criterion_kind kind;
        const char *key = arena_c(f->arena, v->keys[i]);
        if (!criterion_by_need_key(v->keys[i], &kind)) {
            field_problem(&inner, key, PROBLEM_UNKNOWN_FIELD, STR(""));
            continue;
        }
        s->level_given[kind] = field_get(&inner, key) != NULL;
        read_level(&inner, key, &s->level[kind]);
    }
}

static void read_weights(const struct fields *f, struct need_step *s)
{
    const struct json *v = field_get(f, "weights");
    if (v && v->kind != JSON_IS_OBJ) {
        field_problem(f, "weights", PROBLEM_TYPE, STR("{…}"));
        return;
    }
    struct fields inner = *f;
    inner.object = v;
    inner.path = field_path(f, "weights.");
    for (size_t i = 0; v && i < v->n; i++) {
        enum score_row row;
        const char *key = arena_c(f->arena, v->keys[i]);
        if (!score_row_by_key(v->keys[i], &row)) {
            field_problem(&inner, key, PROBLEM_UNKNOWN_FIELD, STR(""));
            continue;
        }
        field_real(&inner, key, BOUND_NOT_NEGATIVE, &s->weight[row]);
        if (s->weight[row].has && s->weight[row].v > 100)
            field_problem(&inner, key, PROBLEM_RANGE, STR("0..100"));
    }
}

static void read_step(const struct fields *top, const struct json *value, size_t i, struct need_step *s)
{
    static const char *const known[] = {"process",      "materials", "part_mm",   "mass_kg",   "thickness_mm",
                                        "layer_um",     "force_t",   "tolerance", "ra_um",     "hardness",
                                        "quantity",     "weights",   "tags",      "standards", "quantity_per",
                                        "certificates", "place",     "words",     "need",      NULL};
    struct fields f;
    if (!fields_open(&f, top, value, arena_printf(top->arena, "steps[%zu].", i), known))
        return;
    if (!field_get(&f, "process"))
        field_problem(&f, "process", PROBLEM_MISSING, STR(""));
    field_code(&f, "process", &f.vocab->processes, &s->process);
    read_sizes(&f, s);
    read_quantity(&f, s);
    read_certificates(&f, s);
    field_texts(&f, "standards", &s->standards);
    field_texts(&f, "tags", &s->tags);
    read_place(&f, s);
    read_words(&f, s);
    read_levels(&f, s);
    read_weights(&f, s);
}

static void read_steps(const struct fields *top, struct need *out)
{
    const struct json *v = field_get(top, "steps");
    if (!v) {
        field_problem(top, "steps", PROBLEM_MISSING, STR(""));
    } else if (v->kind != JSON_IS_ARR) {
        field_problem(top, "steps", PROBLEM_TYPE, STR("[{…}]"));
    } else if (v->n > NEED_STEPS_MAX) {
        field_problem(top, "steps", PROBLEM_COUNT, arena_printf(top->arena, "%zu (1..%d)", v->n, NEED_STEPS_MAX));
    } else {
        for (size_t i = 0; i < v->n; i++)
            read_step(top, &v->items[i], i, VEC_ADD(top->arena, &out->steps));
    }
}

static void read_point(const struct fields *top, const char *name, struct place_point *out)
{
    static const char *const known[] = {"region", "lat", "lon", NULL};
    const struct json *v = field_get(top, name);
    struct fields f;
    if (v && fields_open(&f, top, v, field_path(top, arena_printf(top->arena, "%s.", name).p), known))
        field_place(&f, out);
}

static void check_together(const struct fields *top, struct need *need)
{
    struct coordinates at;
    for (size_t i = 0; i < need->steps.n; i++) {
        struct need_step *s = &need->steps.v[i];
        const char *path = arena_printf(top->arena, "steps[%zu].", i).p;
        if (s->place.max_km.has && !need_deliver_point(top->vocab, need, &at))
            problem_add(top->problems, PROBLEM_CONFLICT, arena_printf(top->arena, "%splace.max_km", path),
                        STR("deliver_to"));
        if (!(s->weight_sum > 0))
            problem_add(top->problems, PROBLEM_RANGE, arena_printf(top->arena, "%sweights", path), STR("sum > 0"));
    }
}

enum status need_read(struct arena *a, const struct vocab *v, const struct json *value, struct need *out,
                      struct problem_list *problems)
{
    static const char *const known[] = {"ref",        "title",  "created", "industry", "due",
                                        "deliver_to", "origin", "steps",   NULL};
    *out = (struct need){.deliver_to.region = NODE_NONE, .origin.region = NODE_NONE};
    struct fields base = {a, v, problems, NULL, STR("")}, top;
    size_t before = problems->n;
    if (!fields_open(&top, &base, value, STR(""), known))
        return ST_INVALID;
    field_ref(&top, "ref", &out->ref);
    field_text(&top, "title", &out->title);
    field_day(&top, "created", &out->created);
    field_codes(&top, "industry", &v->industries, &out->industries);
    field_day(&top, "due", &out->due);
    read_point(&top, "deliver_to", &out->deliver_to);
    read_point(&top, "origin", &out->origin);
    read_steps(&top, out);
    if (problems->n > before)
        return ST_INVALID;
    need_plan(a, v, out);
    check_together(&top, out);
    return problems->n > before ? ST_INVALID : ST_OK;
}

enum status need_read_text(struct arena *a, const struct vocab *v, struct str text, struct need *out,
                           struct problem_list *problems)
{
    struct json value;
    struct json_error error;
    if (!utf8_valid(text)) {
        problem_add(problems, PROBLEM_NOT_TEXT, STR(""), STR(""));
        return ST_INVALID;
    }
    if (json_parse(a, text, &value, &error) == ST_OK)
        return need_read(a, v, &value, out, problems);
    problem_add(problems, PROBLEM_NOT_JSON, STR(""),
                arena_printf(a, STR_FMT " (%d:%d)", STR_ARG(error.text), error.line, error.column));
    return ST_INVALID;
}
