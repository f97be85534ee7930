/* Place over the index: regions are ranges of their tree, distances are taken from points on the unit sphere first and
   exactly only near the limit. */
#include "match/index_parts.h"

#include <math.h>
#include <string.h>

#define RADIUS_KM 6371.0088

/* The points are floats: a chord between them is this wrong at most, in radii (about 6 m). */
#define CHORD_ERROR 1e-6

enum place_number { CHORD_IN, CHORD_OUT, MAX_KM };
enum place_flag { BY_REGION, BY_DISTANCE };

/* Great circle, as doc/matching.md has it. */
static double exact_km(const struct index_view *v, size_t row)
{
    const double degree = M_PI / 180;
    struct coordinates from = v->q->point, to = v->segment->site_at[v->segment->row_site[row]];
    double dlat = sin((to.lat - from.lat) * degree / 2), dlon = sin((to.lon - from.lon) * degree / 2);
    double h = dlat * dlat + cos(from.lat * degree) * cos(to.lat * degree) * dlon * dlon;
    return 2 * RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}

void index_unit_point(struct coordinates at, float out[3])
{
    const double degree = M_PI / 180;
    out[0] = (float)(cos(at.lat * degree) * cos(at.lon * degree));
    out[1] = (float)(cos(at.lat * degree) * sin(at.lon * degree));
    out[2] = (float)sin(at.lat * degree);
}

static void squared_chords(const struct index_segment *s, size_t block, const float from[3], float out[BLOCK_ROWS])
{
    const float *x = s->unit[0] + block * BLOCK_ROWS, *y = s->unit[1] + block * BLOCK_ROWS,
                *z = s->unit[2] + block * BLOCK_ROWS;
    for (int i = 0; i < BLOCK_ROWS; i++) {
        float dx = x[i] - from[0], dy = y[i] - from[1], dz = z[i] - from[2];
        out[i] = dx * dx + dy * dy + dz * dz;
    }
}

/* Rows that are not farther than max_km. */
static uint64_t near_rows(const struct index_view *v, const struct index_term *t, size_t block, uint64_t want)
{
    float chord[BLOCK_ROWS];
    uint64_t in = 0, unsure = 0;
    float in_most = (float)t->number[CHORD_IN], out_least = (float)t->number[CHORD_OUT];
    squared_chords(v->segment, block, t->point, chord);
    for (int i = 0; i < BLOCK_ROWS; i++) {
        in |= (uint64_t)(chord[i] < in_most) << i;
        unsure |= (uint64_t)(chord[i] >= in_most && chord[i] <= out_least) << i;
    }
    for (uint64_t rest = unsure & want & v->segment->has_point[block]; rest; rest &= rest - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(rest);
        in |= (uint64_t)(exact_km(v, block * BLOCK_ROWS + bit) <= t->number[MAX_KM]) << bit;
    }
    return in;
}

/* list: the asked regions; range[0]: the district of the delivery. */
static struct index_verdicts sweep_place(const struct index_view *v, const struct index_term *t, size_t tile,
                                         uint64_t want)
{
    const struct index_segment *s = v->segment;
    const struct index_column *region = &s->column[COLUMN_REGION];
    size_t block = v->tile[tile].block;
    struct index_verdicts r = {0, 0};
    if (!t->flag[BY_REGION] && !t->flag[BY_DISTANCE])
        return (struct index_verdicts){s->has_point[block], ~s->has_point[block]};
    if (t->flag[BY_REGION]) {
        for (size_t i = 0; i < t->listed; i++)
            r.yes |= index_column_in(region, block, t->list[i]);
        r.unknown = ~index_column_known(region, block);
    }
    if (t->flag[BY_DISTANCE]) {
        r.yes |= near_rows(v, t, block, want & ~r.yes) & s->has_point[block];
        r.unknown |= ~s->has_point[block];
    }
    r.unknown &= ~r.yes;
    return r;
}

static bool has_point(const struct index_segment *s, size_t row)
{
    return s->has_point[row / BLOCK_ROWS] >> row % BLOCK_ROWS & 1;
}

static bool same_district(const struct index_view *v, size_t row)
{
    struct opt_real region = index_value(&v->segment->column[COLUMN_REGION], row);
    return v->q->district != NODE_NONE && region.has && (uint32_t)region.v == v->q->district;
}

static double s_at(const struct index_view *v, size_t row, double km)
{
    double s = 0.3 + 0.7 * exp(-km / 100);
    return s < 0.95 && same_district(v, row) ? 0.95 : s;
}

static double place_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)t;
    (void)tile;
    if (!v->q->has_point)
        return 1;
    if (!has_point(v->segment, row))
        return same_district(v, row) ? 0.95 : 0.3;
    return s_at(v, row, exact_km(v, row));
}

/* The squared chords whose float has the same first bits share one bound: that of the shortest. */
static uint32_t chord_class(float square)
{
    uint32_t bits;
    memcpy(&bits, &square, sizeof bits);
    uint32_t shifted = bits >> CHORD_SHIFT;
    return shifted < CHORD_FIRST                   ? 0
           : shifted - CHORD_FIRST < CHORD_CLASSES ? shifted - CHORD_FIRST
                                                   : CHORD_CLASSES - 1;
}

/* A chord is never longer than the arc. */
void index_place_bounds(float out[CHORD_CLASSES])
{
    for (uint32_t i = 0; i < CHORD_CLASSES; i++) {
        uint32_t bits = (i + CHORD_FIRST) << CHORD_SHIFT;
        float square;
        memcpy(&square, &bits, sizeof square);
        double km = i ? RADIUS_KM * fmax(0, sqrt((double)square) - CHORD_ERROR) : 0;
        out[i] = (float)((0.3 + 0.7 * exp(-km / 100)) * (1 + 1e-6));
    }
}

static double place_s_most(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)tile;
    if (!v->q->has_point || !has_point(v->segment, row))
        return 1;
    float square = 0;
    for (int i = 0; i < 3; i++) {
        float d = v->segment->unit[i][row] - t->point[i];
        square += d * d;
    }
    double s = (double)v->segment->place_bound[chord_class(square)];
    return s < 0.95 && same_district(v, row) ? 0.95 : s;
}

/* By the cap around the block's points. */
static double place_tile_s_most(const struct index_view *v, const struct index_term *t, size_t tile, uint64_t rows)
{
    const struct index_segment *s = v->segment;
    size_t block = v->tile[tile].block;
    float square = 0;
    if (!v->q->has_point || rows & ~s->has_point[block] ||
        rows & index_column_in(&s->column[COLUMN_REGION], block, t->range[0]))
        return 1;
    for (int i = 0; i < 3; i++) {
        float d = s->cap[i][block] - t->point[i];
        square += d * d;
    }
    double chord = sqrt((double)square) - (double)s->cap[3][block] - 2 * CHORD_ERROR;
    return chord > 0 ? 0.3 + 0.7 * exp(-RADIUS_KM * chord / 100) : 1;
}

static struct opt_real place_margin(const struct index_view *v, const struct index_term *t, size_t row)
{
    if (!t->flag[BY_DISTANCE] || !has_point(v->segment, row))
        return (struct opt_real){0, false};
    return opt_real((t->number[MAX_KM] - exact_km(v, row)) / t->number[MAX_KM]);
}

static void init_distance(struct index_term *t, double max_km)
{
    double half = max_km / (2 * RADIUS_KM);
    double chord = half < M_PI / 2 ? 2 * sin(half) : 3;
    double in = fmax(0, chord - CHORD_ERROR), out = chord + CHORD_ERROR;
    t->number[CHORD_IN] = in * in * (1 - 1e-6);
    t->number[CHORD_OUT] = out * out * (1 + 1e-6);
    t->number[MAX_KM] = max_km;
}

void index_term_place(struct arena *a, const struct index_view *v, struct index_term *t)
{
    const struct asked_place *asked = &v->q->step->place;
    const struct index_column *region = &v->segment->column[COLUMN_REGION];
    index_unit_point(v->q->point, t->point);
    t->list = ARENA_ARRAY(a, asked->regions.n, struct index_range);
    t->range[0] = (struct index_range){1, 0};
    if (v->q->district != NODE_NONE)
        t->range[0] = (struct index_range){index_column_below(region, v->q->district) + 1,
                                           index_column_up_to(region, v->q->district)};
    t->flag[BY_REGION] = asked->regions.n != 0;
    t->flag[BY_DISTANCE] = asked->max_km.has;
    for (size_t i = 0; i < asked->regions.n; i++) {
        uint32_t node = asked->regions.v[i];
        t->list[t->listed++] = (struct index_range){index_column_below(region, node) + 1,
                                                    index_column_below(region, v->q->vocab->regions.v[node].end)};
    }
    if (asked->max_km.has)
        init_distance(t, asked->max_km.v);
    t->s_unknown = 0.3;
    t->sweep = sweep_place;
    t->s = place_s;
    t->s_most = place_s_most;
    t->tile_s_most = place_tile_s_most;
    t->margin = place_margin;
}
