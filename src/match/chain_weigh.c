/* What the candidates are worth under an objective, and the least of every cell. */
#include "match/chain_bound.h"

#include <math.h>

static inline double lesser(double x, double y)
{
    return x < y ? x : y;
}

/* The legs that carry what leaves a layer. */
static struct chain_line line_of(const struct chain_bound *b, const struct chain_layer *left)
{
    const double rounded = 1 + 1e-6, far_km = 30000;
    const struct chain_problem *p = b->g->p;
    const struct chain_weights *w = &b->weights;
    struct chain_leg none = chain_leg_of_km(p, left, 0), far = chain_leg_of_km(p, left, far_km);
    struct chain_line line = {
        .same_day_km = p->factors.same_day_km, .one_day_km = p->factors.one_day_km, .day = w->days + w->pull};
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

static double most_won(const struct chain_layer *layer)
{
    double most = 0;
    for (size_t i = 0; i < layer->n; i++)
        most = layer->won[i] > most ? layer->won[i] : most;
    return most;
}

/* A power of two above all that a chain can cost. */
static double above_all_costs(const struct chain_problem *p)
{
    const double far_km = 30000;
    double sum = 1, power;
    for (size_t i = 0; i < p->n; i++) {
        double leg = (double)chain_leg_of_km(p, &p->layer[i], far_km).won + p->factors.handover_won;
        sum += most_won(&p->layer[i]) + 2 * leg;
    }
    for (power = 1; power < sum;)
        power *= 2;
    return power;
}

void chain_bound_init(struct arena *a, const struct chain_grid *g, struct chain_bound *out)
{
    *out = (struct chain_bound){.g = g, .all_costs = above_all_costs(g->p)};
    for (size_t i = 0; i < g->p->n; i++) {
        const struct chain_board *board = &g->board[i];
        out->own[i] = ARENA_ARRAY(a, board->n, double);
        size_t linked = board->n_linked[TIE_SITE], links = board->links[TIE_SITE].n;
        linked = linked > board->n_linked[TIE_ORG] ? linked : board->n_linked[TIE_ORG];
        links = links > board->links[TIE_ORG].n ? links : board->links[TIE_ORG].n;
        out->tied[i].use = ARENA_ARRAY(a, linked, uint32_t);
        out->tied[i].links = ARENA_ARRAY(a, links, uint32_t);
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

static struct chain_weights weights_of(const struct chain_bound *b, const struct chain_scale *scale)
{
    const struct chain_problem *p = b->g->p;
    const double same_won = 4, same_value = 1.001e-6;
    bool carbon = p->has_carbon;
    double most = b->all_costs;
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

/* The value of members from..to - 1. */
static void weigh_range(struct chain_bound *b, size_t step, size_t from, size_t to)
{
    const struct chain_layer *layer = &b->g->p->layer[step];
    const struct chain_weights w = b->weights;
    double *restrict own = b->own[step];
    const double *restrict won = layer->won, *restrict kg = layer->kg;
    const float *restrict days = layer->days, *restrict loss = layer->loss;
    const double day = w.days + w.pull;
    bool light = w.kg > 0;
    if (day > 0 || w.loss > 0)
        for (size_t i = from; i < to; i++)
            own[i] = w.won * won[i] + day * (double)days[i] + w.loss * (double)loss[i];
    else if (w.won > 0)
        memcpy(own + from, won + from, (to - from) * sizeof *own);
    else
        memset(own + from, 0, (to - from) * sizeof *own);
    for (size_t i = from; i < to && light; i++)
        own[i] += w.kg * kg[i];
}

static double least_of(const struct chain_bound *b, size_t step, const struct chain_cell *c)
{
    const uint32_t *order = b->g->board[step].order;
    size_t count = chain_bound_count(b, step);
    double least = HUGE_VAL;
    for (uint32_t i = c->from; i < c->to && order[i] < count; i++)
        least = lesser(least, b->own[step][order[i]]);
    return least;
}

static double least_below(const struct chain_bound *b, size_t step, int level, const struct chain_cell *c)
{
    double least = HUGE_VAL;
    for (uint32_t k = c->child; k < c->child_end; k++)
        least = lesser(least, b->reach[step][level + 1].least[k]);
    return least;
}

static void find_least(struct chain_bound *b, size_t step)
{
    const struct chain_board *board = &b->g->board[step];
    const double *own = b->own[step];
    int level = b->g->leaf;
    double *least = b->reach[step][level].least;
    for (size_t c = 0; c < board->cells[level]; c++)
        least[c] = HUGE_VAL;
    for (size_t i = 0; i < chain_bound_count(b, step); i++)
        if (own[i] < least[board->leaf[i]])
            least[board->leaf[i]] = own[i];
    while (level-- > 0)
        for (size_t c = 0; c < board->cells[level]; c++)
            b->reach[step][level].least[c] = least_below(b, step, level, &board->cell[level][c]);
}

size_t chain_bound_first_linked(const struct chain_bound *b, size_t step, size_t member)
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

static bool weigh_all(struct chain_bound *b, bool meets_only)
{
    b->meets_only = meets_only;
    find_lines(b);
    for (size_t i = 0; i < b->g->p->n; i++) {
        if (!chain_bound_count(b, i))
            return false;
        weigh_range(b, i, 0, chain_bound_count(b, i));
        find_least(b, i);
        b->n_linked[i] = chain_bound_first_linked(b, i, chain_bound_count(b, i));
    }
    return true;
}

bool chain_bound_weigh(struct chain_bound *b, const struct chain_scale *scale, bool meets_only, double pull)
{
    b->weights = weights_of(b, scale);
    b->weights.pull = pull;
    return weigh_all(b, meets_only);
}

bool chain_bound_weigh_days(struct chain_bound *b, bool meets_only)
{
    b->weights = (struct chain_weights){.pull = 1, .slack = 0.5};
    return weigh_all(b, meets_only);
}

static void update_least(struct chain_bound *b, size_t step, uint32_t member)
{
    const struct chain_board *board = &b->g->board[step];
    uint32_t cell = board->leaf[member];
    for (int level = b->g->leaf; level >= 0; level--) {
        const struct chain_cell *c = &board->cell[level][cell];
        b->reach[step][level].least[cell] = level == b->g->leaf ? least_of(b, step, c) : least_below(b, step, level, c);
        cell = c->parent;
    }
}

void chain_bound_without(struct chain_bound *b, uint32_t org, bool back)
{
    for (size_t i = 0; i < b->g->p->n; i++) {
        const uint32_t *orgs = b->g->p->layer[i].in->org;
        for (size_t k = 0; k < chain_bound_count(b, i); k++) {
            if (orgs[k] != org)
                continue;
            b->own[i][k] = HUGE_VAL;
            if (back)
                weigh_range(b, i, k, k + 1);
            update_least(b, i, (uint32_t)k);
        }
    }
}
