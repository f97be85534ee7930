/* Rows to JSON objects. Knows no field's meaning: whoever reads the objects checks them; flat_locate leads his problems
 * back. */
#include "base/flat.h"

#include "base/map.h"
#include "base/utf8.h"

static struct str folded(struct arena *a, struct str heading)
{
    return utf8_valid(heading) ? utf8_fold_tight(a, heading) : heading;
}

static void map_headings(struct arena *a, const struct flat_table *t, struct map *m)
{
    map_init(m, a);
    for (size_t i = 0; i < t->n; i++) {
        const struct flat_column *c = &t->v[i];
        map_add(m, folded(a, str_c(c->en)), (int64_t)i * 2);
        map_add(m, folded(a, str_c(c->ko)), (int64_t)i * 2 + 1);
    }
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].scope == FLAT_ITEM)
            map_add(m, folded(a, arena_printf(a, "%s%s", t->prefix, t->v[i].en)), (int64_t)i * 2);
}

void flat_match(struct arena *a, const struct flat_table *t, const struct csv_row *row, struct flat_header *out)
{
    struct map headings;
    map_headings(a, t, &headings);
    *out = (struct flat_header){.table = t, .row = row, .column = ARENA_ARRAY(a, row->n, ptrdiff_t)};
    for (size_t i = 0; i < t->n; i++)
        out->at[i] = -1;
    for (size_t i = 0; i < row->n; i++) {
        int64_t found;
        out->column[i] = -1;
        if (!map_get(&headings, folded(a, row->v[i]), &found) || out->at[found / 2] >= 0)
            continue;
        out->column[i] = (ptrdiff_t)(found / 2);
        out->at[found / 2] = (ptrdiff_t)i;
        out->korean |= found % 2 == 1;
    }
}

static ptrdiff_t column_of(const struct flat_header *h, const char *path)
{
    for (size_t i = 0; i < h->table->n; i++)
        if (strcmp(h->table->v[i].path, path) == 0)
            return h->at[i];
    return -1;
}

bool flat_has(const struct flat_header *h, const char *path)
{
    return column_of(h, path) >= 0;
}

void flat_check_header(const struct flat_header *h, struct problem_list *problems)
{
    for (size_t i = 0; i < h->row->n; i++)
        if (h->column[i] < 0 && !str_blank(h->row->v[i]))
            problem_add(problems, PROBLEM_UNKNOWN_FIELD, str_trim(h->row->v[i]), STR(""));
}

struct str flat_cell(const struct flat_header *h, const struct csv_row *row, const char *path)
{
    return str_trim(csv_cell(row, column_of(h, path)));
}

static struct str cell_at(const struct flat_header *h, const struct csv_row *row, size_t column)
{
    return str_trim(csv_cell(row, h->at[column]));
}

static void add_problem(struct arena *a, struct flat_group *g, size_t line, struct problem problem)
{
    VEC_PUSH(a, &g->problems, ((struct flat_problem){line, problem}));
}

void flat_add(struct arena *a, const struct flat_header *h, const struct csv_row *row, struct flat_group *g)
{
    bool item = false;
    if (!g->line)
        g->line = row->line;
    for (size_t i = 0; i < h->table->n; i++) {
        struct str cell = cell_at(h, row, i);
        const struct flat_column *c = &h->table->v[i];
        if (!cell.n)
            continue;
        item |= c->scope == FLAT_ITEM && c->kind != FLAT_ORDER;
        if (c->scope == FLAT_ITEM)
            continue;
        if (!g->head[i].n) {
            g->head[i] = cell;
            g->head_line[i] = row->line;
        } else if (!str_eq(g->head[i], cell)) {
            struct str other = arena_printf(a, STR_FMT " / " STR_FMT, STR_ARG(g->head[i]), STR_ARG(cell));
            add_problem(a, g, row->line, (struct problem){h->row->v[h->at[i]], PROBLEM_CONFLICT, other});
        }
    }
    for (size_t i = h->row->n; i < row->n; i++) {
        if (!str_blank(row->v[i])) {
            struct str count = arena_printf(a, "%zu > %zu", row->n, h->row->n);
            add_problem(a, g, row->line, (struct problem){STR(""), PROBLEM_COUNT, count});
            break;
        }
    }
    if (item)
        VEC_PUSH(a, &g->items, row);
}

/* Takes off the ' that keeps spreadsheets from reading a formula. */
static struct str plain(struct str cell)
{
    if (cell.n > 1 && cell.p[0] == '\'' && strchr("=+-@\t\r'", cell.p[1]))
        return str_drop(cell, 1);
    return cell;
}

static void put_number(struct json_out *j, struct str cell)
{
    int64_t whole;
    double real;
    if (str_to_int(cell, &whole))
        jout_int(j, whole);
    else if (str_to_real(cell, &real))
        jout_real(j, real);
    else
        jout_str(j, cell);
}

/* Cuts the next entry off, without its \ marks. */
static bool next_entry(struct arena *a, struct str *rest, struct str *entry)
{
    if (!rest->p)
        return false;
    char *out = arena_alloc(a, rest->n + 1);
    size_t n = 0, i = 0;
    for (; i < rest->n && rest->p[i] != '|'; i++) {
        bool marked = rest->p[i] == '\\' && i + 1 < rest->n && strchr("|\\", rest->p[i + 1]);
        if (marked)
            i++;
        out[n++] = rest->p[i];
    }
    *entry = str_trim(str_n(out, n));
    *rest = i < rest->n ? str_drop(*rest, i + 1) : (struct str){NULL, 0};
    return true;
}

static void put_marked(struct json_out *j, const struct flat_column *c, struct str entry)
{
    ptrdiff_t at = str_find_byte(entry, c->mark[0]);
    jout_obj(j);
    jout_key_str(j, "code", str_trim(at < 0 ? entry : str_n(entry.p, (size_t)at)));
    if (at >= 0)
        jout_key_str(j, c->mark + 1, str_trim(str_drop(entry, (size_t)at + 1)));
    jout_end(j);
}

static void put_list(struct arena *a, struct json_out *j, const struct flat_column *c, struct str cell)
{
    struct str rest = plain(cell), entry;
    jout_arr(j);
    while (!str_eq(cell, STR("-")) && next_entry(a, &rest, &entry)) {
        if (!entry.n)
            continue;
        if (c->kind == FLAT_LIST)
            jout_str(j, entry);
        else
            put_marked(j, c, entry);
    }
    jout_end(j);
}

static void put_value(struct arena *a, struct json_out *j, const struct flat_column *c, struct str cell)
{
    if (c->kind == FLAT_LIST || c->kind == FLAT_MARKED)
        put_list(a, j, c, cell);
    else if (c->kind == FLAT_TEXT)
        jout_str(j, plain(cell));
    else
        put_number(j, plain(cell));
}

/* The cells of one scope as members; `open` is the object or list that is being written. */
struct member_writer {
    struct arena *arena;
    struct json_out *json;
    const struct flat_table *table;
    struct str cells[FLAT_COLUMNS_MAX]; /* empty = blank */
};

static bool is_absent(const struct flat_column *c, struct str cell)
{
    bool list = c->kind == FLAT_LIST || c->kind == FLAT_MARKED;
    return !cell.n || c->kind == FLAT_ORDER || (!list && str_eq(cell, STR("-")));
}

static size_t group_length(const struct flat_column *c)
{
    const char *dot = strchr(c->path, '.');
    return dot ? (size_t)(dot - c->path) : strlen(c->path);
}

/* Columns i .. the returned one belong to the same member. */
static size_t group_end(const struct flat_table *t, size_t i)
{
    size_t n = group_length(&t->v[i]), end = i + 1;
    while (end < t->n && t->v[end].scope == t->v[i].scope && group_length(&t->v[end]) == n &&
           strncmp(t->v[i].path, t->v[end].path, n) == 0)
        end++;
    return end;
}

static void put_parts(struct member_writer *w, size_t from, size_t end)
{
    while (end > from && is_absent(&w->table->v[end - 1], w->cells[end - 1]))
        end--;
    if (end == from)
        return;
    jout_key_arr(w->json, w->table->v[from].path);
    for (size_t i = from; i < end; i++) {
        if (is_absent(&w->table->v[i], w->cells[i]))
            jout_null(w->json);
        else
            put_number(w->json, plain(w->cells[i]));
    }
    jout_end(w->json);
}

/* A member that is plain, or an object of what stands behind the dots; both at once is a conflict, found before. */
static void put_member(struct member_writer *w, size_t from, size_t end)
{
    bool open = false;
    for (size_t i = from; i < end; i++) {
        const struct flat_column *c = &w->table->v[i];
        const char *dot = strchr(c->path, '.');
        if (is_absent(c, w->cells[i]))
            continue;
        if (dot && !open)
            jout_key_obj(w->json, arena_c(w->arena, str_n(c->path, (size_t)(dot - c->path))));
        open |= dot != NULL;
        jout_key(w->json, dot ? dot + 1 : c->path);
        put_value(w->arena, w->json, c, w->cells[i]);
        if (!dot)
            return;
    }
    if (open)
        jout_end(w->json);
}

static void put_members(struct member_writer *w, enum flat_scope scope)
{
    for (size_t i = 0; i < w->table->n;) {
        size_t end = group_end(w->table, i);
        if (w->table->v[i].scope == scope && w->table->v[i].kind == FLAT_PART)
            put_parts(w, i, end);
        else if (w->table->v[i].scope == scope)
            put_member(w, i, end);
        i = end;
    }
}

/* "layer_um" and "layer_um_min" in one row. */
static void check_conflicts(struct arena *a, const struct flat_header *h, struct flat_group *g,
                            const struct csv_row *row)
{
    for (size_t i = 0; i + 1 < h->table->n; i++) {
        bool plain_here = !strchr(h->table->v[i].path, '.') && h->table->v[i].kind == FLAT_NUMBER &&
                          !is_absent(&h->table->v[i], cell_at(h, row, i));
        for (size_t k = i + 1; plain_here && k < group_end(h->table, i); k++)
            if (!is_absent(&h->table->v[k], cell_at(h, row, k)))
                add_problem(a, g, row->line,
                            (struct problem){h->row->v[h->at[k]], PROBLEM_CONFLICT, h->row->v[h->at[i]]});
    }
}

void flat_json(struct arena *a, const struct flat_header *h, struct flat_group *g, struct buf *out)
{
    struct json_out j;
    jout_init(&j, out);
    struct member_writer w = {.arena = a, .json = &j, .table = h->table};
    memcpy(w.cells, g->head, sizeof g->head);
    jout_obj(&j);
    put_members(&w, FLAT_HEAD);
    if (g->items.n)
        jout_key_arr(&j, h->table->items);
    for (size_t r = 0; r < g->items.n; r++) {
        check_conflicts(a, h, g, g->items.v[r]);
        for (size_t i = 0; i < h->table->n; i++)
            w.cells[i] = cell_at(h, g->items.v[r], i);
        jout_obj(&j);
        put_members(&w, FLAT_ITEM);
        jout_end(&j);
    }
    if (g->items.n)
        jout_end(&j);
    jout_end(&j);
}
