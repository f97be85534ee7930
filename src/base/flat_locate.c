/* Leads a problem of an object back to line and heading. The nearest column wins: itself, one below it, one above it.
 */
#include "base/flat.h"

/* "capabilities[12].mass_kg.max" to 12 and "mass_kg.max"; false when the path is not in the list. */
static bool split_item(const struct flat_table *t, struct str *path, size_t *index)
{
    struct str items = str_c(t->items);
    int64_t n;
    if (!str_starts(*path, items) || path->n <= items.n || path->p[items.n] != '[')
        return false;
    struct str rest = str_drop(*path, items.n + 1);
    ptrdiff_t end = str_find_byte(rest, ']');
    if (end < 0 || !str_to_int(str_n(rest.p, (size_t)end), &n) || n < 0)
        return false;
    *index = (size_t)n;
    rest = str_drop(rest, (size_t)end + 1);
    *path = rest.n && rest.p[0] == '.' ? str_drop(rest, 1) : rest;
    return true;
}

static bool is_above(struct str above, struct str path)
{
    return str_starts(path, above) && path.n > above.n && path.p[above.n] == '.';
}

/* 3 the same, 2 the column is a part of the path, 1 the path is a part of the column. */
static int nearness(const struct flat_column *c, struct str path)
{
    struct str own = str_c(c->path);
    if (str_eq(own, path))
        return 3;
    return is_above(path, own) ? 2 : is_above(own, path) ? 1 : 0;
}

/* The best column, one that is in the file before one that is not; n when there is none. */
static size_t nearest(const struct flat_header *h, enum flat_scope scope, struct str path)
{
    size_t best = h->table->n;
    int most = 0;
    for (size_t i = 0; i < h->table->n; i++) {
        int near = h->table->v[i].scope == scope ? nearness(&h->table->v[i], path) : 0;
        near = near ? near * 2 + (h->at[i] >= 0) : 0;
        if (near > most) {
            most = near;
            best = i;
        }
    }
    return best;
}

void flat_locate(struct arena *a, const struct flat_header *h, const struct flat_group *g, struct problem *p,
                 size_t *line)
{
    struct str path = p->field;
    size_t index = 0;
    bool item = split_item(h->table, &path, &index);
    *line = item && index < g->items.n ? g->items.v[index]->line : g->line;
    ptrdiff_t list = str_find_byte(path, '[');
    if (list >= 0)
        path.n = (size_t)list;
    if (!path.n)
        return;
    bool no_item = !item && str_eq(path, str_c(h->table->items));
    size_t c = no_item ? nearest(h, FLAT_ITEM, STR("process")) : nearest(h, item ? FLAT_ITEM : FLAT_HEAD, path);
    if (c == h->table->n)
        return;
    if (h->table->v[c].scope == FLAT_HEAD && g->head_line[c])
        *line = g->head_line[c];
    const struct flat_column *column = &h->table->v[c];
    struct str heading = h->at[c] >= 0 ? str_trim(h->row->v[h->at[c]]) : str_c(h->korean ? column->ko : column->en);
    p->field = arena_str(a, heading);
}
