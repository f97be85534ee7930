/* Plain fields: text, numbers, days, ranges, codes. Each reads one member and reports at most one problem of it. */
#include "match/field.h"

#include <math.h>

bool fields_open(struct fields *f, const struct fields *parent, const struct json *value, struct str path,
                 const char *const *known)
{
    *f = *parent;
    f->object = value;
    f->path = path;
    if (value->kind != JSON_IS_OBJ) {
        struct str name = path.n ? str_n(path.p, path.n - 1) : path;
        problem_add(f->problems, PROBLEM_TYPE, name, STR("{…}"));
        return false;
    }
    for (size_t i = 0; i < value->n; i++) {
        const char *const *k = known;
        while (*k && !str_eq(str_c(*k), value->keys[i]))
            k++;
        if (!*k)
            problem_add(f->problems, PROBLEM_UNKNOWN_FIELD,
                        arena_printf(f->arena, STR_FMT STR_FMT, STR_ARG(path), STR_ARG(value->keys[i])), STR(""));
    }
    return true;
}

struct str field_path(const struct fields *f, const char *name)
{
    return arena_printf(f->arena, STR_FMT "%s", STR_ARG(f->path), name);
}

void field_problem(const struct fields *f, const char *name, enum problem_code code, struct str detail)
{
    problem_add(f->problems, code, field_path(f, name), detail);
}

const struct json *field_get(const struct fields *f, const char *name)
{
    const struct json *v = json_get(f->object, str_c(name));
    if (!v || v->kind == JSON_IS_NULL || (v->kind == JSON_IS_ARR && v->n == 0) ||
        (v->kind == JSON_IS_STR && str_blank(v->text)))
        return NULL;
    return v;
}

static const struct json *get_kind(const struct fields *f, const char *name, enum json_kind kind,
                                   enum problem_code code)
{
    const struct json *v = field_get(f, name);
    if (v && v->kind != kind) {
        field_problem(f, name, code, code == PROBLEM_TYPE ? STR("[\"…\"]") : STR(""));
        return NULL;
    }
    return v;
}

void field_text(const struct fields *f, const char *name, struct str *out)
{
    const struct json *v = get_kind(f, name, JSON_IS_STR, PROBLEM_TEXT);
    if (v)
        *out = str_trim(v->text);
}

void field_text_required(const struct fields *f, const char *name, struct str *out)
{
    if (!field_get(f, name))
        field_problem(f, name, PROBLEM_MISSING, STR(""));
    else
        field_text(f, name, out);
}

void field_ref(const struct fields *f, const char *name, struct str *out)
{
    field_text(f, name, out);
    if (out->n > 64)
        field_problem(f, name, PROBLEM_TOO_LONG, STR("1..64 bytes"));
}

void field_texts(const struct fields *f, const char *name, struct str_list *out)
{
    const struct json *v = get_kind(f, name, JSON_IS_ARR, PROBLEM_TYPE);
    for (size_t i = 0; v && i < v->n; i++) {
        const struct json *item = &v->items[i];
        if (item->kind != JSON_IS_STR)
            field_problem(f, name, PROBLEM_TYPE, STR("[\"…\"]"));
        else if (!str_blank(item->text))
            VEC_PUSH(f->arena, out, str_trim(item->text));
    }
}

/* Behind "must be a number". */
static const struct str number_bounds[] = {
    [BOUND_NONE] = STR_INIT(""),
    [BOUND_POSITIVE] = STR_INIT(" (> 0)"),
    [BOUND_NOT_NEGATIVE] = STR_INIT(" (>= 0)"),
};

static bool in_bound(double v, enum bound bound)
{
    return bound == BOUND_NONE || (bound == BOUND_POSITIVE ? v > 0 : v >= 0);
}

void field_real(const struct fields *f, const char *name, enum bound bound, struct opt_real *out)
{
    const struct json *v = field_get(f, name);
    if (!v)
        return;
    if (v->kind != JSON_IS_INT && v->kind != JSON_IS_REAL)
        field_problem(f, name, PROBLEM_NUMBER, number_bounds[bound]);
    else if (!in_bound(v->real, bound))
        field_problem(f, name, PROBLEM_RANGE, bound == BOUND_POSITIVE ? STR("> 0") : STR(">= 0"));
    else
        *out = opt_real(v->real);
}

void field_int(const struct fields *f, const char *name, int64_t least, struct opt_int *out)
{
    const struct json *v = field_get(f, name);
    if (!v)
        return;
    bool whole =
        v->kind == JSON_IS_INT || (v->kind == JSON_IS_REAL && v->real == floor(v->real) && fabs(v->real) < 1e15);
    if (!whole)
        field_problem(f, name, PROBLEM_WHOLE, arena_printf(f->arena, "%lld", (long long)least));
    else if (v->real < (double)least)
        field_problem(f, name, PROBLEM_RANGE, arena_printf(f->arena, ">= %lld", (long long)least));
    else
        *out = opt_int(v->kind == JSON_IS_INT ? v->whole : (int64_t)v->real);
}

void field_day(const struct fields *f, const char *name, struct opt_day *out)
{
    const struct json *v = get_kind(f, name, JSON_IS_STR, PROBLEM_DAY);
    if (!v)
        return;
    out->has = day_parse(str_trim(v->text), &out->v);
    if (!out->has)
        field_problem(f, name, PROBLEM_DATE, v->text);
}

void field_range(const struct fields *f, const char *name, struct range *out)
{
    static const char *const known[] = {"min", "max", NULL};
    const struct json *v = field_get(f, name);
    struct fields inner;
    struct str path = arena_printf(f->arena, STR_FMT "%s.", STR_ARG(f->path), name);
    if (!v || !fields_open(&inner, f, v, path, known))
        return;
    field_real(&inner, "min", BOUND_NOT_NEGATIVE, &out->min);
    field_real(&inner, "max", BOUND_POSITIVE, &out->max);
    if (out->min.has && out->max.has && out->min.v > out->max.v)
        field_problem(f, name, PROBLEM_ORDER, STR(""));
}

bool field_code(const struct fields *f, const char *name, const struct tree *tree, uint32_t *out)
{
    const struct json *v = get_kind(f, name, JSON_IS_STR, PROBLEM_TEXT);
    if (!v)
        return false;
    if (vocab_find(f->vocab, tree, str_trim(v->text), out))
        return true;
    field_problem(f, name, PROBLEM_CODE, v->text);
    return false;
}

void field_codes(const struct fields *f, const char *name, const struct tree *tree, struct node_list *out)
{
    struct str_list codes = {NULL, 0, 0};
    field_texts(f, name, &codes);
    for (size_t i = 0; i < codes.n; i++) {
        uint32_t node;
        if (vocab_find(f->vocab, tree, codes.v[i], &node))
            VEC_PUSH(f->arena, out, node);
        else
            field_problem(f, name, PROBLEM_CODE, codes.v[i]);
    }
}
