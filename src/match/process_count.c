/* Rows below a process are found by comparing two numbers a row; they come site by site. */
#include "match/process_count.h"

#include <math.h>

struct counter {
    struct arena *arena;
    const struct vocab *vocab;
    const struct supply_columns *columns;
    uint32_t process;
    struct process_count *out;
    uint32_t *row_of;    /* by process from `process` on: its row of the grid, or NODE_NONE */
    uint32_t *column_of; /* by material */
    uint32_t *cell_seen; /* the last site counted in a cell, from 1 */
    uint32_t *row_seen;
    uint32_t site; /* in hand, from 1; 0: none yet */
    size_t best;   /* its row */
    size_t others;
};

static void lay_grid(struct counter *c)
{
    const struct tree *p = &c->vocab->processes, *m = &c->vocab->materials;
    struct process_count *out = c->out;
    uint32_t end = p->v[c->process].end;
    c->row_of = ARENA_RAW(c->arena, end - c->process, uint32_t);
    c->column_of = ARENA_RAW(c->arena, m->n, uint32_t);
    c->row_of[0] = end == c->process + 1 ? 0 : NODE_NONE;
    for (uint32_t i = c->process + 1; i < end; i = p->v[i].end) {
        for (uint32_t k = i; k < p->v[i].end; k++)
            c->row_of[k - c->process] = (uint32_t)out->rows.n;
        VEC_PUSH(c->arena, &out->rows, i);
    }
    if (!out->rows.n)
        VEC_PUSH(c->arena, &out->rows, c->process);
    for (uint32_t i = 0; i < m->n; i = m->v[i].end) {
        for (uint32_t k = i; k < m->v[i].end; k++)
            c->column_of[k] = (uint32_t)out->columns.n;
        VEC_PUSH(c->arena, &out->columns, i);
    }
    size_t cells = out->rows.n * out->columns.n;
    out->cell = ARENA_ARRAY(c->arena, cells, int64_t);
    out->row_sites = ARENA_ARRAY(c->arena, out->rows.n, int64_t);
    out->by_region = ARENA_ARRAY(c->arena, c->vocab->regions.n, int64_t);
    c->cell_seen = ARENA_ARRAY(c->arena, cells, uint32_t);
    c->row_seen = ARENA_ARRAY(c->arena, out->rows.n, uint32_t);
}

static void count_once(uint32_t *seen, int64_t *count, size_t at, uint32_t site)
{
    count[at] += seen[at] != site;
    seen[at] = site;
}

static void count_cells(struct counter *c, size_t row)
{
    const struct column_lists *materials = &c->columns->materials;
    uint32_t grid_row = c->row_of[c->columns->process[row] - c->process];
    if (grid_row == NODE_NONE)
        return;
    count_once(c->row_seen, c->out->row_sites, grid_row, c->site);
    for (uint32_t i = materials->from[row]; i < materials->from[row + 1]; i++)
        count_once(c->cell_seen, c->out->cell, grid_row * c->out->columns.n + c->column_of[materials->v[i]], c->site);
}

/* The largest size, the finest surface, the shortest time of a site; NAN: not stated. */
static void keep_limit(struct arena *a, struct process_values *values, const struct site *site, double x, bool largest)
{
    if (isnan(x))
        return;
    if (!values->n || values->v[values->n - 1].site != site) {
        __typeof__(*values->v) *v = VEC_ADD(a, values);
        v->value = x;
        v->site = site;
        return;
    }
    double *kept = &values->v[values->n - 1].value;
    if (largest ? x > *kept : x < *kept)
        *kept = x;
}

static void keep_limits(struct arena *a, const struct supply_columns *c, size_t row, struct process_limits *out)
{
    const struct site *site = c->supply->v[c->site[row]];
    keep_limit(a, &out->v[LIMIT_SIZE_MM], site, c->largest_mm[row] > 0 ? c->largest_mm[row] : NAN, true);
    keep_limit(a, &out->v[LIMIT_RA_UM], site, c->ra_um[row], false);
    keep_limit(a, &out->v[LIMIT_LEAD_DAYS], site, c->lead_days[row], false);
}

/* Strongest evidence first, then good deals, then name. */
static bool stands_before(const struct supply_columns *c, size_t x, size_t y)
{
    uint32_t a = c->site[x], b = c->site[y];
    if (c->proof[x] != c->proof[y])
        return c->proof[x] > c->proof[y];
    return c->good[a] != c->good[b] ? c->good[a] > c->good[b] : supply_columns_by_name(c, a, b) < 0;
}

/* Into its place among the first, which are kept by the row of their best. */
static void keep_site(struct counter *c, size_t first[PROCESS_SITES_MAX])
{
    struct process_sites *kept = &c->out->sites;
    if (kept->n == PROCESS_SITES_MAX && !stands_before(c->columns, c->best, first[kept->n - 1]))
        return;
    kept->n += kept->n < PROCESS_SITES_MAX;
    size_t at = kept->n - 1;
    for (; at && stands_before(c->columns, c->best, first[at - 1]); at--) {
        first[at] = first[at - 1];
        kept->v[at] = kept->v[at - 1];
    }
    first[at] = c->best;
    kept->v[at] = (struct process_site){c->columns->supply->v[c->site - 1], c->columns->detail[c->best], c->others};
}

static void end_site(struct counter *c, size_t first[PROCESS_SITES_MAX])
{
    if (!c->site)
        return;
    c->out->all_sites++;
    keep_site(c, first);
    for (uint32_t r = c->columns->region[c->site - 1]; r != NODE_NONE; r = c->vocab->regions.v[r].parent)
        c->out->by_region[r]++;
}

static void take_row(struct counter *c, size_t row, size_t first[PROCESS_SITES_MAX])
{
    if (c->columns->site[row] + 1 != c->site) {
        end_site(c, first);
        c->site = c->columns->site[row] + 1;
        c->best = row;
        c->others = 0;
    } else {
        c->others++;
        c->best = c->columns->proof[row] > c->columns->proof[c->best] ? row : c->best;
    }
    c->out->capabilities++;
    count_cells(c, row);
    keep_limits(c->arena, c->columns, row, &c->out->limits);
}

static bool is_below(const struct vocab *v, const struct supply_columns *c, size_t row, uint32_t process)
{
    return c->process[row] - process < v->processes.v[process].end - process;
}

void process_count(struct arena *a, const struct vocab *v, const struct supply_columns *columns, uint32_t process,
                   struct process_count *out)
{
    struct counter c = {.arena = a, .vocab = v, .columns = columns, .process = process, .out = out};
    size_t first[PROCESS_SITES_MAX];
    *out = (struct process_count){.capabilities = 0};
    out->sites.v = ARENA_ARRAY(a, PROCESS_SITES_MAX, struct process_site);
    lay_grid(&c);
    for (size_t row = 0; row < columns->rows; row++)
        if (is_below(v, columns, row, process))
            take_row(&c, row, first);
    end_site(&c, first);
}

void process_limits(struct arena *a, const struct vocab *v, const struct supply_columns *columns, uint32_t process,
                    struct process_limits *out)
{
    *out = (struct process_limits){.v = {{NULL, 0, 0}}};
    for (size_t row = 0; row < columns->rows; row++)
        if (is_below(v, columns, row, process))
            keep_limits(a, columns, row, out);
}
