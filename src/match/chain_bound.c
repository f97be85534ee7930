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

static double leg_of_cells(const struct chain_bound *b, size_t leg, const struct chain_cell *x,
                           const struct chain_cell *y)
{
    return line_at(&b->leg[leg], chain_cells_road_km(b->g, x, y));
}

static void all_tied(struct chain_bound *b, size_t step)
{
    const struct chain_links *links = &b->g->board[step].links[b->tie];
    struct chain_tied *t = &b->tied[step];
    t->n = b->n_linked[step];
    for (uint32_t i = 0; i < t->n; i++)
        t->use[i] = i;
    t->n_links = 0;
    for (uint32_t i = 0; i < links->n; i++)
        if (links->v[i].from < b->n_linked[step] && links->v[i].to < b->n_linked[step + 1])
            t->links[t->n_links++] = i;
}

void chain_bound_all_alive(struct chain_bound *b, int level)
{
    for (size_t i = 0; i < b->g->p->n; i++) {
        all_tied(b, i);
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
    return board->up[level][board->leaf[member]];
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

/* From one cell to the alive cells of the step after (`after`) or before it. */
struct fan {
    const struct chain_bound *b;
    size_t leg;
    int level;
    bool after;
    double limit; /* more than this is of no use */
};

static double fan_leg(const struct fan *f, uint32_t cell, uint32_t other)
{
    const struct chain_board *first = &f->b->g->board[f->leg - 1], *second = &f->b->g->board[f->leg];
    uint32_t x = f->after ? cell : other, y = f->after ? other : cell;
    if (!f->level)
        return line_at(&f->b->leg[f->leg], (double)first->km[x * second->cells[0] + y]);
    return leg_of_cells(f->b, f->leg, &first->cell[f->level][x], &second->cell[f->level][y]);
}

/* The least leg between the coarsest cells that they are in: at hand. */
static double coarse_leg(const struct fan *f, uint32_t cell, uint32_t other)
{
    const struct chain_board *first = &f->b->g->board[f->leg - 1], *second = &f->b->g->board[f->leg];
    uint32_t x = first->cell[f->level][f->after ? cell : other].top,
             y = second->cell[f->level][f->after ? other : cell].top;
    return line_at(&f->b->leg[f->leg], (double)first->km[x * second->cells[0] + y]);
}

/* The least of the legs with what is at their other end, the most promising first; HUGE_VAL above the limit. */
static double least_from(const struct fan *f, uint32_t cell)
{
    const struct chain_reach *others = &f->b->reach[f->after ? f->leg : f->leg - 1][f->level];
    const double *through = others->through[f->after];
    double least = f->limit, base = f->b->leg[f->leg].base;
    bool any = false;
    for (size_t i = 0; i < others->n; i++) {
        uint32_t c = others->alive[i];
        if (through[c] + base > least)
            break;
        if (f->level && through[c] + coarse_leg(f, cell, c) > least)
            continue;
        double value = through[c] + fan_leg(f, cell, c);
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
        r->behind[c] = step + 1 < n ? least_from(&(struct fan){b, step + 1, level, true, most - r->arrive[c]}, c)
                                    : leg_of_cells(b, n, cell, delivery);
        r->through[1][c] = r->least[c] + r->behind[c];
    }
    const uint32_t *linked = board->linked[b->tie];
    const struct chain_tied *t = &b->tied[step];
    for (size_t k = 0; k < t->n; k++) {
        uint32_t i = t->use[k];
        b->to_end[step][i] = b->own[step][linked[i]] + r->behind[cell_of(b, step, linked[i], level)];
    }
    for (size_t k = 0; k < t->n_links; k++) {
        const struct chain_link *l = &board->links[b->tie].v[t->links[k]];
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
        r->before[c] = step ? least_from(&(struct fan){b, step, level, false, most - r->through[1][c]}, c)
                            : leg_of_cells(b, 0, cell, origin);
        r->through[0][c] = r->least[c] + r->before[c];
    }
    const uint32_t *linked = board->linked[b->tie];
    const struct chain_tied *t = &b->tied[step], *t_before = step ? &b->tied[step - 1] : NULL;
    for (size_t k = 0; k < t->n; k++) {
        uint32_t i = t->use[k];
        b->from_start[step][i] = b->own[step][linked[i]] + r->before[cell_of(b, step, linked[i], level)];
    }
    for (size_t k = 0; t_before && k < t_before->n_links; k++) {
        const struct chain_link *l = &b->g->board[step - 1].links[b->tie].v[t_before->links[k]];
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

/* What is tied and out of reach goes; a link with an end that went, too. */
static void keep_tied(struct chain_bound *b, size_t step, double most)
{
    const struct chain_links *links = &b->g->board[step].links[b->tie];
    struct chain_tied *t = &b->tied[step];
    size_t n = 0;
    for (size_t k = 0; k < t->n; k++)
        if (chain_bound_linked(b, step, t->use[k]) <= most)
            t->use[n++] = t->use[k];
    t->n = n;
    n = 0;
    for (size_t k = 0; k < t->n_links; k++) {
        const struct chain_link *l = &links->v[t->links[k]];
        if (b->from_start[step][l->from] + link_leg(b, step, l) + b->to_end[step + 1][l->to] <= most)
            t->links[n++] = t->links[k];
    }
    t->n_links = n;
}

/* The alive cells of the finer level: of those that are wanted anyway, below->arrive tells what comes before. */
static void refine_step(struct chain_bound *b, size_t step, int level, double most, const bool *wanted)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *r = &b->reach[step][level];
    struct chain_reach *below = &b->reach[step][level + 1];
    below->n = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct chain_cell *cell = &board->cell[level][r->alive[i]];
        double before = r->before[r->alive[i]], rest = before + r->behind[r->alive[i]];
        for (uint32_t c = cell->child; c < cell->child_end; c++) {
            if (!(below->least[c] + rest <= most) && !wanted[c])
                continue;
            double arrive = below->least[c] + before;
            below->arrive[c] = wanted[c] ? lesser(below->arrive[c], arrive) : arrive;
            below->alive[below->n++] = c;
        }
    }
}

void chain_bound_refine(struct chain_bound *b, int level, double most)
{
    for (size_t step = 0; step < b->g->p->n; step++)
        keep_tied(b, step, most);
    for (size_t step = 0; step < b->g->p->n; step++) {
        const struct chain_board *board = &b->g->board[step];
        const struct chain_tied *t = &b->tied[step];
        struct chain_reach *below = &b->reach[step][level + 1];
        bool *wanted = (bool *)below->through[0];
        memset(wanted, 0, board->cells[level + 1] * sizeof *wanted);
        for (size_t k = 0; k < t->n; k++) {
            uint32_t c = cell_of(b, step, board->linked[b->tie][t->use[k]], level + 1);
            double arrive = b->from_start[step][t->use[k]];
            below->arrive[c] = wanted[c] ? lesser(below->arrive[c], arrive) : arrive;
            wanted[c] = true;
        }
        refine_step(b, step, level, most, wanted);
    }
}

/* Of the alive cells, but for what is tied. */
static void take_free(const struct chain_bound *b, size_t step, int level, double most, struct chain_members *out)
{
    const struct chain_board *board = &b->g->board[step];
    const struct chain_reach *r = &b->reach[step][level];
    const double *own = b->own[step];
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
                VEC_PUSH(out->arena, out, ((struct chain_member){m, own[m] + rest}));
        }
    }
}

void chain_bound_members(const struct chain_bound *b, size_t step, int level, double most, struct chain_members *out)
{
    const uint32_t *linked = b->g->board[step].linked[b->tie];
    const struct chain_tied *t = &b->tied[step];
    out->n = 0;
    take_free(b, step, level, most, out);
    for (size_t k = 0; k < t->n; k++) {
        double value = chain_bound_linked(b, step, t->use[k]);
        if (value <= most && value < HUGE_VAL)
            VEC_PUSH(out->arena, out, ((struct chain_member){linked[t->use[k]], value}));
    }
}
