/* Sorts candidates into cells, coarse to fine, so that a cell of any level is one range of them. */
#include "match/chain_grid.h"

#include <math.h>

#define DEGREE (M_PI / 180)

/* The finest cell in degrees: about 4 km at 36 degrees north. */
#define CELL_LAT 0.036
#define CELL_LON 0.045

enum {
    KEY_BITS = 26, /* 9 + 9 of the coarsest, 1 + 1 of every finer level */
    KEY_NOWHERE = (1 << KEY_BITS) - 1,
    SORT_BITS = 9,
    SORT_PASSES = 3,
    LEAVES_AT_64_KM = 40,
};

/* Without the care that fmin takes of NAN. */
static inline double lesser(double x, double y)
{
    return x < y ? x : y;
}

static inline double greater(double x, double y)
{
    return x > y ? x : y;
}

struct place_key {
    uint32_t key; /* cells, coarse to the finest in use */
    uint32_t row;
};

/* What is used for one step after the other. */
struct sorting {
    const struct chain_problem *p;
    struct arena *arena;
    int leaf;
    struct place_key *order, *spare;
    uint32_t *keys; /* of cells */
};

static uint32_t cell_key(double lat, double lon)
{
    enum { FINER = CHAIN_LEVELS - 1, COARSE_BITS = 9 };
    uint32_t y = (uint32_t)((lat + 90) / CELL_LAT), x = (uint32_t)(lesser(greater(lon + 180, 0), 360) / CELL_LON);
    uint32_t key = y >> FINER << COARSE_BITS | x >> FINER;
    for (int bit = FINER - 1; bit >= 0; bit--)
        key = key << 2 | (y >> bit & 1) << 1 | (x >> bit & 1);
    return key;
}

/* The place of a row: its own or the centroid of its region. */
static bool place_at(const struct chain_problem *p, const struct chain_columns *in, size_t row, struct coordinates *at)
{
    *at = (struct coordinates){in->lat[row], in->lon[row]};
    if (!isnan(at->lat))
        return true;
    if (in->region[row] != NODE_NONE)
        *at = p->request->vocab->centroid[in->region[row]];
    return in->region[row] != NODE_NONE;
}

static uint32_t digit(uint32_t key, int pass)
{
    return key >> pass * SORT_BITS & ((1U << SORT_BITS) - 1);
}

/* By key, into s->order. */
static void sort_keys(struct sorting *s, size_t n)
{
    uint32_t count[SORT_PASSES][1 << SORT_BITS] = {0};
    for (size_t i = 0; i < n; i++)
        for (int pass = 0; pass < SORT_PASSES; pass++)
            count[pass][digit(s->order[i].key, pass)]++;
    for (int pass = 0; pass < SORT_PASSES; pass++) {
        uint32_t at = 0;
        for (size_t d = 0; d < 1U << SORT_BITS; d++) {
            uint32_t of_this = count[pass][d];
            count[pass][d] = at;
            at += of_this;
        }
        for (size_t i = 0; i < n; i++)
            s->spare[count[pass][digit(s->order[i].key, pass)]++] = s->order[i];
        struct place_key *sorted = s->spare;
        s->spare = s->order;
        s->order = sorted;
    }
}

static void widen(struct chain_cell *c, const struct chain_cell *by)
{
    c->south = lesser(c->south, by->south);
    c->north = greater(c->north, by->north);
    c->west = lesser(c->west, by->west);
    c->east = greater(c->east, by->east);
    c->cos_low = lesser(c->cos_low, by->cos_low);
}

static const struct chain_cell no_box = {
    .south = HUGE_VAL, .north = -HUGE_VAL, .west = HUGE_VAL, .east = -HUGE_VAL, .cos_low = HUGE_VAL};

struct chain_cell chain_cell_of(const struct chain_place *place)
{
    double lat = place->at.lat * DEGREE, lon = place->at.lon * DEGREE;
    return (struct chain_cell){
        .south = lat, .north = lat, .west = lon, .east = lon, .cos_low = place->cos_lat, .known = place->known};
}

static size_t count_leaves(const struct sorting *s, size_t n)
{
    size_t leaves = n != 0;
    for (size_t i = 1; i < n; i++)
        leaves += s->order[i].key != s->order[i - 1].key;
    return leaves;
}

static void find_boxes(const struct sorting *s, size_t step, struct chain_board *b)
{
    struct chain_cell *cells = b->cell[s->leaf];
    for (size_t row = 0; row < b->n; row++) {
        struct coordinates at;
        if (!place_at(s->p, s->p->layer[step].in, row, &at))
            continue;
        struct chain_cell *c = &cells[b->leaf[row]];
        c->south = lesser(c->south, at.lat);
        c->north = greater(c->north, at.lat);
        c->west = lesser(c->west, at.lon);
        c->east = greater(c->east, at.lon);
    }
    for (size_t i = 0; i < b->cells[s->leaf]; i++) {
        struct chain_cell *c = &cells[i];
        c->known = c->south <= c->north;
        c->south *= DEGREE;
        c->north *= DEGREE;
        c->west *= DEGREE;
        c->east *= DEGREE;
        c->cos_low = c->known ? lesser(cos(c->south), cos(c->north)) : 1;
    }
}

static void make_leaves(struct sorting *s, size_t step, struct chain_board *b)
{
    uint32_t n = 0;
    struct chain_cell *cells = b->cell[s->leaf] = ARENA_ARRAY(s->arena, count_leaves(s, b->n), struct chain_cell);
    b->order = ARENA_ARRAY(s->arena, b->n, uint32_t);
    b->leaf = ARENA_ARRAY(s->arena, b->n, uint32_t);
    for (uint32_t i = 0; i < b->n; i++) {
        uint32_t key = s->order[i].key;
        if (!n || s->keys[n - 1] != key) {
            cells[n] = no_box;
            cells[n].from = i;
            cells[n].leaf = n;
            cells[n].leaf_end = n + 1;
            s->keys[n++] = key;
        }
        cells[n - 1].to = i + 1;
        b->order[i] = s->order[i].row;
        b->leaf[s->order[i].row] = n - 1;
    }
    b->cells[s->leaf] = n;
    find_boxes(s, step, b);
}

/* The level above: its cells are ranges of this one's. The keys become those of the new level. */
static void make_level(struct sorting *s, struct chain_board *b, int level)
{
    struct chain_cell *below = b->cell[level + 1];
    size_t n = 0;
    b->cell[level] = ARENA_ARRAY(s->arena, b->cells[level + 1], struct chain_cell);
    for (size_t i = 0; i < b->cells[level + 1]; i++) {
        uint32_t key = s->keys[i] >> 2;
        struct chain_cell *c = &b->cell[level][n ? n - 1 : 0];
        if (!n || s->keys[n - 1] != key) {
            c = &b->cell[level][n];
            *c = no_box;
            c->known = below[i].known;
            c->child = (uint32_t)i;
            c->from = below[i].from;
            c->leaf = below[i].leaf;
            s->keys[n++] = key;
        }
        widen(c, &below[i]);
        c->child_end = (uint32_t)i + 1;
        c->to = below[i].to;
        c->leaf_end = below[i].leaf_end;
        below[i].parent = (uint32_t)n - 1;
    }
    b->cells[level] = n;
}

static void fill_up(struct arena *a, struct chain_board *b, int level)
{
    b->up[level] = ARENA_ARRAY(a, b->cell[level][b->cells[level] - 1].leaf_end, uint32_t);
    for (uint32_t c = 0; c < b->cells[level]; c++)
        for (uint32_t leaf = b->cell[level][c].leaf; leaf < b->cell[level][c].leaf_end; leaf++)
            b->up[level][leaf] = c;
    for (uint32_t c = 0; c < b->cells[level]; c++)
        b->cell[level][c].top = b->up[0][b->cell[level][c].leaf];
}

static void fill_board(struct sorting *s, size_t step, struct chain_board *b)
{
    const struct chain_columns *in = s->p->layer[step].in;
    const int shift = 2 * (CHAIN_LEVELS - 1 - s->leaf);
    b->n = in->n;
    b->meets = s->p->layer[step].meets;
    for (size_t row = 0; row < b->n; row++) {
        struct coordinates at;
        uint32_t key = place_at(s->p, in, row, &at) ? cell_key(at.lat, at.lon) : KEY_NOWHERE;
        s->order[row] = (struct place_key){key >> shift, (uint32_t)row};
    }
    sort_keys(s, b->n);
    make_leaves(s, step, b);
    for (int level = s->leaf - 1; level >= 0; level--)
        make_level(s, b, level);
    for (int level = 0; level <= s->leaf && b->n; level++)
        fill_up(s->arena, b, level);
}

static void fill_km(struct arena *a, struct chain_grid *g, size_t step)
{
    const struct chain_board *then = &g->board[step + 1];
    struct chain_board *b = &g->board[step];
    b->km = ARENA_ARRAY(a, b->cells[0] * then->cells[0], float);
    for (size_t x = 0; x < b->cells[0]; x++)
        for (size_t y = 0; y < then->cells[0]; y++)
            b->km[x * then->cells[0] + y] =
                nextafterf((float)chain_cells_road_km(g, &b->cell[0][x], &then->cell[0][y]), 0);
}

void chain_grid_init(struct arena *a, const struct chain_problem *p, struct chain_grid *out)
{
    AUTO_ARENA passing;
    size_t longest = 0;
    arena_init(&passing, SIZE_MAX / 2);
    *out = (struct chain_grid){.p = p};
    for (size_t i = 0; i < p->n; i++)
        longest = p->layer[i].n > longest ? p->layer[i].n : longest;
    for (size_t leaves = LEAVES_AT_64_KM; out->leaf + 1 < CHAIN_LEVELS && leaves * CHAIN_LEAF_MEMBERS < longest;
         leaves *= 4)
        out->leaf++;
    struct sorting s = {.p = p,
                        .arena = a,
                        .leaf = out->leaf,
                        .order = ARENA_ARRAY(&passing, longest, struct place_key),
                        .spare = ARENA_ARRAY(&passing, longest, struct place_key),
                        .keys = ARENA_ARRAY(&passing, longest, uint32_t)};
    for (size_t i = 0; i < p->n; i++)
        fill_board(&s, i, &out->board[i]);
    for (size_t i = 0; i + 1 < p->n; i++)
        fill_km(a, out, i);
    chain_grid_link(a, out, longest);
}

static double sine_low(double x)
{
    const double small = 0.3;
    return x < small ? x - x * x * x / 6 : sin(lesser(x, M_PI / 2));
}

/* The haversine grows with either difference; the differences are the least there are. */
double chain_cells_km(const struct chain_cell *x, const struct chain_cell *y)
{
    const double radius_km = 6371.0088, safe = 1 - 1e-9;
    double dlat = greater(0, greater(x->south - y->north, y->south - x->north));
    double dlon = greater(0, greater(x->west - y->east, y->west - x->east));
    double around = 2 * M_PI - (greater(x->east, y->east) - lesser(x->west, y->west));
    dlon = lesser(dlon, greater(0, around));
    double s = sine_low(dlat / 2), c = sine_low(dlon / 2);
    double h = s * s + x->cos_low * y->cos_low * c * c, root = sqrt(lesser(h, 1));
    return 2 * radius_km * (root + root * root * root / 6) * safe;
}

double chain_cells_road_km(const struct chain_grid *g, const struct chain_cell *x, const struct chain_cell *y)
{
    const struct chain_factors *f = &g->p->factors;
    return x->known && y->known ? chain_cells_km(x, y) * f->road_factor : f->unknown_km;
}
