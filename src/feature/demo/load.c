/*
 * Reads the tables below demo/ into struct demo_tables. Owns nothing beyond the arena. Every code is looked up in the
 * vocabulary here, once, so that what is generated later cannot be refused for a code. Linear but for shops x profiles.
 */
#include "feature/demo/tables.h"

struct loader {
    struct arena *arena;
    const struct embedded *files;
    struct demo_tables *out;
    struct str *why;
    const char *name; /* of the file in hand */
    struct csv_table table;
};

static enum status fail(struct loader *l, size_t row, const char *column, struct str cell)
{
    *l->why = arena_printf(l->arena, "demo/%s line %zu: %s: " STR_FMT, l->name,
                           row < l->table.n ? l->table.v[row].line : 0, column, STR_ARG(cell));
    return ST_INVALID;
}

static enum status open_table(struct loader *l, const char *name)
{
    l->name = name;
    l->table = (struct csv_table){0};
    for (const struct embedded *f = l->files; f->name; f++) {
        size_t bad_line;
        if (strcmp(f->name, name) != 0)
            continue;
        if (csv_read(l->arena, str_n((const char *)f->bytes, f->n), &l->table, &bad_line) == ST_OK && l->table.n > 1)
            return ST_OK;
    }
    return fail(l, 0, "the table", STR("missing or not well-formed"));
}

static struct str cell(const struct loader *l, size_t row, const char *column)
{
    return csv_cell(&l->table.v[row], csv_column(&l->table.v[0], str_c(column)));
}

static enum status check_codes(struct loader *l, size_t row, const char *column, const struct tree *tree)
{
    struct str rest = cell(l, row, column), code;
    uint32_t node;
    while (rest.n && str_next(&rest, '|', &code))
        if (!tree_find(tree, code, &node))
            return fail(l, row, column, code);
    return ST_OK;
}

static enum status take_span(struct loader *l, size_t row, const char *column, struct span *out)
{
    return span_read(cell(l, row, column), out) ? ST_OK : fail(l, row, column, cell(l, row, column));
}

static enum status take_limits(struct loader *l, size_t row, const char *column, struct limits *out)
{
    return limits_read(cell(l, row, column), out) ? ST_OK : fail(l, row, column, cell(l, row, column));
}

/* Span behind a keyed word of the cell; no such word: none. */
static enum status take_word(struct loader *l, size_t row, const char *column, const char *key, struct span *out)
{
    struct str word = STR("");
    bool there = word_read(cell(l, row, column), str_c(key), &word);
    *out = (struct span){false, 0, 0};
    return !there || span_read(word, out) ? ST_OK : fail(l, row, column, word);
}

static enum status take_limits_of(struct loader *l, size_t i, struct profile *p)
{
    TRY(take_span(l, i, "mass", &p->mass_kg));
    TRY(take_limits(l, i, "thickness", &p->thickness_mm));
    TRY(take_limits(l, i, "layer", &p->layer_um));
    TRY(take_span(l, i, "force", &p->force_t));
    TRY(take_word(l, i, "precision", "it", &p->it));
    TRY(take_word(l, i, "precision", "mm", &p->mm));
    TRY(take_word(l, i, "precision", "ra", &p->ra_um));
    struct str hardness = cell(l, i, "hardness");
    if (str_next_word(&hardness, &p->hardness_scale) && !limits_read(str_trim(hardness), &p->hardness))
        return fail(l, i, "hardness", hardness);
    enum hardness_scale scale;
    if (p->hardness_scale.n && !vocab_hardness_scale(p->hardness_scale, &scale))
        return fail(l, i, "hardness", p->hardness_scale);
    return size_read(cell(l, i, "size"), &p->size) ? ST_OK : fail(l, i, "size", cell(l, i, "size"));
}

static enum status take_terms(struct loader *l, size_t i, struct profile *p)
{
    TRY(take_limits(l, i, "batch", &p->batch));
    TRY(take_word(l, i, "free", "p", &p->free_pieces));
    TRY(take_word(l, i, "free", "k", &p->free_kg));
    TRY(take_span(l, i, "lead", &p->lead_days));
    TRY(take_word(l, i, "price", "s", &p->setup_won));
    TRY(take_word(l, i, "price", "p", &p->piece_won));
    TRY(take_word(l, i, "price", "k", &p->kg_won));
    return take_span(l, i, "energy", &p->energy_kwh);
}

static enum status load_profiles(struct loader *l)
{
    TRY(open_table(l, "profiles.csv"));
    for (size_t i = 1; i < l->table.n; i++) {
        struct profile *p = VEC_ADD(l->arena, &l->out->profiles);
        TRY(check_codes(l, i, "process", &l->out->vocab->processes));
        TRY(check_codes(l, i, "materials", &l->out->vocab->materials));
        TRY(check_codes(l, i, "industries", &l->out->vocab->industries));
        TRY(take_limits_of(l, i, p));
        TRY(take_terms(l, i, p));
        p->process = cell(l, i, "process");
        p->machine = cell(l, i, "machine");
        p->materials = cell(l, i, "materials");
        p->standards = cell(l, i, "standards");
        p->tags = cell(l, i, "tags");
        p->industries = cell(l, i, "industries");
        p->text = cell(l, i, "text");
        p->plain = cell(l, i, "plain");
        if (!p->process.n || !p->plain.n)
            return fail(l, i, "process and plain", STR("required"));
    }
    return ST_OK;
}

static const struct profile *find_profile(const struct demo_tables *t, struct str process)
{
    for (size_t i = 0; i < t->profiles.n; i++)
        if (str_eq(t->profiles.v[i].process, process))
            return &t->profiles.v[i];
    return NULL;
}

static enum status check_certificates(struct loader *l, size_t row)
{
    struct str rest = cell(l, row, "certificates"), item, code;
    uint32_t node;
    int64_t percent;
    while (rest.n && str_next(&rest, '|', &item)) {
        struct str percent_text = item;
        if (!str_next(&percent_text, ':', &code) || !tree_find(&l->out->vocab->certificates, code, &node) ||
            !str_to_int(percent_text, &percent))
            return fail(l, row, "certificates", item);
    }
    return ST_OK;
}

static enum status load_shops(struct loader *l)
{
    TRY(open_table(l, "shops.csv"));
    for (size_t i = 1; i < l->table.n; i++) {
        struct shop *s = VEC_ADD(l->arena, &l->out->shops);
        struct str rest = cell(l, i, "processes"), process;
        s->v = ARENA_ARRAY(l->arena, rest.n + 1, const struct profile *);
        while (rest.n && str_next(&rest, '|', &process))
            if (!(s->v[s->n++] = find_profile(l->out, process)))
                return fail(l, i, "processes", process);
        TRY(check_certificates(l, i));
        s->suffixes = cell(l, i, "suffixes");
        s->certificates = cell(l, i, "certificates");
        s->kind = cell(l, i, "kind");
        s->ground = cell(l, i, "ground");
        if (!str_to_real(cell(l, i, "share"), &s->share) || !(s->share > 0) || !s->n || !s->suffixes.n)
            return fail(l, i, "share, processes, suffixes", STR("required"));
    }
    return ST_OK;
}

static enum status load_places(struct loader *l)
{
    TRY(open_table(l, "places.csv"));
    const struct tree *regions = &l->out->vocab->regions;
    for (size_t i = 1; i < l->table.n; i++) {
        struct place *p = VEC_ADD(l->arena, &l->out->places);
        uint32_t node;
        p->region = cell(l, i, "region");
        p->area = cell(l, i, "area");
        p->suits = cell(l, i, "suits");
        if (!tree_find(regions, p->region, &node))
            return fail(l, i, "region", p->region);
        p->region_ko = tree_name(regions, node, true);
        if (!str_to_real(cell(l, i, "share"), &p->share) || !str_to_real(cell(l, i, "lat"), &p->at.lat) ||
            !str_to_real(cell(l, i, "lon"), &p->at.lon) || !str_to_real(cell(l, i, "spread_km"), &p->spread_km))
            return fail(l, i, "numbers", p->area);
    }
    return ST_OK;
}

static enum status load_names(struct loader *l)
{
    TRY(open_table(l, "names.csv"));
    for (size_t i = 1; i < l->table.n; i++) {
        struct syllables *list = str_eq(cell(l, i, "place"), STR("first")) ? &l->out->first : &l->out->last;
        VEC_PUSH(l->arena, list, ((struct syllable){cell(l, i, "ko"), cell(l, i, "en")}));
    }
    return l->out->first.n && l->out->last.n ? ST_OK : fail(l, 0, "place", STR("first and last are needed"));
}

static bool place_known(const struct demo_tables *t, struct str region)
{
    for (size_t i = 0; i < t->places.n; i++)
        if (str_eq(t->places.v[i].region, region))
            return true;
    return false;
}

static enum status load_needs(struct loader *l)
{
    TRY(open_table(l, "needs.csv"));
    for (size_t i = 1; i < l->table.n; i++) {
        struct need_sketch *n = VEC_ADD(l->arena, &l->out->needs);
        TRY(check_codes(l, i, "industries", &l->out->vocab->industries));
        TRY(take_span(l, i, "due", &n->due_days));
        n->title = cell(l, i, "title");
        n->industries = cell(l, i, "industries");
        n->quantities = cell(l, i, "quantity");
        n->deliver = cell(l, i, "deliver");
        struct str rest = n->deliver, region;
        while (str_next(&rest, '|', &region))
            if (!place_known(l->out, region))
                return fail(l, i, "deliver", region);
        if (!n->due_days.has || !n->title.n)
            return fail(l, i, "title and due", STR("required"));
    }
    return ST_OK;
}

/* Volume x density x filled share of the part's box or cylinder, kg; 0 when the row says too little. */
static enum status take_mass(struct loader *l, size_t row, double *kg)
{
    struct size_span part;
    struct str of = cell(l, row, "weight_of"), material = of.n ? of : cell(l, row, "materials"),
               fill = cell(l, row, "fill");
    uint32_t node;
    double filled;
    *kg = 0;
    if (!size_read(cell(l, row, "part"), &part))
        return fail(l, row, "part", cell(l, row, "part"));
    struct str stated = cell(l, row, "mass");
    if (stated.n)
        return str_to_real(stated, kg) ? ST_OK : fail(l, row, "mass", stated);
    if (!part.n || !fill.n || !material.n)
        return ST_OK;
    if (!tree_find(&l->out->vocab->materials, material, &node) || !str_to_real(fill, &filled))
        return fail(l, row, "weight_of and fill", material);
    const struct opt_real *density = &l->out->vocab->density_kg_m3[node];
    double mm3 = part.n == 3 ? part.low[0] * part.low[1] * part.low[2]
                             : 3.141592653589793 / 4 * part.low[0] * part.low[0] * part.low[1];
    *kg = density->has ? mm3 * 1e-9 * density->v * filled : 0;
    return ST_OK;
}

static enum status load_steps(struct loader *l)
{
    TRY(open_table(l, "need_steps.csv"));
    l->out->step_header = &l->table.v[0];
    for (size_t i = 1; i < l->table.n; i++) {
        int64_t need;
        if (!str_to_int(cell(l, i, "need"), &need) || need < 1 || (size_t)need > l->out->needs.n)
            return fail(l, i, "need", cell(l, i, "need"));
        TRY(check_codes(l, i, "process", &l->out->vocab->processes));
        TRY(check_codes(l, i, "materials", &l->out->vocab->materials));
        struct need_row *row = VEC_ADD(l->arena, &l->out->needs.v[need - 1]);
        row->row = &l->table.v[i];
        TRY(take_mass(l, i, &row->mass_kg));
    }
    for (size_t i = 0; i < l->out->needs.n; i++)
        if (!l->out->needs.v[i].n)
            return fail(l, 0, "a need without steps", l->out->needs.v[i].title);
    return ST_OK;
}

enum status demo_load(struct arena *a, const struct vocab *v, const struct embedded *files,
                      const struct demo_tables **out, struct str *why)
{
    struct demo_tables *t = ARENA_NEW(a, struct demo_tables);
    struct loader l = {.arena = a, .files = files, .out = t, .why = why};
    t->vocab = v;
    TRY(load_profiles(&l));
    TRY(load_shops(&l));
    TRY(load_places(&l));
    TRY(load_names(&l));
    TRY(load_needs(&l));
    TRY(load_steps(&l));
    *out = t;
    return ST_OK;
}
