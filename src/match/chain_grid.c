/* Sorts candidates into cells: by coarse, middle and fine cell, so that a cell of any level is one range of them. */
#include "match/chain_grid.h"

#include <math.h>

#define DEGREE (M_PI / 180)

/* The finest cell in degrees: about 4 km at 36 degrees north. */
#define CELL_LAT 0.036
#define CELL_LON 0.045

enum {
    PART_BITS = 2, /* a cell has 4 x 4 of the next finer level */
    KEY_BITS = 26,
    KEY_NOWHERE = (1 << KEY_BITS) - 1,
    SORT_BITS = 9,
    SORT_PASSES = 3, /* KEY_BITS and one for the class */
    FINE_FROM = 40000,
    ORG_LINKS_A_ROW = 4,
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
    uint32_t key; /* class, coarse, middle, fine */
    uint32_t row;
};

static uint32_t part_of(uint32_t lat, uint32_t lon, int shift)
{
    uint32_t mask = (1U << PART_BITS) - 1;
    return (lat >> shift & mask) << PART_BITS | (lon >> shift & mask);
}

static uint32_t cell_key(double lat, double lon)
{
    enum { COARSE_BITS = 9 };
    uint32_t y = (uint32_t)((lat + 90) / CELL_LAT), x = (uint32_t)(lesser(greater(lon + 180, 0), 360) / CELL_LON);
    uint32_t coarse = y >> 2 * PART_BITS << COARSE_BITS | x >> 2 * PART_BITS;
    return coarse << 4 * PART_BITS | part_of(y, x, PART_BITS) << 2 * PART_BITS | part_of(y, x, 0);
}

static int level_shift(int level)
{
    return 2 * PART_BITS * (CHAIN_LEVELS - 1 - level);
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

static struct place_key *sort_keys(struct place_key *v, struct place_key *spare, size_t n)
{
    for (int pass = 0; pass < SORT_PASSES; pass++) {
        uint32_t count[1 << SORT_BITS] = {0}, at = 0;
        int shift = pass * SORT_BITS;
        for (size_t i = 0; i < n; i++)
            count[v[i].key >> shift & ((1U << SORT_BITS) - 1)]++;
        for (size_t d = 0; d < 1U << SORT_BITS; d++) {
            uint32_t of_this = count[d];
            count[d] = at;
            at += of_this;
        }
        for (size_t i = 0; i < n; i++)
            spare[count[v[i].key >> shift & ((1U << SORT_BITS) - 1)]++] = v[i];
        struct place_key *sorted = spare;
        spare = v;
        v = sorted;
    }
    return v;
}

static void gather(struct arena *a, const struct chain_problem *p, size_t step, const struct place_key *order,
                   struct chain_board *b)
{
    const struct chain_layer *layer = &p->layer[step];
    const struct chain_columns *in = layer->in;
    double kg_a_kwh = layer->mass_known ? layer->load_kg * p->factors.grid : 0;
    b->won = ARENA_ARRAY(a, b->n, double);
    b->days = ARENA_ARRAY(a, b->n, double);
    b->kg = ARENA_ARRAY(a, b->n, double);
    b->loss = ARENA_ARRAY(a, b->n, double);
    b->row = ARENA_ARRAY(a, b->n, uint32_t);
    b->org = ARENA_ARRAY(a, b->n, uint32_t);
    b->site = ARENA_ARRAY(a, b->n, uint32_t);
    for (size_t i = 0; i < b->n; i++) {
        size_t row = order[i].row;
        double energy = in->energy_kwh_per_kg[row];
        b->row[i] = (uint32_t)row;
        b->won[i] = isnan(layer->price[row]) ? (double)layer->blank.price_won : layer->price[row];
        b->days[i] = (double)(in->lead_days[row] < 0 ? layer->blank.lead_days : in->lead_days[row]);
        b->kg[i] = kg_a_kwh * (isnan(energy) ? layer->blank.energy : energy);
        b->loss[i] = rint((100 - in->score[row]) * 10000);
        b->org[i] = in->org[row];
        b->site[i] = in->site[row];
        b->most_won = greater(b->most_won, b->won[i]);
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

/* Members of one kind from `at` on that share the key; their box. */
static uint32_t take_members(const struct chain_problem *p, struct chain_board *b, const struct chain_columns *in,
                             const struct place_key *order, int shift, uint32_t at, uint32_t end, uint32_t leaf)
{
    struct chain_cell *c = &b->cell[0][leaf];
    uint32_t key = order[at].key >> shift;
    for (; at < end && order[at].key >> shift == key; at++) {
        struct coordinates place;
        b->leaf[at] = leaf;
        if (!place_at(p, in, order[at].row, &place))
            continue;
        c->south = lesser(c->south, place.lat);
        c->north = greater(c->north, place.lat);
        c->west = lesser(c->west, place.lon);
        c->east = greater(c->east, place.lon);
    }
    return at;
}

/* Or a few more. */
static size_t count_leaves(const struct place_key *order, size_t n, int shift)
{
    size_t leaves = n != 0;
    for (size_t i = 1; i < n; i++)
        leaves += order[i].key >> shift != order[i - 1].key >> shift;
    return leaves;
}

/* The leaves into cell[0], for now. */
static void make_leaves(struct arena *a, const struct chain_problem *p, size_t step, const struct place_key *order,
                        int shift, struct chain_board *b, uint32_t *keys)
{
    const uint32_t mask = (1U << KEY_BITS) - 1;
    uint32_t at[CHAIN_KINDS] = {0, (uint32_t)b->meets}, end[CHAIN_KINDS] = {(uint32_t)b->meets, (uint32_t)b->n}, n = 0;
    b->cell[0] = ARENA_ARRAY(a, count_leaves(order, b->n, shift), struct chain_cell);
    b->leaf = ARENA_ARRAY(a, b->n, uint32_t);
    while (at[0] < end[0] || at[1] < end[1]) {
        uint32_t key = UINT32_MAX;
        for (int kind = 0; kind < CHAIN_KINDS; kind++)
            if (at[kind] < end[kind] && (order[at[kind]].key & mask) >> shift < key)
                key = (order[at[kind]].key & mask) >> shift;
        struct chain_cell *c = &b->cell[0][n];
        *c = no_box;
        for (int kind = 0; kind < CHAIN_KINDS; kind++) {
            c->from[kind] = at[kind];
            if (at[kind] < end[kind] && (order[at[kind]].key & mask) >> shift == key)
                at[kind] = take_members(p, b, p->layer[step].in, order, shift, at[kind], end[kind], n);
            c->to[kind] = at[kind];
        }
        c->known = c->south <= c->north;
        c->south *= DEGREE;
        c->north *= DEGREE;
        c->west *= DEGREE;
        c->east *= DEGREE;
        c->cos_low = c->known ? lesser(cos(c->south), cos(c->north)) : 1;
        keys[n++] = key;
    }
    b->cells[0] = n;
}

/* The level above: its cells are ranges of this one's. `keys` becomes those of the new level. */
static void make_level(struct arena *a, struct chain_board *b, int level, uint32_t *keys)
{
    struct chain_cell *below = b->cell[level + 1];
    size_t n = 0;
    b->cell[level] = ARENA_ARRAY(a, b->cells[level + 1], struct chain_cell);
    for (size_t i = 0; i < b->cells[level + 1]; i++) {
        uint32_t key = keys[i] >> 2 * PART_BITS;
        struct chain_cell *c = &b->cell[level][n ? n - 1 : 0];
        if (!n || keys[n - 1] != key) {
            c = &b->cell[level][n];
            *c = no_box;
            c->known = below[i].known;
            c->child = (uint32_t)i;
            memcpy(c->from, below[i].from, sizeof c->from);
            keys[n++] = key;
        }
        widen(c, &below[i]);
        c->child_end = (uint32_t)i + 1;
        memcpy(c->to, below[i].to, sizeof c->to);
        below[i].parent = (uint32_t)n - 1;
    }
    b->cells[level] = n;
}

static void fill_board(struct arena *a, struct chain_grid *g, size_t step)
{
    const struct chain_problem *p = g->p;
    const struct chain_columns *in = p->layer[step].in;
    struct chain_board *b = &g->board[step];
    b->n = in->n;
    struct place_key *order = ARENA_ARRAY(a, b->n, struct place_key), *spare = ARENA_ARRAY(a, b->n, struct place_key);
    for (size_t row = 0; row < b->n; row++) {
        struct coordinates at;
        uint32_t key = place_at(p, in, row, &at) ? cell_key(at.lat, at.lon) : KEY_NOWHERE;
        order[row] = (struct place_key){key | (in->ask[row] ? 1U << KEY_BITS : 0), (uint32_t)row};
        b->meets += !in->ask[row];
    }
    order = sort_keys(order, spare, b->n);
    gather(a, p, step, order, b);
    uint32_t *keys = ARENA_ARRAY(a, b->n, uint32_t);
    make_leaves(a, p, step, order, level_shift(g->leaf), b, keys);
    struct chain_cell *leaves = b->cell[0];
    size_t n = b->cells[0];
    b->cell[g->leaf] = leaves;
    b->cells[g->leaf] = n;
    for (int level = g->leaf - 1; level >= 0; level--)
        make_level(a, b, level, keys);
}

/* Heads of lists of members by number, all empty again after each step. */
struct by_number {
    uint32_t *head; /* member + 1 */
    uint32_t *next;
};

static double members_km(const struct chain_grid *g, size_t step, uint32_t x, uint32_t y)
{
    struct chain_node from = chain_node_at(g->p, step, g->board[step].row[x]);
    struct chain_node to = chain_node_at(g->p, step + 1, g->board[step + 1].row[y]);
    return chain_leg_between(g->p, step, &from, &to).km;
}

/* False when there are more than `most`. */
static bool link_step(struct arena *a, struct chain_grid *g, size_t step, bool by_org, struct by_number *m, size_t most)
{
    struct chain_board *b = &g->board[step], *then = &g->board[step + 1];
    const uint32_t *mine = by_org ? b->org : b->site, *theirs = by_org ? then->org : then->site;
    struct chain_links *links = by_org ? &b->same_org : &b->same_site;
    for (size_t i = then->n; i-- > 0;) {
        m->next[i] = m->head[theirs[i]];
        m->head[theirs[i]] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < b->n && links->n <= most; i++) {
        for (uint32_t k = m->head[mine[i]]; k && links->n <= most; k = m->next[k - 1]) {
            bool same = b->site[i] == then->site[k - 1];
            float km = same ? -1 : nextafterf((float)members_km(g, step, (uint32_t)i, k - 1), 0);
            VEC_PUSH(a, links, ((struct chain_link){(uint32_t)i, k - 1, km}));
            b->linked[by_org][i] = true;
            then->linked[by_org][k - 1] = true;
        }
    }
    for (size_t i = 0; i < then->n; i++)
        m->head[theirs[i]] = 0;
    return links->n <= most;
}

static void link_all(struct arena *a, struct chain_grid *g, size_t longest)
{
    const struct chain_input *in = g->p->input;
    struct by_number m = {ARENA_ARRAY(a, in->orgs > in->sites ? in->orgs : in->sites, uint32_t),
                          ARENA_ARRAY(a, longest, uint32_t)};
    g->org_links = true;
    for (size_t i = 0; i < g->p->n; i++)
        for (int by_org = 0; by_org < 2; by_org++)
            g->board[i].linked[by_org] = ARENA_ARRAY(a, g->board[i].n, bool);
    for (size_t i = 0; i + 1 < g->p->n; i++) {
        link_step(a, g, i, false, &m, SIZE_MAX);
        g->org_links &= g->org_links && link_step(a, g, i, true, &m, ORG_LINKS_A_ROW * (g->board[i].n + 64));
    }
}

void chain_grid_init(struct arena *a, const struct chain_problem *p, struct chain_grid *out)
{
    size_t longest = 0;
    *out = (struct chain_grid){.p = p};
    for (size_t i = 0; i < p->n; i++)
        longest = p->layer[i].n > longest ? p->layer[i].n : longest;
    out->leaf = longest > FINE_FROM ? CHAIN_LEVELS - 1 : CHAIN_LEVELS - 2;
    for (size_t i = 0; i < p->n; i++)
        fill_board(a, out, i);
    link_all(a, out, longest);
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
