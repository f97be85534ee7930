/* Writes the needs: the sketches of needs.csv with a drawn quantity, due date and place; what engineers ask is in the
 * tables. */
#include "feature/demo/draw.h"

struct writing {
    struct arena *arena;
    const struct demo_tables *tables;
    struct random *random;
    struct json_out *json;
    const struct csv_row *step; /* in hand */
};

static struct str cell(const struct writing *w, const char *column)
{
    return csv_cell(w->step, csv_column(w->tables->step_header, str_c(column)));
}

static void put_number(struct writing *w, const char *key, struct str text)
{
    double v;
    if (text.n && str_to_real(text, &v))
        jout_key_real(w->json, key, v);
}

static void put_numbers(struct writing *w, const char *key, struct str list, char separator)
{
    struct str item;
    double v;
    if (!list.n)
        return;
    jout_key_arr(w->json, key);
    while (list.n && str_next(&list, separator, &item))
        if (str_to_real(item, &v))
            jout_real(w->json, v);
    jout_end(w->json);
}

/* "30..50" as a range, "30" as the number. */
static void put_layer(struct writing *w)
{
    struct str text = cell(w, "layer");
    struct span s;
    if (!text.n || !span_read(text, &s))
        return;
    if (s.low == s.high) {
        jout_key_real(w->json, "layer_um", s.low);
        return;
    }
    jout_key_obj(w->json, "layer_um");
    jout_key_real(w->json, "min", s.low);
    jout_key_real(w->json, "max", s.high);
    jout_end(w->json);
}

/* "it7@120" or "mm0.2", and "ra1.6". */
static void put_precision(struct writing *w)
{
    struct str text = cell(w, "precision"), word, value, size;
    bool it = word_read(text, STR("it"), &word);
    if (it || word_read(text, STR("mm"), &word)) {
        size = word;
        jout_key_obj(w->json, "tolerance");
        if (str_next(&size, '@', &value))
            put_number(w, it ? "it" : "mm", value);
        put_number(w, "at_mm", size);
        jout_end(w->json);
    }
    if (word_read(text, STR("ra"), &word))
        put_number(w, "ra_um", word);
}

/* "HRC 58 62"; "-" for a bound that is not asked. */
static void put_hardness(struct writing *w)
{
    struct str rest = cell(w, "hardness"), word;
    static const char *const keys[] = {"min", "max"};
    if (!str_next_word(&rest, &word))
        return;
    jout_key_obj(w->json, "hardness");
    jout_key_str(w->json, "scale", word);
    for (int i = 0; i < 2 && str_next_word(&rest, &word); i++)
        put_number(w, keys[i], word);
    jout_end(w->json);
}

/* "AS9100|NADCAP_NDT?"; the mark says preferred. */
static void put_certificates(struct writing *w)
{
    struct str rest = cell(w, "certificates"), code;
    if (!rest.n)
        return;
    jout_key_arr(w->json, "certificates");
    while (rest.n && str_next(&rest, '|', &code)) {
        bool prefer = str_ends(code, STR("?"));
        jout_obj(w->json);
        jout_key_str(w->json, "code", prefer ? str_n(code.p, code.n - 1) : code);
        jout_key_str(w->json, "need", prefer ? STR("prefer") : STR("must"));
        jout_end(w->json);
    }
    jout_end(w->json);
}

/* Regions, and "60km". */
static void put_place(struct writing *w)
{
    struct str place = cell(w, "place");
    if (!place.n)
        return;
    jout_key_obj(w->json, "place");
    if (str_ends(place, STR("km")))
        put_number(w, "max_km", str_n(place.p, place.n - 2));
    else
        put_list(w->json, "regions", place);
    jout_end(w->json);
}

/* "place=prefer|roughness=off" */
static void put_levels(struct writing *w)
{
    struct str rest = cell(w, "levels"), item, key;
    if (!rest.n)
        return;
    jout_key_obj(w->json, "need");
    while (rest.n && str_next(&rest, '|', &item))
        if (str_next(&item, '=', &key))
            jout_key_str(w->json, arena_c(w->arena, key), item);
    jout_end(w->json);
}

/* "50", or "5000/m" for each month; a step that is made once, as a mould is, asks for one. */
static void put_quantity(struct writing *w, struct str quantity)
{
    struct str rest = quantity, number = STR("");
    if (!quantity.n)
        return;
    if (cell(w, "single").n) {
        jout_key_int(w->json, "quantity", 1);
        return;
    }
    int64_t n;
    if (str_next(&rest, '/', &number) && str_to_int(number, &n))
        jout_key_int(w->json, "quantity", n);
    if (rest.n)
        jout_key_str(w->json, "quantity_per", STR("month"));
}

static void put_step(struct writing *w, const struct need_row *row, struct str quantity)
{
    w->step = row->row;
    jout_obj(w->json);
    jout_key_str(w->json, "process", cell(w, "process"));
    put_list(w->json, "materials", cell(w, "materials"));
    put_numbers(w, "part_mm", cell(w, "part"), 'x');
    if (row->mass_kg > 0)
        jout_key_real(w->json, "mass_kg", round_close(row->mass_kg));
    put_number(w, "thickness_mm", cell(w, "thickness"));
    put_layer(w);
    put_number(w, "force_t", cell(w, "force"));
    put_precision(w);
    put_hardness(w);
    put_quantity(w, quantity);
    put_certificates(w);
    put_list(w->json, "standards", cell(w, "standards"));
    put_list(w->json, "tags", cell(w, "tags"));
    put_place(w);
    if (cell(w, "words").n)
        jout_key_str(w->json, "words", cell(w, "words"));
    put_levels(w);
    jout_end(w->json);
}

static struct str title_text(struct writing *w, const struct need_sketch *n, struct str quantity, int64_t round)
{
    struct str number = STR("");
    int64_t v;
    if (quantity.n && str_next(&quantity, '/', &number) && str_to_int(number, &v))
        number = figure_text(w->arena, (double)v);
    struct str title = n->title;
    ptrdiff_t at = str_find(title, STR("{q}"));
    if (at >= 0) {
        struct str rest = str_drop(title, (size_t)at + 3);
        title = arena_printf(w->arena, STR_FMT STR_FMT STR_FMT, (int)at, title.p, STR_ARG(number), STR_ARG(rest));
    }
    return round ? arena_printf(w->arena, STR_FMT " %d차", STR_ARG(title), (int)round + 1) : title;
}

struct in_region {
    const struct demo_tables *tables;
    struct str region;
};

static double share_in_region(const void *arg, size_t i)
{
    const struct in_region *c = arg;
    const struct place *p = &c->tables->places.v[i];
    return str_eq(p->region, c->region) ? p->share : 0;
}

static void put_deliver(struct writing *w, const struct need_sketch *n)
{
    const struct demo_tables *t = w->tables;
    struct in_region c = {t, draw_item(w->random, n->deliver)};
    const struct place *p = &t->places.v[draw_weighted(w->random, t->places.n, share_in_region, &c)];
    jout_key_obj(w->json, "deliver_to");
    jout_key_str(w->json, "region", c.region);
    put_point(w->json, draw_point(w->random, p));
    jout_end(w->json);
}

static void put_need(struct writing *w, const struct demo_plan *plan, int64_t i)
{
    const struct demo_tables *t = w->tables;
    const struct need_sketch *n = &t->needs.v[(size_t)i % t->needs.n];
    struct str quantity = draw_item(w->random, n->quantities);
    int64_t age = draw_whole(w->random, 0, 14);
    int64_t left = draw_whole(w->random, (int64_t)n->due_days.low, (int64_t)n->due_days.high);
    struct day created = {plan->today.n - (int32_t)age}, due = {plan->today.n + (int32_t)left};
    jout_obj(w->json);
    jout_key_str(w->json, "ref", arena_printf(w->arena, "DEMO-N%02d", (int)i + 1));
    jout_key_str(w->json, "title", title_text(w, n, quantity, i / (int64_t)t->needs.n));
    jout_key_str(w->json, "created", day_iso(w->arena, created));
    put_list(w->json, "industry", n->industries);
    jout_key_str(w->json, "due", day_iso(w->arena, due));
    put_deliver(w, n);
    jout_key_arr(w->json, "steps");
    for (size_t s = 0; s < n->n; s++)
        put_step(w, &n->v[s], quantity);
    jout_end(w->json);
    jout_end(w->json);
}

enum status demo_needs(struct arena *a, const struct demo_tables *t, const struct demo_plan *plan, struct buf *out)
{
    struct random r;
    random_seed(&r, plan->seed ^ UINT64_C(0x6e656564)); /* needs and sites do not share one stream */
    struct json_out j;
    struct writing w = {a, t, &r, &j, NULL};
    for (int64_t i = 0; i < plan->count; i++) {
        jout_init(&j, out);
        put_need(&w, plan, i);
        buf_add_byte(out, '\n');
    }
    return buf_status(out);
}
