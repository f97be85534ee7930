#include "feature/need/chain_show.h"

#include "match/chain_write.h"

enum { LINES_SHOWN = 5 };

static void fill_line(struct req *q, const struct chain *c, struct chain_line *out)
{
    *out = (struct chain_line){.won = c->cost_won,
                               .days = c->days,
                               .km = c->km,
                               .kg_co2 = c->kg_co2.v,
                               .has_co2 = c->kg_co2.has,
                               .changes = c->firms,
                               .estimated = c->estimated};
    for (size_t i = 0; i < c->n; i++) {
        const struct chain_step *s = &c->steps[i];
        struct chain_stop stop = {.process = tree_name(&q->app->vocab->processes, s->capability->process, q->korean),
                                  .org = arena_str(q->arena, organisation_name(&s->capability->site->org, q->korean)),
                                  .firm = req_url(q, "/firms", s->capability->site->ref),
                                  .mark = (enum mark)s->class,
                                  .days = s->lead_days,
                                  .won = s->price_won,
                                  .km = s->km_from_previous.v,
                                  .leg = i && s->km_from_previous.has && s->km_from_previous.v > 0,
                                  .estimated = s->estimated != 0};
        VEC_PUSH(q->arena, &out->stops, stop);
    }
}

static void add_other(struct req *q, struct str label, const struct chain *c, struct chain_other *out)
{
    *out = (struct chain_other){.label = label, .found = c != NULL};
    if (c)
        fill_line(q, c, &out->line);
}

static void fill_others(struct req *q, const struct chain_answer *found, struct chain_show *out)
{
    for (int o = CHAIN_COST; o < CHAIN_OBJECTIVE_COUNT; o++)
        if (found->best[o])
            add_other(q, str_c(chain_objective_label((enum chain_objective)o, q->korean)), found->best[o],
                      VEC_ADD(q->arena, &out->bests));
    for (size_t i = 0; i < found->n_lost; i++)
        add_other(q,
                  arena_str(q->arena, organisation_name(&found->chains.v[0].steps[i].capability->site->org, q->korean)),
                  found->if_lost[i].chain, VEC_ADD(q->arena, &out->losses));
    out->single = found->single_firm != NULL;
    if (out->single)
        fill_line(q, found->single_firm, &out->single_line);
}

static double scaled(int64_t x, int64_t least, int64_t most, double length)
{
    return most > least ? length * (double)(x - least) / (double)(most - least) : length / 2;
}

static bool is_front(const struct chain_list *chains, size_t at)
{
    const struct chain *c = &chains->v[at];
    for (size_t i = 0; i < chains->n; i++) {
        const struct chain *o = &chains->v[i];
        bool better = o->cost_won < c->cost_won || o->days < c->days;
        if (o->cost_won <= c->cost_won && o->days <= c->days && better)
            return false;
    }
    return true;
}

static int by_days(const void *a, const void *b)
{
    const struct chain_dot *x = a, *y = b;
    if (x->x < y->x || x->x > y->x)
        return x->x < y->x ? -1 : 1;
    return x->y > y->y ? -1 : x->y < y->y;
}

/* Steps down from left to right through the chains that no other beats. */
static struct str front_path(struct arena *a, const struct chain_plot *plot)
{
    struct str path = STR("");
    double y = 0;
    for (size_t i = 0; i < plot->dots.n; i++) {
        const struct chain_dot *d = &plot->dots.v[i];
        if (!d->front)
            continue;
        path = path.n ? arena_printf(a, STR_FMT "L%.1f %.1fL%.1f %.1f", STR_ARG(path), d->x, y, d->x, d->y)
                      : arena_printf(a, "M%.1f %.1f", d->x, d->y);
        y = d->y;
    }
    return path;
}

static void fill_plot(struct req *q, const struct chain_list *chains, struct chain_plot *plot)
{
    plot->won_least = plot->days_least = INT64_MAX;
    for (size_t i = 0; i < chains->n; i++) {
        const struct chain *c = &chains->v[i];
        plot->won_least = c->cost_won < plot->won_least ? c->cost_won : plot->won_least;
        plot->won_most = c->cost_won > plot->won_most ? c->cost_won : plot->won_most;
        plot->days_least = c->days < plot->days_least ? c->days : plot->days_least;
        plot->days_most = c->days > plot->days_most ? c->days : plot->days_most;
    }
    for (size_t i = 0; i < chains->n; i++) {
        const struct chain *c = &chains->v[i];
        struct chain_dot dot = {scaled(c->days, plot->days_least, plot->days_most, CHAIN_PLOT_WIDTH),
                                CHAIN_PLOT_HEIGHT -
                                    scaled(c->cost_won, plot->won_least, plot->won_most, CHAIN_PLOT_HEIGHT),
                                (int)i + 1, is_front(chains, i)};
        VEC_PUSH(q->arena, &plot->dots, dot);
    }
    qsort(plot->dots.v, plot->dots.n, sizeof *plot->dots.v, by_days);
    plot->front = front_path(q->arena, plot);
}

static void fill_map(struct req *q, const struct chain *c, struct chain_show *out)
{
    struct map_view *map = &out->map;
    map->title = T("첫째 방법이 가는 길");
    map->borders = map_borders();
    out->mapped = true;
    for (size_t i = 0; i < c->n; i++) {
        const struct site *site = c->steps[i].capability->site;
        struct map_point point = {.name = arena_str(q->arena, organisation_name(&site->org, q->korean)),
                                  .url = req_url(q, "/firms", site->ref)};
        if (!site->place.has_coordinates || !map_place(site->place.at, &point.x, &point.y)) {
            out->mapped = false;
            return;
        }
        map_path_to(q->arena, map, site->place.at);
        VEC_PUSH(q->arena, &map->points, point);
    }
    map_fit(q->arena, map);
}

void chain_show_find(struct req *q, const struct chain_request *request, struct chain_show *out)
{
    AUTO_ARENA scratch;
    struct chain_answer found;
    arena_init(&scratch, SIZE_MAX / 2);
    if (chain_find(&scratch, request, &found) != ST_OK)
        return;
    for (size_t i = 0; i < found.chains.n && i < LINES_SHOWN; i++) {
        struct chain_line *line = VEC_ADD(q->arena, &out->lines);
        fill_line(q, &found.chains.v[i], line);
        line->rank = (int)i + 1;
    }
    out->cut = !found.complete;
    out->why = chain_reasons(q->arena, &found, q->korean);
    for (size_t i = 0; i < found.warnings.n; i++)
        VEC_PUSH(q->arena, &out->warnings, q->korean ? found.warnings.v[i].rule->ko : found.warnings.v[i].rule->en);
    if (!found.chains.n)
        return;
    fill_others(q, &found, out);
    fill_plot(q, &found.chains, &out->plot);
    fill_map(q, &found.chains.v[0], out);
}
