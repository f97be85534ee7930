#include "match/process_count.h"

#include <stdlib.h>

struct counter {
    struct arena *arena;
    const struct vocab *vocab;
    uint32_t process;
    struct process_count *out;
    const struct site **cell_seen; /* the last site counted in a cell */
    const struct site **row_seen;
};

static void lay_grid(struct counter *c)
{
    const struct tree *p = &c->vocab->processes, *m = &c->vocab->materials;
    struct process_count *out = c->out;
    for (uint32_t i = c->process + 1; i < p->v[c->process].end; i = p->v[i].end)
        VEC_PUSH(c->arena, &out->rows, i);
    if (!out->rows.n)
        VEC_PUSH(c->arena, &out->rows, c->process);
    for (uint32_t i = 0; i < m->n; i = m->v[i].end)
        VEC_PUSH(c->arena, &out->columns, i);
    size_t cells = out->rows.n * out->columns.n;
    out->cell = ARENA_ARRAY(c->arena, cells, int64_t);
    out->row_sites = ARENA_ARRAY(c->arena, out->rows.n, int64_t);
    out->by_region = ARENA_ARRAY(c->arena, c->vocab->regions.n, int64_t);
    c->cell_seen = ARENA_ARRAY(c->arena, cells, const struct site *);
    c->row_seen = ARENA_ARRAY(c->arena, out->rows.n, const struct site *);
    memset(out->cell, 0, cells * sizeof *out->cell);
    memset(out->row_sites, 0, out->rows.n * sizeof *out->row_sites);
    memset(out->by_region, 0, c->vocab->regions.n * sizeof *out->by_region);
    memset(c->cell_seen, 0, cells * sizeof *c->cell_seen);
    memset(c->row_seen, 0, out->rows.n * sizeof *c->row_seen);
}

static void count_cell(struct counter *c, const struct capability *cap, size_t row)
{
    struct process_count *out = c->out;
    if (c->row_seen[row] != cap->site) {
        c->row_seen[row] = cap->site;
        out->row_sites[row]++;
    }
    for (size_t i = 0; i < cap->materials.n; i++)
        for (size_t k = 0; k < out->columns.n; k++) {
            size_t at = row * out->columns.n + k;
            if (!tree_below(&c->vocab->materials, cap->materials.v[i], out->columns.v[k]) ||
                c->cell_seen[at] == cap->site)
                continue;
            c->cell_seen[at] = cap->site;
            out->cell[at]++;
        }
}

static void count_row(struct counter *c, const struct capability *cap)
{
    for (size_t row = 0; row < c->out->rows.n; row++)
        if (tree_below(&c->vocab->processes, cap->process, c->out->rows.v[row]))
            count_cell(c, cap, row);
}

static struct opt_real stated(const struct capability *cap, enum process_limit limit)
{
    double most = 0;
    switch (limit) {
    case LIMIT_SIZE_MM:
        for (uint32_t i = 0; i < cap->size_mm.n; i++)
            most = cap->size_mm.v[i] > most ? cap->size_mm.v[i] : most;
        return (struct opt_real){most, cap->size_mm.n > 0};
    case LIMIT_RA_UM:
        return cap->ra_um;
    default:
        return (struct opt_real){(double)cap->lead_days.v, cap->lead_days.has};
    }
}

/* The largest size, the finest surface, the shortest time of a site. */
static void keep_limit(struct arena *a, struct process_limits *limits, const struct capability *cap,
                       enum process_limit limit)
{
    struct process_values *values = &limits->v[limit];
    struct opt_real x = stated(cap, limit);
    if (!x.has)
        return;
    if (!values->n || values->v[values->n - 1].site != cap->site) {
        __typeof__(*values->v) *v = VEC_ADD(a, values);
        v->value = x.v;
        v->site = cap->site;
        return;
    }
    double *kept = &values->v[values->n - 1].value;
    if (limit == LIMIT_SIZE_MM ? x.v > *kept : x.v < *kept)
        *kept = x.v;
}

static void count_site(struct counter *c, const struct site *site)
{
    struct process_site s = {.site = site};
    for (size_t i = 0; i < site->capabilities.n; i++) {
        const struct capability *cap = &site->capabilities.v[i];
        if (!tree_below(&c->vocab->processes, cap->process, c->process))
            continue;
        s.others += s.best != NULL;
        if (!s.best || (cap->evidence_given && (!s.best->evidence_given || cap->evidence > s.best->evidence)))
            s.best = cap;
        c->out->capabilities++;
        count_row(c, cap);
        for (int limit = 0; limit < PROCESS_LIMITS; limit++)
            keep_limit(c->arena, &c->out->limits, cap, (enum process_limit)limit);
    }
    if (!s.best)
        return;
    VEC_PUSH(c->arena, &c->out->sites, s);
    for (uint32_t r = site->place.region; r != NODE_NONE; r = c->vocab->regions.v[r].parent)
        c->out->by_region[r]++;
}

static int proof(const struct process_site *s)
{
    return s->best->evidence_given ? 1 + (int)s->best->evidence : 0;
}

static int strongest_first(const void *a, const void *b)
{
    const struct process_site *x = a, *y = b;
    if (proof(x) != proof(y))
        return proof(y) - proof(x);
    if (x->site->track.good != y->site->track.good)
        return x->site->track.good > y->site->track.good ? -1 : 1;
    int by_name = str_cmp(x->site->org.name, y->site->org.name);
    return by_name ? by_name : str_cmp(x->site->ref, y->site->ref);
}

void process_count(struct arena *a, const struct vocab *v, const struct supply *supply, uint32_t process,
                   struct process_count *out)
{
    struct counter c = {.arena = a, .vocab = v, .process = process, .out = out};
    *out = (struct process_count){.capabilities = 0};
    lay_grid(&c);
    for (size_t i = 0; i < supply->n; i++)
        count_site(&c, supply->v[i]);
    if (out->sites.n)
        qsort(out->sites.v, out->sites.n, sizeof *out->sites.v, strongest_first);
}

void process_limits(struct arena *a, const struct vocab *v, const struct supply *supply, uint32_t process,
                    struct process_limits *out)
{
    *out = (struct process_limits){.v = {{NULL, 0, 0}}};
    for (size_t i = 0; i < supply->n; i++)
        for (size_t k = 0; k < supply->v[i]->capabilities.n; k++) {
            const struct capability *cap = &supply->v[i]->capabilities.v[k];
            for (int limit = 0; limit < PROCESS_LIMITS && tree_below(&v->processes, cap->process, process); limit++)
                keep_limit(a, out, cap, (enum process_limit)limit);
        }
}
