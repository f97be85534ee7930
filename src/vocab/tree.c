/* Builds the preorder from rows in which a parent stands before its children. O(rows); everything lives in the arena.
 */
#include "vocab/tree.h"

struct columns {
    ptrdiff_t code, parent, ko, en, synonyms;
};

struct builder {
    struct arena *arena;
    const struct csv_table *table;
    struct columns col;
    struct map rows; /* code -> row */
    uint32_t *first; /* row -> first child row, 0 = none (row 0 is the header, and heads the list of roots) */
    uint32_t *next;  /* row -> next sibling row */
    struct tree *out;
};

static enum status complain(struct builder *b, struct str *why, const char *what, const struct csv_row *row)
{
    *why = arena_printf(b->arena, "line %zu: %s: " STR_FMT, row->line, what, STR_ARG(csv_cell(row, b->col.code)));
    return ST_INVALID;
}

static enum status link_rows(struct builder *b, struct str *why)
{
    uint32_t *last = ARENA_ARRAY(b->arena, b->table->n, uint32_t);
    for (size_t i = 1; i < b->table->n; i++) {
        const struct csv_row *row = &b->table->v[i];
        struct str parent = csv_cell(row, b->col.parent);
        int64_t above = 0;
        if (!csv_cell(row, b->col.code).n || !csv_cell(row, b->col.ko).n || !csv_cell(row, b->col.en).n)
            return complain(b, why, "code, ko and en are required", row);
        if (parent.n && !map_get(&b->rows, parent, &above))
            return complain(b, why, "the parent must stand before", row);
        if (!map_add(&b->rows, csv_cell(row, b->col.code), (int64_t)i))
            return complain(b, why, "this code stands twice", row);
        uint32_t *link = last[above] ? &b->next[last[above]] : &b->first[above];
        *link = (uint32_t)i;
        last[above] = (uint32_t)i;
    }
    return ST_OK;
}

static void add_node(struct builder *b, uint32_t row, uint32_t parent, uint32_t level)
{
    const struct csv_row *cells = &b->table->v[row];
    uint32_t id = (uint32_t)b->out->n++;
    struct tree_node *node = &b->out->v[id];
    *node = (struct tree_node){.code = csv_cell(cells, b->col.code),
                               .ko = csv_cell(cells, b->col.ko),
                               .en = csv_cell(cells, b->col.en),
                               .parent = parent,
                               .level = level,
                               .row = row};
    struct str rest = csv_cell(cells, b->col.synonyms), word;
    while (rest.n && str_next(&rest, '|', &word))
        if (!str_blank(word))
            VEC_PUSH(b->arena, &node->synonyms, str_trim(word));
    map_add(&b->out->by_code, node->code, id);
    for (uint32_t child = b->first[row]; child; child = b->next[child])
        add_node(b, child, id, level + 1);
    b->out->v[id].end = (uint32_t)b->out->n;
}

enum status tree_load(struct arena *a, const struct csv_table *table, struct tree *out, struct str *why)
{
    struct builder b = {.arena = a, .table = table, .out = out};
    *out = (struct tree){NULL, 0, {NULL, NULL, 0, 0}};
    map_init(&out->by_code, a);
    map_init(&b.rows, a);
    *why = STR("the table is empty");
    if (!table->n)
        return ST_INVALID;
    const struct csv_row *header = &table->v[0];
    b.col = (struct columns){csv_column(header, STR("code")), csv_column(header, STR("parent")),
                             csv_column(header, STR("ko")), csv_column(header, STR("en")),
                             csv_column(header, STR("synonyms"))};
    *why = STR("the columns code, ko and en are required");
    if (b.col.code < 0 || b.col.ko < 0 || b.col.en < 0)
        return ST_INVALID;
    b.first = ARENA_ARRAY(a, table->n, uint32_t);
    b.next = ARENA_ARRAY(a, table->n, uint32_t);
    TRY(link_rows(&b, why));
    out->v = ARENA_ARRAY(a, table->n, struct tree_node);
    for (uint32_t row = b.first[0]; row; row = b.next[row])
        add_node(&b, row, NODE_NONE, 1);
    return ST_OK;
}

bool tree_find(const struct tree *t, struct str code, uint32_t *node)
{
    int64_t id;
    if (!map_get(&t->by_code, code, &id))
        return false;
    *node = (uint32_t)id;
    return true;
}
