/* One function a group of vocabulary files: checks what the program relies on; the rest is the lint's. */
#include "vocab/load.h"

enum status load_csv(struct loader *l, const char *name, struct csv_table *table)
{
    for (const struct embedded *f = l->files; f->name; f++) {
        if (strcmp(f->name, name) != 0)
            continue;
        size_t bad_line;
        if (csv_read(l->arena, str_n((const char *)f->bytes, f->n), table, &bad_line) == ST_OK && table->n)
            return ST_OK;
        *l->why = arena_printf(l->arena, "%s line %zu: not well-formed CSV", name, bad_line);
        return ST_INVALID;
    }
    *l->why = arena_printf(l->arena, "%s is missing", name);
    return ST_INVALID;
}

enum status load_tree(struct loader *l, enum vocab_list list, struct csv_table *table, struct tree *out)
{
    const char *name = arena_printf(l->arena, "%s.csv", vocab_list_name(list)).p;
    TRY(load_csv(l, name, table));
    overlay_lay(l, list, table);
    struct str why;
    if (tree_load(l->arena, table, out, &why) == ST_OK)
        return ST_OK;
    *l->why = arena_printf(l->arena, "%s " STR_FMT, name, STR_ARG(why));
    return ST_INVALID;
}

enum status load_fail(struct loader *l, const char *name, const struct csv_row *row, const char *what)
{
    *l->why = arena_printf(l->arena, "%s line %zu: %s: " STR_FMT, name, row->line, what, STR_ARG(csv_cell(row, 0)));
    return ST_INVALID;
}

enum status load_processes(struct loader *l)
{
    struct csv_table t;
    TRY(load_tree(l, LIST_PROCESSES, &t, &l->out->processes));
    const char *name = "process_relations.csv";
    TRY(load_csv(l, name, &t));
    for (size_t i = 1; i < t.n; i++) {
        struct process_relation *r = VEC_ADD(l->arena, &l->out->relations);
        struct str kind = csv_cell(&t.v[i], 2);
        r->source = csv_cell(&t.v[i], 3);
        r->kind = str_eq(kind, STR("covers")) ? RELATION_COVERS : RELATION_ASK;
        if (r->kind == RELATION_ASK && !str_eq(kind, STR("ask")))
            return load_fail(l, name, &t.v[i], "kind must be covers or ask");
        if (!tree_find(&l->out->processes, csv_cell(&t.v[i], 0), &r->offered) ||
            !tree_find(&l->out->processes, csv_cell(&t.v[i], 1), &r->asked))
            return load_fail(l, name, &t.v[i], "unknown process");
    }
    return ST_OK;
}

static bool equivalence_of(struct str word, enum equivalence *kind)
{
    static const struct str words[] = {STR_INIT(""), STR_INIT("ask"), STR_INIT("near"), STR_INIT("same")};
    for (int i = EQUIVALENT_ASK; i <= EQUIVALENT_SAME; i++) {
        if (str_eq(word, words[i])) {
            *kind = (enum equivalence)i;
            return true;
        }
    }
    return false;
}

static enum status load_equivalents(struct loader *l)
{
    const char *name = "material_equivalents.csv";
    struct csv_table t;
    TRY(load_csv(l, name, &t));
    for (size_t i = 1; i < t.n; i++) {
        uint32_t a, b;
        enum equivalence kind;
        if (!tree_find(&l->out->materials, csv_cell(&t.v[i], 0), &a) ||
            !tree_find(&l->out->materials, csv_cell(&t.v[i], 1), &b))
            return load_fail(l, name, &t.v[i], "unknown material");
        if (!equivalence_of(csv_cell(&t.v[i], 2), &kind))
            return load_fail(l, name, &t.v[i], "kind must be same, near or ask");
        struct str source = csv_cell(&t.v[i], 3);
        VEC_PUSH(l->arena, &l->out->partners[a], ((struct material_partner){b, kind, source}));
        VEC_PUSH(l->arena, &l->out->partners[b], ((struct material_partner){a, kind, source}));
    }
    return ST_OK;
}

enum status load_materials(struct loader *l)
{
    const char *name = "materials.csv";
    struct csv_table t;
    struct tree *tree = &l->out->materials;
    TRY(load_tree(l, LIST_MATERIALS, &t, tree));
    ptrdiff_t level_col = csv_column(&t.v[0], STR("level"));
    ptrdiff_t density_col = csv_column(&t.v[0], STR("density_kg_m3"));
    l->out->material_level = ARENA_ARRAY(l->arena, tree->n, enum material_level);
    l->out->partners = ARENA_ARRAY(l->arena, tree->n, struct material_partners);
    l->out->density_kg_m3 = ARENA_ARRAY(l->arena, tree->n, struct opt_real);
    static const struct str levels[] = {STR_INIT(""), STR_INIT("family"), STR_INIT("group"), STR_INIT("grade")};
    for (size_t i = 0; i < tree->n; i++) {
        const struct csv_row *row = &t.v[tree->v[i].row];
        uint32_t level = tree->v[i].level;
        if (level > MATERIAL_GRADE || !str_eq(csv_cell(row, level_col), levels[level]))
            return load_fail(l, name, row, "the level does not fit the place in the tree");
        l->out->material_level[i] = (enum material_level)level;
        struct str density = csv_cell(row, density_col);
        l->out->density_kg_m3[i].has = density.n && str_to_real(density, &l->out->density_kg_m3[i].v);
    }
    return load_equivalents(l);
}

enum status load_certificates(struct loader *l)
{
    const char *name = "certificates.csv";
    struct csv_table t;
    struct tree *tree = &l->out->certificates;
    TRY(load_tree(l, LIST_CERTIFICATES, &t, tree));
    ptrdiff_t implies_col = csv_column(&t.v[0], STR("implies")), kind_col = csv_column(&t.v[0], STR("kind"));
    size_t n = tree->n;
    l->out->certificate_kind = ARENA_ARRAY(l->arena, n, struct str);
    bool *implied = l->out->implied = ARENA_ARRAY(l->arena, n * n, bool);
    for (size_t i = 0; i < n; i++) {
        const struct csv_row *row = &t.v[tree->v[i].row];
        struct str rest = csv_cell(row, implies_col), word;
        l->out->certificate_kind[i] = csv_cell(row, kind_col);
        implied[i * n + i] = true;
        while (rest.n && str_next(&rest, '|', &word)) {
            uint32_t other;
            if (!tree_find(tree, str_trim(word), &other))
                return load_fail(l, name, row, "implies an unknown certificate");
            implied[i * n + other] = true;
        }
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                implied[i * n + j] |= implied[i * n + k] && implied[k * n + j];
    return load_tree(l, LIST_INDUSTRIES, &t, &l->out->industries);
}

enum status load_regions(struct loader *l)
{
    const char *name = "regions.csv";
    struct csv_table t;
    struct tree *tree = &l->out->regions;
    TRY(load_tree(l, LIST_REGIONS, &t, tree));
    ptrdiff_t lat = csv_column(&t.v[0], STR("lat")), lon = csv_column(&t.v[0], STR("lon"));
    l->out->centroid = ARENA_ARRAY(l->arena, tree->n, struct coordinates);
    for (size_t i = 0; i < tree->n; i++) {
        const struct csv_row *row = &t.v[tree->v[i].row];
        struct coordinates *c = &l->out->centroid[i];
        if (!str_to_real(csv_cell(row, lat), &c->lat) || !str_to_real(csv_cell(row, lon), &c->lon))
            return load_fail(l, name, row, "lat and lon are required");
    }
    return ST_OK;
}
