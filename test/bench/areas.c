/* Each district gets one to five areas, and a thin spread over the whole of it. Pure; depends on the vocabulary alone.
 */
#include "test/bench/areas.h"

enum { AREAS_SEED = 20261122, AREAS_MOST = 5 };

struct crowded {
    struct str region;
    double factor; /* firms compared with a common district */
};

/* Districts with large industrial complexes; the factors are rough. */
static const struct crowded crowded[] = {
    {STR_INIT("KR.41.390"), 30}, {STR_INIT("KR.41.270"), 26}, {STR_INIT("KR.48.120"), 24}, {STR_INIT("KR.41.590"), 24},
    {STR_INIT("KR.28.200"), 18}, {STR_INIT("KR.26.530"), 14}, {STR_INIT("KR.27.290"), 14}, {STR_INIT("KR.26.440"), 12},
    {STR_INIT("KR.48.250"), 12}, {STR_INIT("KR.41.190"), 10}, {STR_INIT("KR.27.710"), 9},  {STR_INIT("KR.30.230"), 8},
    {STR_INIT("KR.31.710"), 8},  {STR_INIT("KR.41.220"), 8},  {STR_INIT("KR.43.110"), 7},  {STR_INIT("KR.44.130"), 7},
    {STR_INIT("KR.29.200"), 6},  {STR_INIT("KR.47.190"), 6},  {STR_INIT("KR.41.480"), 6},  {STR_INIT("KR.30.200"), 5},
};

void weights_add(struct arena *a, struct weights *w, double weight)
{
    double before = w->n ? w->v[w->n - 1] : 0;
    VEC_PUSH(a, w, before + weight);
}

size_t weights_draw(const struct weights *w, struct random *r)
{
    double x = random_unit(r) * w->v[w->n - 1];
    size_t low = 0, high = w->n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->v[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static double crowd(struct str region)
{
    for (size_t i = 0; i < sizeof crowded / sizeof crowded[0]; i++)
        if (str_eq(crowded[i].region, region))
            return crowded[i].factor;
    return 1;
}

static void add_area(struct arena *a, struct areas *out, const struct area *area, double weight)
{
    VEC_PUSH(a, out, *area);
    weights_add(a, &out->weights, weight);
}

static void add_district(struct arena *a, const struct vocab *v, uint32_t region, struct random *r, struct areas *out)
{
    double factor = crowd(v->regions.v[region].code);
    size_t n = 1 + random_below(r, AREAS_MOST);
    struct area around = {region, {.at = v->centroid[region], .spread_km = 9}};
    for (size_t i = 0; i < n; i++) {
        struct area area = around;
        area.place.at.lat += (random_unit(r) - 0.5) * 0.14;
        area.place.at.lon += (random_unit(r) - 0.5) * 0.17;
        area.place.spread_km = 0.6 + 1.6 * random_unit(r);
        add_area(a, out, &area, 0.85 * factor / (double)n);
    }
    add_area(a, out, &around, 0.15 * factor);
}

void areas_build(struct arena *a, const struct vocab *v, struct areas *out)
{
    struct random r;
    random_seed(&r, AREAS_SEED);
    *out = (struct areas){NULL, 0, 0, {NULL, 0, 0}};
    for (uint32_t i = 0; i < v->regions.n; i++)
        if (vocab_district(v, i) == i && str_starts(v->regions.v[i].code, STR("KR.")))
            add_district(a, v, i, &r, out);
}
