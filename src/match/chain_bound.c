/*
 * Bounds. Between two different sites a leg is at least that between the boxes of their cells; within a site it is
 * nothing, so members that share a site with the next or last step (linked) are followed one by one. So the least value
 * before and behind every cell comes of one pass forward and one backward over the cells of a level.
 */
#include "match/chain_bound.h"

#include <float.h>
#include <math.h>

static inline double lesser(double x, double y)
{
    return x < y ? x : y;
}

static double line_at(const struct chain_line *l, double km)
{
    double value = l->base + l->per_km * km;
    if (km > l->same_day_km)
        value += l->day;
    if (km > l->one_day_km)
        value += l->day;
    return value;
}

/* The legs that carry what leaves a layer. */
static struct chain_line line_of(const struct chain_bound *b, const struct chain_layer *left)
{
    const double rounded = 1 + 1e-6, far_km = 30000;
    const struct chain_problem *p = b->g->p;
    const struct chain_weights *w = &b->weights;
    struct chain_leg none = chain_leg_of_km(p, left, 0), far = chain_leg_of_km(p, left, far_km);
    struct chain_line line = {
        .same_day_km = p->factors.same_day_km, .one_day_km = p->factors.one_day_km, .day = w->days};
    double won = fmax(0, (double)none.won - rounded), won_far = fmax(0, (double)far.won - rounded);
    line.base = w->won * won;
    /* a straight line below what is capped */
    line.per_km = (w->won * fmax(0, won_far - won) + w->kg * far.kg_co2) / far_km * (1 - 1e-9);
    return line;
}

static void find_lines(struct chain_bound *b)
{
    const struct chain_problem *p = b->g->p;
    double handover = b->weights.won * floor(p->factors.handover_won + 0.5);
    b->same_org = b->g->org_links ? b->weights.firms : 0;
    b->tie = b->same_org > 0 ? TIE_ORG : TIE_SITE;
    for (size_t i = 0; i + 1 < p->n; i++) {
        b->leg[i + 1] = line_of(b, &p->layer[i]);
        b->leg[i + 1].base += handover + b->same_org;
    }
    b->leg[0] = p->has_origin ? line_of(b, &p->layer[0]) : (struct chain_line){0};
    b->leg[p->n] = p->has_delivery ? line_of(b, &p->layer[p->n - 1]) : (struct chain_line){0};
}

double chain_bound_leg(const struct chain_bound *b, size_t leg, const struct chain_cell *x, const struct chain_cell *y)
{
    const struct chain_factors *f = &b->g->p->factors;
    double km = x->known && y->known ? chain_cells_km(x, y) * f->road_factor : f->unknown_km;
    return line_at(&b->leg[leg], km);
}

void chain_bound_init(struct arena *a, const struct chain_grid *g, struct chain_bound *out)
{
    *out = (struct chain_bound){.g = g};
    for (size_t i = 0; i < g->p->n; i++) {
        const struct chain_board *board = &g->board[i];
        out->own[i] = ARENA_ARRAY(a, board->n, double);
        size_t linked = board->n_linked[TIE_SITE] > board->n_linked[TIE_ORG] ? board->n_linked[TIE_SITE]
                                                                             : board->n_linked[TIE_ORG];
        out->from_start[i] = ARENA_ARRAY(a, linked, double);
        out->to_end[i] = ARENA_ARRAY(a, linked, double);
        for (int level = 0; level <= g->leaf; level++) {
            struct chain_reach *r = &out->reach[i][level];
            size_t n = board->cells[level];
            r->least = ARENA_ARRAY(a, n, double);
            r->before = ARENA_ARRAY(a, n, double);
            r->behind = ARENA_ARRAY(a, n, double);
            r->through[0] = ARENA_ARRAY(a, n, double);
            r->through[1] = ARENA_ARRAY(a, n, double);
            r->arrive = ARENA_ARRAY(a, n, double);
            r->alive = ARENA_ARRAY(a, n, uint32_t);
        }
    }
}

/* A power of two above all that a chain can cost. */
static double above_all_costs(const struct chain_bound *b)
{
    const struct chain_problem *p = b->g->p;
    const double far_km = 30000;
    double sum = 1, power;
    for (size_t i = 0; i < p->n; i++) {
        double leg = (double)chain_leg_of_km(p, &p->layer[i], far_km).won + p->factors.handover_won;
        sum += b->g->board[i].most_won + 2 * leg;
    }
    for (power = 1; power < sum;)
        power *= 2;
    return power;
}

static struct chain_weights weights_of(const struct chain_bound *b, const struct chain_scale *scale)
{
    const struct chain_problem *p = b->g->p;
    const double same_won = 4, same_value = 1.001e-6;
    bool carbon = p->has_carbon;
    double most = above_all_costs(b);
    switch (scale->objective) {
    case CHAIN_TIME:
        return (struct chain_weights){.won = 1, .days = most, .value = most, .slack = same_won};
    case CHAIN_SCORE:
        return (struct chain_weights){.won = 1, .loss = most, .value = most, .slack = same_won};
    case CHAIN_FIRMS:
        return (struct chain_weights){.won = 1, .firms = most, .value = most, .slack = same_won};
    case CHAIN_BLEND:
        return (struct chain_weights){.won = 0.45 / scale->won,
                                      .days = 0.25 / scale->days,
                                      .kg = carbon ? 0.10 / scale->kg : 0,
                                      .loss = 0.20 / 1e6 / (double)p->n,
                                      .value = 1,
                                      .slack = same_value};
    case CHAIN_CARBON:
        if (carbon)
            return (struct chain_weights){.kg = 1, .value = 1, .slack = same_value};
        return (struct chain_weights){.won = 1, .value = 0, .slack = same_won};
    default:
        return (struct chain_weights){.won = 1, .value = 1, .slack = same_won};
    }
}

double chain_bound_key(const struct chain_bound *b, const struct chain_sums *s)
{
    const struct chain_weights *w = &b->weights;
    return w->won * (double)s->won + w->days * (double)s->days + w->kg * s->kg_co2 + w->loss * (double)s->loss +
           w->firms * (double)s->firms;
}

double chain_bound_value(const struct chain_bound *b, const struct chain_scale *scale, double key)
{
    switch (scale->objective) {
    case CHAIN_TIME:
        return floor(key / b->weights.days);
    case CHAIN_SCORE:
        return floor(key / b->weights.loss) / 10000;
    case CHAIN_FIRMS:
        return floor(key / b->weights.firms);
    case CHAIN_CARBON:
        return b->weights.kg > 0 ? key : 0;
    default:
        return key;
    }
}

static void weigh_range(struct chain_bound *b, size_t step, size_t from, size_t to)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_weights w = b->weights;
    double *restrict own = b->own[step];
    const double *restrict won = board->won, *restrict days = board->days, *restrict kg = board->kg,
                           *restrict loss = board->loss;
    if (w.won == 1 && !w.days && !w.loss)
        memcpy(own + from, won + from, (to - from) * sizeof *own);
    else if (!w.won)
        memcpy(own + from, kg + from, (to - from) * sizeof *own);
    else
        for (size_t i = from; i < to; i++)
            own[i] = w.won * won[i] + w.days * days[i] + w.kg * kg[i] + w.loss * loss[i];
}

static double least_of(const struct chain_bound *b, size_t step, const struct chain_cell *c)
{
    const double *own = b->own[step];
    double least = HUGE_VAL;
    for (uint32_t i = c->from[0]; i < c->to[0]; i++)
        least = lesser(least, own[i]);
    for (uint32_t i = c->from[1]; i < c->to[1] && !b->meets_only; i++)
        least = lesser(least, own[i]);
    return least;
}

static void least_of_level(struct chain_bound *b, size_t step, int level)
{
    const struct chain_board *board = &b->g->board[step];
    for (size_t c = 0; c < board->cells[level]; c++) {
        const struct chain_cell *cell = &board->cell[level][c];
        double least = HUGE_VAL;
        if (level == b->g->leaf)
            least = least_of(b, step, cell);
        else
            for (uint32_t k = cell->child; k < cell->child_end; k++)
                least = lesser(least, b->reach[step][level + 1].least[k]);
        b->reach[step][level].least[c] = least;
    }
}

static size_t members(const struct chain_bound *b, size_t step)
{
    return b->meets_only ? b->g->board[step].meets : b->g->board[step].n;
}

/* Where the linked members from this one on begin in their list. */
static size_t first_linked(const struct chain_bound *b, size_t step, size_t member)
{
    const uint32_t *linked = b->g->board[step].linked[b->tie];
    size_t low = 0, high = b->g->board[step].n_linked[b->tie];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (linked[middle] < member)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool chain_bound_weigh(struct chain_bound *b, const struct chain_scale *scale, bool meets_only)
{
    b->weights = weights_of(b, scale);
    b->meets_only = meets_only;
    find_lines(b);
    for (size_t i = 0; i < b->g->p->n; i++) {
        if (!members(b, i))
            return false;
        weigh_range(b, i, 0, members(b, i));
        for (int level = b->g->leaf; level >= 0; level--)
            least_of_level(b, i, level);
        b->n_linked[i] = first_linked(b, i, members(b, i));
    }
    return true;
}

void chain_bound_without(struct chain_bound *b, uint32_t org, bool back)
{
    for (size_t i = 0; i < b->g->p->n; i++) {
        const struct chain_board *board = &b->g->board[i];
        for (size_t k = 0; k < members(b, i); k++) {
            if (board->org[k] != org)
                continue;
            uint32_t cell = board->leaf[k];
            if (back)
                weigh_range(b, i, k, k + 1);
            else
                b->own[i][k] = HUGE_VAL;
            for (int level = b->g->leaf; level >= 0; level--) {
                const struct chain_cell *c = &board->cell[level][cell];
                double least = HUGE_VAL;
                if (level == b->g->leaf)
                    least = least_of(b, i, c);
                else
                    for (uint32_t x = c->child; x < c->child_end; x++)
                        least = lesser(least, b->reach[i][level + 1].least[x]);
                b->reach[i][level].least[cell] = least;
                cell = c->parent;
            }
        }
    }
}

void chain_bound_all_alive(struct chain_bound *b, int level)
{
    for (size_t i = 0; i < b->g->p->n; i++) {
        struct chain_reach *r = &b->reach[i][level];
        r->n = 0;
        memset(r->arrive, 0, b->g->board[i].cells[level] * sizeof *r->arrive);
        for (size_t c = 0; c < b->g->board[i].cells[level]; c++)
            if (r->least[c] < HUGE_VAL)
                r->alive[r->n++] = (uint32_t)c;
    }
}

static uint32_t cell_of(const struct chain_bound *b, size_t step, uint32_t member, int level)
{
    const struct chain_board *board = &b->g->board[step];
    uint32_t c = board->leaf[member];
    for (int at = b->g->leaf; at > level; at--)
        c = board->cell[at][c].parent;
    return c;
}

/* The leg of a link: nothing within a site. */
static double link_leg(const struct chain_bound *b, size_t step, const struct chain_link *l)
{
    return l->km < 0 ? 0 : line_at(&b->leg[step + 1], (double)l->km) - b->same_org;
}

/* Puts the alive cells of a level in the order of a number. */
static void sort_alive(struct chain_reach *r, const double *by)
{
    for (size_t gap = r->n / 2; gap; gap = gap == 2 ? 1 : (size_t)((double)gap / 2.2)) {
        for (size_t i = gap; i < r->n; i++) {
            uint32_t c = r->alive[i];
            size_t k = i;
            for (; k >= gap && by[r->alive[k - gap]] > by[c]; k -= gap)
                r->alive[k] = r->alive[k - gap];
            r->alive[k] = c;
        }
    }
}

/* The least of legs from the alive cells of another step, the nearest to the end or start first; HUGE_VAL when it is
   above `limit`. */
static double least_from(const struct chain_bound *b, size_t leg, const struct chain_cell *to,
                         const struct chain_cell *cells, const struct chain_reach *others, const double *through,
                         double limit)
{
    double least = limit, base = b->leg[leg].base;
    bool any = false;
    for (size_t i = 0; i < others->n; i++) {
        uint32_t c = others->alive[i];
        if (through[c] + base > least)
            break;
        double value = through[c] + chain_bound_leg(b, leg, to, &cells[c]);
        if (value <= least) {
            least = value;
            any = true;
        }
    }
    return any ? least : HUGE_VAL;
}

static void backward(struct chain_bound *b, size_t step, int level, const struct chain_cell *delivery, double most)
{
    const struct chain_board *board = &b->g->board[step];
    struct chain_reach *r = &b->reach[step][level];
    size_t n = b->g->p->n;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        r->behind[c] = step + 1 < n ? least_from(b, step + 1, cell, b->g->board[step + 1].cell[level],
                                                 &b->reach[step + 1][level], b->reach[step + 1][level].through[1],
                                                 most - r->arrive[c])
                                    : chain_bound_leg(b, n, cell, delivery);
        r->through[1][c] = r->least[c] + r->behind[c];
    }
    const uint32_t *linked = board->linked[b->tie];
    for (size_t i = 0; i < b->n_linked[step]; i++)
        b->to_end[step][i] = b->own[step][linked[i]] + r->behind[cell_of(b, step, linked[i], level)];
    const struct chain_links *links = &board->links[b->tie];
    for (size_t i = 0; i < links->n && step + 1 < n; i++) {
        const struct chain_link *l = &links->v[i];
        if (l->from >= b->n_linked[step] || l->to >= b->n_linked[step + 1])
            continue;
        double *mine = &b->to_end[step][l->from];
        *mine = lesser(*mine, b->own[step][linked[l->from]] + link_leg(b, step, l) + b->to_end[step + 1][l->to]);
        double *whole = &r->through[1][cell_of(b, step, linked[l->from], level)];
        *whole = lesser(*whole, *mine);
    }
    sort_alive(r, r->through[1]);
}

static void forward(struct chain_bound *b, size_t step, int level, const struct chain_cell *origin, double most)
{
    const struct chain_board *board = &b->g->board[step];
    struct chain_reach *r = &b->reach[step][level];
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        r->before[c] = step ? least_from(b, step, cell, b->g->board[step - 1].cell[level], &b->reach[step - 1][level],
                                         b->reach[step - 1][level].through[0], most - r->through[1][c])
                            : chain_bound_leg(b, 0, cell, origin);
        r->through[0][c] = r->least[c] + r->before[c];
    }
    const uint32_t *linked = board->linked[b->tie];
    for (size_t i = 0; i < b->n_linked[step]; i++)
        b->from_start[step][i] = b->own[step][linked[i]] + r->before[cell_of(b, step, linked[i], level)];
    const struct chain_links *links = step ? &b->g->board[step - 1].links[b->tie] : NULL;
    for (size_t i = 0; links && i < links->n; i++) {
        const struct chain_link *l = &links->v[i];
        if (l->from >= b->n_linked[step - 1] || l->to >= b->n_linked[step])
            continue;
        double *mine = &b->from_start[step][l->to];
        *mine = lesser(*mine, b->own[step][linked[l->to]] + link_leg(b, step - 1, l) + b->from_start[step - 1][l->from]);
        double *whole = &r->through[0][cell_of(b, step, linked[l->to], level)];
        *whole = lesser(*whole, *mine);
    }
    sort_alive(r, r->through[0]);
}

double chain_bound_linked(const struct chain_bound *b, size_t step, size_t linked)
{
    return b->from_start[step][linked] + b->to_end[step][linked] -
           b->own[step][b->g->board[step].linked[b->tie][linked]];
}

double chain_bound_arrive(const struct chain_bound *b, size_t step, uint32_t member, int level)
{
    const struct chain_board *board = &b->g->board[step];
    if (!(board->ties[member] >> b->tie & 1))
        return b->own[step][member] + b->reach[step][level].before[cell_of(b, step, member, level)];
    return b->from_start[step][first_linked(b, step, member)];
}

/* Everything of a level but its alive cells is out of reach. */
static void forget(struct chain_bound *b, size_t step, int level)
{
    struct chain_reach *r = &b->reach[step][level];
    for (size_t c = 0; c < b->g->board[step].cells[level]; c++)
        r->before[c] = r->behind[c] = r->through[0][c] = r->through[1][c] = HUGE_VAL;
}

void chain_bound_level(struct chain_bound *b, int level, double most)
{
    const struct chain_problem *p = b->g->p;
    struct chain_cell origin = chain_cell_of(&p->origin), delivery = chain_cell_of(&p->delivery);
    for (size_t i = 0; i < p->n; i++)
        forget(b, i, level);
    for (size_t i = p->n; i-- > 0;)
        backward(b, i, level, &delivery, most);
    for (size_t i = 0; i < p->n; i++)
        forward(b, i, level, &origin, most);
    const struct chain_reach *last = &b->reach[p->n - 1][level];
    double least = most < DBL_MAX ? most : HUGE_VAL;
    for (size_t i = 0; i < last->n; i++)
        least = lesser(least, last->through[0][last->alive[i]] + last->behind[last->alive[i]]);
    b->least = least;
}

void chain_bound_refine(struct chain_bound *b, int level, double most)
{
    for (size_t step = 0; step < b->g->p->n; step++) {
        const struct chain_board *board = &b->g->board[step];
        const struct chain_reach *r = &b->reach[step][level];
        struct chain_reach *below = &b->reach[step][level + 1];
        bool *wanted = (bool *)below->through[0];
        memset(wanted, 0, board->cells[level + 1] * sizeof *wanted);
        for (size_t i = 0; i < b->n_linked[step]; i++) {
            if (!(chain_bound_linked(b, step, i) <= most))
                continue;
            uint32_t c = cell_of(b, step, board->linked[b->tie][i], level + 1);
            below->arrive[c] = wanted[c] ? lesser(below->arrive[c], b->from_start[step][i]) : b->from_start[step][i];
            wanted[c] = true;
        }
        below->n = 0;
        for (size_t i = 0; i < r->n; i++) {
            const struct chain_cell *cell = &board->cell[level][r->alive[i]];
            double rest = r->before[r->alive[i]] + r->behind[r->alive[i]];
            for (uint32_t c = cell->child; c < cell->child_end; c++) {
                if (!(below->least[c] + rest <= most) && !wanted[c])
                    continue;
                double arrive = below->least[c] + r->before[r->alive[i]];
                below->arrive[c] = wanted[c] ? lesser(below->arrive[c], arrive) : arrive;
                below->alive[below->n++] = c;
            }
        }
    }
}

struct taking {
    uint32_t *members;
    double *values;
    size_t room;
    size_t n;
};

static void take(struct taking *t, uint32_t member, double value)
{
    if (t->n < t->room) {
        t->members[t->n] = member;
        t->values[t->n] = value;
    }
    t->n++;
}

size_t chain_bound_members(const struct chain_bound *b, size_t step, int level, double most, uint32_t *into,
                           double *values, size_t room)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *r = &b->reach[step][level];
    const double *own = b->own[step];
    struct taking t = {into, values, room, 0};
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        double rest = r->before[c] + r->behind[c];
        if (r->least[c] + rest > most)
            continue;
        for (int kind = 0; kind < (b->meets_only ? 1 : CHAIN_KINDS); kind++)
            for (uint32_t m = cell->from[kind]; m < cell->to[kind]; m++)
                if (own[m] + rest <= most && !(board->ties[m] >> b->tie & 1))
                    take(&t, m, own[m] + rest);
    }
    for (size_t i = 0; i < b->n_linked[step]; i++) {
        double value = chain_bound_linked(b, step, i);
        if (value <= most && value < HUGE_VAL)
            take(&t, board->linked[b->tie][i], value);
    }
    return t.n;
}
