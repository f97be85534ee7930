/* Fields with a shape of their own: sizes, tolerances, hardness, places. */
#include "match/field.h"

static bool open_member(struct fields *inner, const struct fields *f, const char *name, const char *const *known)
{
    const struct json *v = field_get(f, name);
    struct str path = arena_printf(f->arena, STR_FMT "%s.", STR_ARG(f->path), name);
    return v && fields_open(inner, f, v, path, known);
}

void field_size(const struct fields *f, const char *name, struct size_mm *out)
{
    const struct json *v = field_get(f, name);
    if (!v)
        return;
    if (v->kind != JSON_IS_ARR) {
        field_problem(f, name, PROBLEM_TYPE, STR("[x, y, z], [d, l]"));
        return;
    }
    if (v->n != 2 && v->n != 3) {
        field_problem(f, name, PROBLEM_COUNT, arena_printf(f->arena, "%zu: [x, y, z], [d, l]", v->n));
        return;
    }
    for (size_t i = 0; i < v->n; i++) {
        bool number = v->items[i].kind == JSON_IS_INT || v->items[i].kind == JSON_IS_REAL;
        if (!number || v->items[i].real <= 0) {
            field_problem(f, name, number ? PROBLEM_RANGE : PROBLEM_TYPE,
                          number ? STR("> 0") : STR("[x, y, z], [d, l]"));
            return;
        }
        out->v[i] = v->items[i].real;
    }
    out->n = (uint32_t)v->n;
}

void field_tolerance(const struct fields *f, const char *name, struct tolerance *out)
{
    static const char *const known[] = {"it", "mm", "at_mm", NULL};
    struct fields inner;
    if (!open_member(&inner, f, name, known))
        return;
    struct opt_int it = {0, false};
    struct opt_real mm = {0, false};
    size_t before = f->problems->n;
    field_int(&inner, "it", 1, &it);
    field_real(&inner, "mm", BOUND_POSITIVE, &mm);
    field_real(&inner, "at_mm", BOUND_POSITIVE, &out->at_mm);
    if (it.has && it.v > 18)
        field_problem(&inner, "it", PROBLEM_RANGE, STR("1..18"));
    else if (f->problems->n == before && it.has == mm.has)
        field_problem(f, name, PROBLEM_CONFLICT, STR("it, mm"));
    else if (it.has || mm.has)
        *out = (struct tolerance){it.has ? TOLERANCE_IT : TOLERANCE_MM, it.has ? (double)it.v : mm.v, out->at_mm};
}

void field_hardness(const struct fields *f, const char *name, bool asked, struct hardness *out)
{
    static const char *const known[] = {"scale", "min", "max", NULL};
    struct fields inner;
    if (!open_member(&inner, f, name, known))
        return;
    struct str scale = STR("");
    size_t before = f->problems->n;
    field_text_required(&inner, "scale", &scale);
    field_real(&inner, "min", BOUND_NOT_NEGATIVE, &out->min);
    field_real(&inner, "max", BOUND_POSITIVE, &out->max);
    if (scale.n && !vocab_hardness_scale(scale, &out->scale))
        field_problem(&inner, "scale", PROBLEM_CODE, scale);
    if (out->min.has && out->max.has && out->min.v > out->max.v)
        field_problem(f, name, PROBLEM_ORDER, STR(""));
    if (asked && f->problems->n == before && !out->min.has && !out->max.has)
        field_problem(f, name, PROBLEM_MISSING, STR(" (min, max)"));
    out->has = f->problems->n == before;
}

/* One coordinate alone is no place. */
static void need_both(const struct fields *f, const char *one, const char *other)
{
    if (field_get(f, one) && !field_get(f, other))
        field_problem(f, other, PROBLEM_BESIDE, str_c(one));
}

void field_place(const struct fields *f, struct place_point *out)
{
    struct opt_real lat = {0, false}, lon = {0, false};
    out->region = NODE_NONE;
    field_code(f, "region", &f->vocab->regions, &out->region);
    field_real(f, "lat", BOUND_NONE, &lat);
    field_real(f, "lon", BOUND_NONE, &lon);
    need_both(f, "lat", "lon");
    need_both(f, "lon", "lat");
    if (lat.has && (lat.v < -90 || lat.v > 90))
        field_problem(f, "lat", PROBLEM_RANGE, STR("-90..90"));
    if (lon.has && (lon.v < -180 || lon.v > 180))
        field_problem(f, "lon", PROBLEM_RANGE, STR("-180..180"));
    out->has_coordinates = lat.has && lon.has;
    out->at = (struct coordinates){lat.v, lon.v};
}
