/* Capabilities as lines of tables. */
#include "test/bench/match_sql.h"

#include <stdlib.h>

int64_t row_id(const struct capability *c)
{
    int64_t id = 0;
    return str_to_int(str_drop(c->ref, 3), &id) ? id : 0;
}

static void put_real(struct buf *out, struct opt_real v)
{
    if (v.has)
        buf_printf(out, "\t%.17g", v.v);
    else
        buf_add_c(out, "\t\\N");
}

static void put_whole(struct buf *out, struct opt_int v)
{
    put_real(out, (struct opt_real){(double)v.v, v.has});
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A box is stored sorted, a cylinder as diameter and length. */
static void put_size(struct buf *out, const struct size_mm *size)
{
    double v[3] = {size->v[0], size->v[1], size->v[2]};
    if (size->n == 3)
        qsort(v, 3, sizeof v[0], by_size);
    buf_printf(out, "\t%u", size->n);
    for (uint32_t i = 0; i < 3; i++)
        put_real(out, (struct opt_real){v[i], i < size->n});
}

static void put_list(struct buf *out, const struct node_list *list)
{
    buf_add_c(out, list->n ? "\t{" : "\t\\N");
    for (size_t i = 0; i < list->n; i++)
        buf_printf(out, "%s%u", i ? "," : "", list->v[i]);
    if (list->n)
        buf_add_byte(out, '}');
}

void row_capability(struct buf *out, const struct capability *c, int64_t site)
{
    static const double evidence[] = {0.4, 0.7, 0.85, 1};
    const struct place_point *place = &c->site->place;
    const struct track *track = &c->site->track;
    buf_printf(out, "%lld\t%lld\t%u", (long long)row_id(c), (long long)site, c->process);
    put_size(out, &c->size_mm);
    put_real(out, c->mass_kg.min);
    put_real(out, c->mass_kg.max);
    buf_printf(out, "\t%d", (int)c->tolerance.kind);
    put_real(out, (struct opt_real){c->tolerance.value, c->tolerance.kind != TOLERANCE_NONE});
    put_real(out, c->ra_um);
    put_whole(out, c->batch.min);
    put_whole(out, c->batch.max);
    put_real(out, c->free_per_month);
    put_real(out, c->free_kg_per_month);
    put_whole(out, c->lead_days);
    buf_printf(out, "\t%d", c->site->certificates.known);
    put_whole(out, (struct opt_int){place->region, place->region != NODE_NONE});
    put_real(out, (struct opt_real){place->at.lat, place->has_coordinates});
    put_real(out, (struct opt_real){place->at.lon, place->has_coordinates});
    buf_printf(out, "\t%.17g\t%.17g", ((double)track->good + 4) / ((double)track->all + 5), evidence[c->evidence]);
    put_list(out, &c->materials);
    buf_add_byte(out, '\n');
}

void row_materials(struct buf *out, const struct capability *c)
{
    for (size_t i = 0; i < c->materials.n; i++)
        buf_printf(out, "%lld\t%u\n", (long long)row_id(c), c->materials.v[i]);
}

void row_certificates(struct buf *out, const struct site *site, int64_t number)
{
    const struct held_certificates *held = &site->certificates;
    for (size_t i = 0; i < held->n; i++)
        buf_printf(out, "%lld\t%u\t%d\n", (long long)number, held->v[i].certificate,
                   held->v[i].until.has ? held->v[i].until.v.n : INT32_MAX);
}
