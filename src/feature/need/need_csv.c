/* Groups the rows of a flat CSV into needs. Linear in the rows. */
#include "feature/need/need_csv.h"

#include "base/map.h"
#include "feature/need/notice.h"

static const struct flat_column columns[] = {
#define NEED(path, en, ko, kind, mark, example) {FLAT_HEAD, path, en, ko, kind, mark, example},
#define STEP(path, en, ko, kind, mark, example) {FLAT_ITEM, path, en, ko, kind, mark, example},
#include "feature/need/need_columns.def"
#undef NEED
#undef STEP
};

enum { NEED_JSON_BYTES_MAX = 1 << 20 };

const struct flat_table need_columns = {columns, sizeof columns / sizeof columns[0], "steps", "step_"};

static struct str key_of(struct need_csv *c, const struct csv_row *row)
{
    struct str ref = flat_cell(&c->header, row, "ref"), title = flat_cell(&c->header, row, "title");
    if (ref.n)
        return arena_printf(c->arena, "ref " STR_FMT, STR_ARG(ref));
    if (title.n)
        return arena_printf(c->arena, "title " STR_FMT, STR_ARG(title));
    return arena_printf(c->arena, "line %zu", row->line);
}

static void take_rows(struct need_csv *c)
{
    struct map by_key;
    map_init(&by_key, c->arena);
    for (size_t i = 1; i < c->table.n; i++) {
        const struct csv_row *row = &c->table.v[i];
        struct str key = key_of(c, row);
        int64_t at = (int64_t)c->n;
        if (map_add(&by_key, key, at))
            VEC_ADD(c->arena, c);
        else
            map_get(&by_key, key, &at);
        flat_add(c->arena, &c->header, row, &c->v[at].group);
    }
}

static int64_t step_of(const struct need_csv *c, const struct csv_row *row)
{
    int64_t step = 0;
    return str_to_int(flat_cell(&c->header, row, "step"), &step) && step > 0 ? step : 0;
}

static void step_problem(struct need_csv *c, struct flat_group *g, const struct csv_row *row, enum problem_code code)
{
    struct str cell = flat_cell(&c->header, row, "step");
    struct problem p = {STR("step"), code, code == PROBLEM_WHOLE ? STR("1") : cell};
    for (size_t i = 0; i < c->header.table->n; i++)
        if (columns[i].kind == FLAT_ORDER && c->header.at[i] >= 0)
            p.field = c->header.row->v[c->header.at[i]];
    VEC_PUSH(c->arena, &g->problems, ((struct flat_problem){row->line, p}));
}

/* Few rows a need: insertion. Without numbers the order of the rows holds. */
static void sort_steps(struct need_csv *c, struct flat_group *g)
{
    for (size_t i = 0; i < g->items.n; i++) {
        const struct csv_row *row = g->items.v[i];
        struct str cell = flat_cell(&c->header, row, "step");
        int64_t step = step_of(c, row);
        size_t to = i;
        if (cell.n && !step)
            step_problem(c, g, row, PROBLEM_WHOLE);
        for (; step && to > 0 && step_of(c, g->items.v[to - 1]) > step; to--)
            g->items.v[to] = g->items.v[to - 1];
        g->items.v[to] = row;
        if (step && to > 0 && step_of(c, g->items.v[to - 1]) == step)
            step_problem(c, g, row, PROBLEM_DUPLICATE);
    }
}

bool need_csv_read(struct arena *a, const struct csv_table *table, struct need_csv *out)
{
    *out = (struct need_csv){.arena = a, .table = *table};
    problem_list_init(&out->header_problems, a);
    bool notice = table->n && notice_rows(a, table, &out->table);
    if (!out->table.n)
        return false;
    flat_match(a, &need_columns, &out->table.v[0], &out->header);
    if (!notice && !flat_has(&out->header, "process"))
        return false;
    flat_check_header(&out->header, &out->header_problems);
    if (out->header_problems.n)
        return true;
    take_rows(out);
    for (size_t i = 0; i < out->n; i++) {
        AUTO_BUF json;
        buf_init(&json, NEED_JSON_BYTES_MAX);
        sort_steps(out, &out->v[i].group);
        flat_json(a, &out->header, &out->v[i].group, &json);
        out->v[i].json = arena_str(a, buf_str(&json));
    }
    return true;
}

void need_csv_write(struct arena *a, struct str body, struct buf *out)
{
    struct json object;
    struct json_error error;
    if (json_parse(a, body, &object, &error) == ST_OK)
        flat_put(&need_columns, &object, out);
}
