/* Lays the entries of one list over its table, before the tree is built from it. Costs nothing without entries. */
#include "base/log.h"
#include "base/utf8.h"
#include "vocab/load.h"

struct columns {
    ptrdiff_t code, parent, level, ko, en, synonyms, kind, implies, density, lat, lon;
};

struct overlaid {
    struct loader *l;
    enum vocab_list list;
    struct csv_table *table;
    struct columns col;
    struct map rows; /* code -> row */
    size_t embedded; /* rows before this one are of the program */
};

static void set_cell(struct arena *a, struct csv_row *row, ptrdiff_t col, struct str value)
{
    if (col < 0)
        return;
    if ((size_t)col >= row->n) {
        struct str *v = ARENA_ARRAY(a, (size_t)col + 1, struct str);
        if (row->n)
            memcpy(v, row->v, row->n * sizeof *v);
        row->v = v;
        row->n = (size_t)col + 1;
    }
    row->v[col] = value;
}

static void set_given(struct arena *a, struct csv_row *row, ptrdiff_t col, struct str value)
{
    if (value.n)
        set_cell(a, row, col, value);
}

static void add_synonyms(struct arena *a, struct csv_row *row, ptrdiff_t col, struct str more)
{
    struct str old = csv_cell(row, col);
    if (more.n && old.n)
        more = arena_printf(a, STR_FMT "|" STR_FMT, STR_ARG(old), STR_ARG(more));
    set_given(a, row, col, more);
}

static const char *level_below(struct str level)
{
    return !level.n ? "family" : str_eq(level, STR("family")) ? "group" : str_eq(level, STR("group")) ? "grade" : NULL;
}

/* Why an entry with a new code cannot be added; NULL when it can. */
static const char *refuse_new(const struct overlaid *o, const struct vocab_entry *e)
{
    int64_t above;
    struct str path = arena_printf(o->l->arena, STR_FMT ".", STR_ARG(e->parent));
    if (!e->ko.n || !e->en.n)
        return "a new code needs a Korean and an English name";
    if (o->list == LIST_REGIONS && !e->has_point)
        return "a region needs lat and lon";
    if (!e->parent.n)
        return str_find_byte(e->code, '.') >= 0 ? "its parent is missing" : NULL;
    if (o->col.parent < 0)
        return "this list has no levels";
    if (!map_get(&o->rows, e->parent, &above))
        return "its parent is in no list";
    if (!str_starts(e->code, path))
        return "the code must begin with the parent's and a dot";
    if (o->list == LIST_MATERIALS && !level_below(csv_cell(&o->table->v[above], o->col.level)))
        return "there is nothing below a grade";
    return NULL;
}

static struct str number_cell(struct arena *a, double v)
{
    return arena_printf(a, "%.10g", v);
}

static void add_new(struct overlaid *o, const struct vocab_entry *e)
{
    struct arena *a = o->l->arena;
    int64_t above = 0;
    struct csv_row *row = VEC_ADD(a, o->table);
    set_cell(a, row, o->col.code, e->code);
    set_cell(a, row, o->col.parent, e->parent);
    set_cell(a, row, o->col.ko, e->ko);
    set_cell(a, row, o->col.en, e->en);
    set_cell(a, row, o->col.synonyms, e->synonyms);
    set_cell(a, row, o->col.kind, e->kind);
    set_cell(a, row, o->col.implies, e->implies);
    if (e->density_kg_m3.has)
        set_cell(a, row, o->col.density, number_cell(a, e->density_kg_m3.v));
    if (e->has_point) {
        set_cell(a, row, o->col.lat, number_cell(a, e->at.lat));
        set_cell(a, row, o->col.lon, number_cell(a, e->at.lon));
    }
    if (o->list == LIST_MATERIALS) {
        bool top = !map_get(&o->rows, e->parent, &above);
        set_cell(a, row, o->col.level, str_c(level_below(top ? STR("") : csv_cell(&o->table->v[above], o->col.level))));
    }
    map_add(&o->rows, e->code, (int64_t)(o->table->n - 1));
}

static const char *change_old(struct overlaid *o, const struct vocab_entry *e, struct csv_row *row)
{
    struct arena *a = o->l->arena;
    if (e->parent.n && !str_eq(e->parent, csv_cell(row, o->col.parent)))
        return "a code of the program keeps its parent";
    if (e->kind.n || e->implies.n || e->density_kg_m3.has || e->has_point)
        return "a code of the program gets names and synonyms only";
    set_given(a, row, o->col.ko, e->ko);
    set_given(a, row, o->col.en, e->en);
    add_synonyms(a, row, o->col.synonyms, e->synonyms);
    return NULL;
}

static void refuse(struct overlaid *o, const struct vocab_entry *e, const char *why)
{
    if (o->l->refusals)
        VEC_PUSH(o->l->arena, o->l->refusals, ((struct overlay_refusal){e->code, why}));
    else
        LOG(LOG_WARN, "vocab_entry_left_out", LOG_S("list", str_c(vocab_list_name(o->list))), LOG_S("code", e->code),
            LOG_S("why", str_c(why)));
}

/* A list without the pieces for which `keep` is false. */
static struct str filtered(struct arena *a, struct str list, bool (*keep)(const void *arg, struct str piece),
                           const void *arg)
{
    struct str rest = list, piece, out = STR("");
    while (rest.n && str_next(&rest, '|', &piece)) {
        if (!keep(arg, str_trim(piece)))
            continue;
        out = out.n ? arena_printf(a, STR_FMT "|" STR_FMT, STR_ARG(out), STR_ARG(piece)) : piece;
    }
    return out;
}

static bool is_known(const void *arg, struct str code)
{
    int64_t row;
    return map_get(arg, code, &row);
}

struct claims {
    struct arena *arena;
    struct map words; /* folded word -> row it now belongs to */
    int64_t row;
};

static bool is_not_claimed(const void *arg, struct str word)
{
    const struct claims *c = arg;
    int64_t row;
    return !map_get(&c->words, utf8_fold_tight(c->arena, word), &row) || row == c->row;
}

static void claim(struct claims *c, struct str word, int64_t row)
{
    if (word.n)
        map_put(&c->words, utf8_fold_tight(c->arena, word), row);
}

/* What the council calls one entry is no other's synonym. */
static void take_words(struct overlaid *o, const struct vocab_overlay *overlay)
{
    struct claims c = {.arena = o->l->arena};
    map_init(&c.words, c.arena);
    for (size_t i = 0; i < overlay->n; i++) {
        const struct vocab_entry *e = &overlay->v[i];
        int64_t row;
        if (e->list != o->list || !map_get(&o->rows, e->code, &row))
            continue;
        claim(&c, e->ko, row);
        claim(&c, e->en, row);
        struct str rest = e->synonyms, word;
        while (rest.n && str_next(&rest, '|', &word))
            claim(&c, str_trim(word), row);
    }
    for (size_t i = 1; i < o->table->n; i++) {
        struct csv_row *row = &o->table->v[i];
        c.row = (int64_t)i;
        set_cell(c.arena, row, o->col.synonyms, filtered(c.arena, csv_cell(row, o->col.synonyms), is_not_claimed, &c));
    }
}

static struct columns columns_of(const struct csv_row *header)
{
    return (struct columns){
        .code = csv_column(header, STR("code")),
        .parent = csv_column(header, STR("parent")),
        .level = csv_column(header, STR("level")),
        .ko = csv_column(header, STR("ko")),
        .en = csv_column(header, STR("en")),
        .synonyms = csv_column(header, STR("synonyms")),
        .kind = csv_column(header, STR("kind")),
        .implies = csv_column(header, STR("implies")),
        .density = csv_column(header, STR("density_kg_m3")),
        .lat = csv_column(header, STR("lat")),
        .lon = csv_column(header, STR("lon")),
    };
}

static void lay_entry(struct overlaid *o, const struct vocab_entry *e)
{
    int64_t row;
    bool there = map_get(&o->rows, e->code, &row);
    const char *why = there ? change_old(o, e, &o->table->v[row]) : refuse_new(o, e);
    if (why)
        refuse(o, e, why);
    else if (!there)
        add_new(o, e);
}

void overlay_lay(struct loader *l, enum vocab_list list, struct csv_table *table)
{
    const struct vocab_overlay *overlay = l->overlay;
    struct overlaid o = {.l = l, .list = list, .table = table};
    if (!overlay || !overlay->n)
        return;
    o.col = columns_of(&table->v[0]);
    map_init(&o.rows, l->arena);
    for (size_t i = 1; i < table->n; i++)
        map_add(&o.rows, csv_cell(&table->v[i], o.col.code), (int64_t)i);
    o.embedded = table->n;
    for (size_t i = 0; i < overlay->n; i++)
        if (overlay->v[i].list == list)
            lay_entry(&o, &overlay->v[i]);
    for (size_t i = o.embedded; i < table->n && o.col.implies >= 0; i++)
        set_cell(l->arena, &table->v[i], o.col.implies,
                 filtered(l->arena, csv_cell(&table->v[i], o.col.implies), is_known, &o.rows));
    take_words(&o, overlay);
}
