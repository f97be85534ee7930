/* Copies the tree in order. Knows only names; what they mean was checked before. */
#include "feature/need/need_body.h"

#include <stdlib.h>

enum { BODY_BYTES_MAX = 16 << 20 };

/* Members in the order of doc/matching.md, only the day of creation is before the title; what is not named here follows
 * in byte order. */
static const char *const order[] = {
    "ref",     "created",   "title",    "industry",     "due",          "deliver_to", "origin",  "steps",
    "process", "materials", "part_mm",  "mass_kg",      "thickness_mm", "layer_um",   "force_t", "tolerance",
    "ra_um",   "hardness",  "quantity", "quantity_per", "certificates", "standards",  "tags",    "place",
    "words",   "need",      "weights",  "code",         "region",       "lat",        "lon",     "it",
    "mm",      "at_mm",     "scale",    "min",          "max",          "regions",    "max_km",
};

struct member {
    struct str key;
    const struct json *value;
};

static size_t rank(struct str key)
{
    size_t i = 0;
    while (i < sizeof order / sizeof order[0] && !str_eq(key, str_c(order[i])))
        i++;
    return i;
}

static int member_order(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    size_t rx = rank(x->key), ry = rank(y->key);
    return rx != ry ? (rx < ry ? -1 : 1) : str_cmp(x->key, y->key);
}

static bool is_blank(const struct json *v)
{
    if (v->kind == JSON_IS_ARR || v->kind == JSON_IS_OBJ) {
        for (size_t i = 0; i < v->n; i++)
            if (!is_blank(&v->items[i]))
                return false;
        return true;
    }
    return v->kind == JSON_IS_NULL || (v->kind == JSON_IS_STR && str_blank(v->text));
}

static void put(struct arena *a, struct json_out *j, const struct json *v);

static void put_members(struct arena *a, struct json_out *j, struct member *m, size_t n)
{
    if (n)
        qsort(m, n, sizeof *m, member_order);
    jout_obj(j);
    for (size_t i = 0; i < n; i++) {
        if (is_blank(m[i].value))
            continue;
        jout_key(j, arena_c(a, m[i].key));
        put(a, j, m[i].value);
    }
    jout_end(j);
}

static void put_object(struct arena *a, struct json_out *j, const struct json *v)
{
    struct member *m = ARENA_ARRAY(a, v->n, struct member);
    for (size_t i = 0; i < v->n; i++)
        m[i] = (struct member){v->keys[i], &v->items[i]};
    put_members(a, j, m, v->n);
}

static void put_array(struct arena *a, struct json_out *j, const struct json *v)
{
    jout_arr(j);
    for (size_t i = 0; i < v->n; i++)
        if (!is_blank(&v->items[i]))
            put(a, j, &v->items[i]);
    jout_end(j);
}

/* The tree was read with a bound on its depth. */
static void put(struct arena *a, struct json_out *j, const struct json *v)
{
    if (v->kind == JSON_IS_OBJ)
        put_object(a, j, v);
    else if (v->kind == JSON_IS_ARR)
        put_array(a, j, v);
    else if (v->kind == JSON_IS_STR)
        jout_str(j, str_trim(v->text));
    else if (v->kind == JSON_IS_INT)
        jout_int(j, v->whole);
    else if (v->kind == JSON_IS_REAL)
        jout_real(j, v->real);
    else if (v->kind == JSON_IS_BOOL)
        jout_bool(j, v->truth);
    else
        jout_null(j);
}

struct str need_body(struct arena *a, const struct json *need, struct str ref, struct day created)
{
    AUTO_BUF out;
    buf_init(&out, BODY_BYTES_MAX);
    struct json_out j;
    jout_init(&j, &out);
    struct json ref_value = {.kind = JSON_IS_STR, .text = ref},
                day = {.kind = JSON_IS_STR, .text = day_iso(a, created)};
    struct member *m = ARENA_ARRAY(a, need->n + 2, struct member);
    size_t n = 0;
    m[n++] = (struct member){STR("ref"), &ref_value};
    m[n++] = (struct member){STR("created"), &day};
    for (size_t i = 0; i < need->n; i++)
        if (!str_eq(need->keys[i], STR("ref")) && !str_eq(need->keys[i], STR("created")))
            m[n++] = (struct member){need->keys[i], &need->items[i]};
    put_members(a, &j, m, n);
    return arena_str(a, buf_str(&out));
}
