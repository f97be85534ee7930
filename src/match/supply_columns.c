/* Sizes are counted first, so each column is one piece of memory. */
#include "match/supply_columns.h"

#include <math.h>

struct sizes {
    size_t rows;
    size_t processes; /* at most */
    size_t materials;
    size_t industries;
    size_t held;
    size_t names;
};

static struct sizes measure(const struct vocab *v, const struct supply *supply)
{
    struct sizes n = {.rows = 0};
    for (size_t i = 0; i < supply->n; i++) {
        const struct site *s = supply->v[i];
        n.rows += s->capabilities.n ? s->capabilities.n : 1;
        n.held += s->certificates.n;
        for (size_t k = 0; k < s->capabilities.n; k++) {
            n.processes += v->processes.v[s->capabilities.v[k].process].level;
            n.materials += s->capabilities.v[k].materials.n;
            n.industries += s->capabilities.v[k].industries.n;
        }
        for (size_t k = 0; k < 3; k++)
            n.names += s->folded_names[k].n + 1;
    }
    return n;
}

static void take_memory(struct arena *a, size_t sites, const struct sizes *n, struct supply_columns *c)
{
    c->first_row = ARENA_RAW(a, sites + 1, uint32_t);
    c->site = ARENA_RAW(a, n->rows, uint32_t);
    c->process = ARENA_RAW(a, n->rows, uint32_t);
    c->detail = ARENA_RAW(a, n->rows, const struct capability *);
    c->proof = ARENA_RAW(a, n->rows, uint8_t);
    c->largest_mm = ARENA_RAW(a, n->rows, double);
    c->ra_um = ARENA_RAW(a, n->rows, double);
    c->lead_days = ARENA_RAW(a, n->rows, double);
    c->materials = (struct column_lists){ARENA_RAW(a, n->rows + 1, uint32_t), ARENA_RAW(a, n->materials, uint32_t)};
    c->industries = (struct column_lists){ARENA_RAW(a, n->rows + 1, uint32_t), ARENA_RAW(a, n->industries, uint32_t)};
    c->processes = (struct column_lists){ARENA_RAW(a, sites + 1, uint32_t), ARENA_RAW(a, n->processes, uint32_t)};
    c->region = ARENA_RAW(a, sites, uint32_t);
    c->held = (struct column_lists){ARENA_RAW(a, sites + 1, uint32_t), ARENA_RAW(a, n->held, uint32_t)};
    c->held_until = ARENA_RAW(a, n->held, int32_t);
    c->good = ARENA_RAW(a, sites, int64_t);
    c->name_key = ARENA_RAW(a, sites, uint64_t);
    c->name_from = ARENA_RAW(a, sites + 1, uint32_t);
}

static uint32_t put_list(struct column_lists *to, uint32_t at, const struct node_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        to->v[at++] = list->v[i];
    return at;
}

static double largest_mm(const struct capability *cap)
{
    double most = 0;
    for (uint32_t i = 0; cap && i < cap->size_mm.n; i++)
        most = cap->size_mm.v[i] > most ? cap->size_mm.v[i] : most;
    return most;
}

/* The row's lists end where the next row's begin. */
static void put_row(struct supply_columns *c, uint32_t site, const struct capability *cap)
{
    static const struct node_list none = {NULL, 0, 0};
    size_t row = c->rows++;
    c->site[row] = site;
    c->detail[row] = cap;
    c->process[row] = cap ? cap->process : NODE_NONE;
    c->proof[row] = cap ? (uint8_t)capability_proof(cap) : 0;
    c->largest_mm[row] = largest_mm(cap);
    c->ra_um[row] = cap && cap->ra_um.has ? cap->ra_um.v : NAN;
    c->lead_days[row] = cap && cap->lead_days.has ? (double)cap->lead_days.v : NAN;
    c->materials.from[row + 1] = put_list(&c->materials, c->materials.from[row], cap ? &cap->materials : &none);
    c->industries.from[row + 1] = put_list(&c->industries, c->industries.from[row], cap ? &cap->industries : &none);
}

static uint64_t key_of(struct str name)
{
    uint64_t key = 0;
    for (size_t i = 0; i < sizeof key; i++)
        key = key << 8 | (i < name.n ? (unsigned char)name.p[i] : 0);
    return key;
}

static void put_site(struct supply_columns *c, uint32_t number, char *names)
{
    const struct site *s = c->supply->v[number];
    uint32_t held = c->held.from[number], at = c->name_from[number];
    c->first_row[number] = (uint32_t)c->rows;
    for (size_t i = 0; i < s->capabilities.n; i++)
        put_row(c, number, &s->capabilities.v[i]);
    if (!s->capabilities.n)
        put_row(c, number, NULL);
    c->region[number] = s->place.region;
    c->good[number] = s->track.good;
    for (size_t i = 0; i < s->certificates.n; i++, held++) {
        c->held.v[held] = s->certificates.v[i].certificate;
        c->held_until[held] = s->certificates.v[i].until.has ? s->certificates.v[i].until.v.n : INT32_MAX;
    }
    c->held.from[number + 1] = held;
    c->name_key[number] = key_of(s->folded_names[0]);
    for (size_t i = 0; i < 3; i++) {
        if (s->folded_names[i].n)
            memcpy(names + at, s->folded_names[i].p, s->folded_names[i].n);
        at += (uint32_t)s->folded_names[i].n;
        names[at++] = '\0';
    }
    c->name_from[number + 1] = at;
}

/* Where a process was noted for the site, all above it were. */
static void put_processes(struct arena *a, const struct vocab *v, struct supply_columns *c)
{
    const struct tree *t = &v->processes;
    uint32_t *noted = ARENA_ARRAY(a, t->n, uint32_t), at = 0;
    for (size_t row = 0; row < c->rows; row++) {
        uint32_t site = c->site[row];
        c->processes.from[site] = row == c->first_row[site] ? at : c->processes.from[site];
        for (uint32_t i = c->process[row]; i != NODE_NONE && noted[i] != site + 1; i = t->v[i].parent) {
            noted[i] = site + 1;
            c->processes.v[at++] = i;
        }
    }
    c->processes.from[c->supply->n] = at;
}

void supply_columns_build(struct arena *a, const struct vocab *v, const struct supply *supply,
                          struct supply_columns *out)
{
    struct sizes n = measure(v, supply);
    *out = (struct supply_columns){.supply = supply};
    take_memory(a, supply->n, &n, out);
    char *names = ARENA_RAW(a, n.names, char);
    out->materials.from[0] = out->industries.from[0] = out->held.from[0] = out->name_from[0] = 0;
    for (size_t i = 0; i < supply->n; i++)
        put_site(out, (uint32_t)i, names);
    out->first_row[supply->n] = (uint32_t)out->rows;
    out->names = str_n(names, n.names);
    put_processes(a, v, out);
}

int supply_columns_by_name(const struct supply_columns *c, uint32_t x, uint32_t y)
{
    if (c->name_key[x] != c->name_key[y])
        return c->name_key[x] < c->name_key[y] ? -1 : 1;
    const struct site *a = c->supply->v[x], *b = c->supply->v[y];
    int by_name = str_cmp(a->folded_names[0], b->folded_names[0]);
    return by_name ? by_name : str_cmp(a->ref, b->ref);
}
