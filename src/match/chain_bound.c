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

double chain_bound_leg(const struct chain_bound *b, size_t leg, const struct chain_cell *x, const struct chain_cell *y)
{
    const struct chain_factors *f = &b->g->p->factors;
    double km = x->known && y->known ? chain_cells_km(x, y) * f->road_factor : f->unknown_km;
    return line_at(&b->leg[leg], km);
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

/* The neighbouring step of a leg. */
struct chain_side {
    const struct chain_cell *cells;
    const struct chain_reach *reach;
    const double *through;
};

static struct chain_side side_of(const struct chain_bound *b, size_t step, int level, int way)
{
    const struct chain_reach *reach = &b->reach[step][level];
    return (struct chain_side){b->g->board[step].cell[level], reach, reach->through[way]};
}

/* The least of legs from the alive cells of another step, the nearest to the end or start first; HUGE_VAL when it is
   above `limit`. */
static double least_from(const struct chain_bound *b, size_t leg, const struct chain_cell *to,
                         const struct chain_side *side, double limit)
{
    double least = limit, base = b->leg[leg].base;
    bool any = false;
    for (size_t i = 0; i < side->reach->n; i++) {
        uint32_t c = side->reach->alive[i];
        if (side->through[c] + base > least)
            break;
        double value = side->through[c] + chain_bound_leg(b, leg, to, &side->cells[c]);
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
    struct chain_side side = step + 1 < n ? side_of(b, step + 1, level, 1) : (struct chain_side){NULL, NULL, NULL};
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        r->behind[c] = step + 1 < n ? least_from(b, step + 1, cell, &side, most - r->arrive[c])
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
    struct chain_side side = step ? side_of(b, step - 1, level, 0) : (struct chain_side){NULL, NULL, NULL};
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        r->before[c] =
            step ? least_from(b, step, cell, &side, most - r->through[1][c]) : chain_bound_leg(b, 0, cell, origin);
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
        *mine =
            lesser(*mine, b->own[step][linked[l->to]] + link_leg(b, step - 1, l) + b->from_start[step - 1][l->from]);
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
    return b->from_start[step][chain_bound_first_linked(b, step, member)];
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

/* Which cells of the level below hold a linked member that may be within `most`. */
static void want_linked(struct chain_bound *b, size_t step, int below_level, double most)
{
    const struct chain_board *board = &b->g->board[step];
    struct chain_reach *below = &b->reach[step][below_level];
    bool *wanted = (bool *)below->through[0];
    memset(wanted, 0, board->cells[below_level] * sizeof *wanted);
    for (size_t i = 0; i < b->n_linked[step]; i++) {
        if (!(chain_bound_linked(b, step, i) <= most))
            continue;
        uint32_t c = cell_of(b, step, board->linked[b->tie][i], below_level);
        below->arrive[c] = wanted[c] ? lesser(below->arrive[c], b->from_start[step][i]) : b->from_start[step][i];
        wanted[c] = true;
    }
}

static void refine_cell(const struct chain_cell *cell, double before, double rest, double most,
                        struct chain_reach *below)
{
    const bool *wanted = (const bool *)below->through[0];
    for (uint32_t c = cell->child; c < cell->child_end; c++) {
        if (!(below->least[c] + rest <= most) && !wanted[c])
            continue;
        double arrive = below->least[c] + before;
        below->arrive[c] = wanted[c] ? lesser(below->arrive[c], arrive) : arrive;
        below->alive[below->n++] = c;
    }
}

void chain_bound_refine(struct chain_bound *b, int level, double most)
{
    for (size_t step = 0; step < b->g->p->n; step++) {
        const struct chain_reach *r = &b->reach[step][level];
        struct chain_reach *below = &b->reach[step][level + 1];
        want_linked(b, step, level + 1, most);
        below->n = 0;
        for (size_t i = 0; i < r->n; i++) {
            uint32_t c = r->alive[i];
            refine_cell(&b->g->board[step].cell[level][c], r->before[c], r->before[c] + r->behind[c], most, below);
        }
    }
}

static void take(struct chain_members *t, uint32_t member, double value)
{
    if (t->n < t->room) {
        t->v[t->n] = member;
        t->values[t->n] = value;
    }
    t->n++;
}

void chain_bound_members(const struct chain_bound *b, size_t step, int level, double most, struct chain_members *out)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *r = &b->reach[step][level];
    const double *own = b->own[step];
    out->n = 0;
    size_t count = chain_bound_count(b, step);
    for (size_t i = 0; i < r->n; i++) {
        uint32_t c = r->alive[i];
        const struct chain_cell *cell = &board->cell[level][c];
        double rest = r->before[c] + r->behind[c];
        if (r->least[c] + rest > most)
            continue;
        for (uint32_t k = cell->from; k < cell->to; k++) {
            uint32_t m = board->order[k];
            if (own[m] + rest <= most && m < count && !(board->ties[m] >> b->tie & 1))
                take(out, m, own[m] + rest);
        }
    }
    for (size_t i = 0; i < b->n_linked[step]; i++) {
        double value = chain_bound_linked(b, step, i);
        if (value <= most && value < HUGE_VAL)
            take(out, board->linked[b->tie][i], value);
    }
}
