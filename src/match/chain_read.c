/* The candidates of a chain as columns: out of lists of judgements, for those who have no columns. */
#include "match/chain.h"

#include <math.h>

void chain_first_of_sites(struct arena *a, struct judgement_list *list)
{
    struct map seen;
    size_t n = 0;
    map_init(&seen, a);
    for (size_t i = 0; i < list->n; i++)
        if (map_add(&seen, list->v[i].capability->site->ref, 0))
            list->v[n++] = list->v[i];
    list->n = n;
}

void chain_candidates(struct arena *a, struct chain_request *request, const struct supply *supply)
{
    struct match_answer all;
    struct judgement_list *lists = ARENA_ARRAY(a, request->need->steps.n, struct judgement_list);
    match_scan(a, request->vocab, request->need, supply, request->today, SIZE_MAX, &all);
    for (size_t i = 0; i < all.n; i++) {
        lists[i] = all.v[i].results;
        chain_first_of_sites(a, &lists[i]);
    }
    request->candidates = lists;
}

void chain_columns_make(struct arena *a, struct chain_columns *c, size_t n)
{
    c->setup_won = ARENA_ARRAY(a, n, double);
    c->per_piece_won = ARENA_ARRAY(a, n, double);
    c->per_kg_won = ARENA_ARRAY(a, n, double);
    c->energy_kwh_per_kg = ARENA_ARRAY(a, n, double);
    c->lead_days = ARENA_ARRAY(a, n, int64_t);
    c->lat = ARENA_ARRAY(a, n, double);
    c->lon = ARENA_ARRAY(a, n, double);
    c->region = ARENA_ARRAY(a, n, uint32_t);
    c->score = ARENA_ARRAY(a, n, double);
    c->ask = ARENA_ARRAY(a, n, bool);
    c->org = ARENA_ARRAY(a, n, uint32_t);
    c->site = ARENA_ARRAY(a, n, uint32_t);
}

static double known_or_nan(struct opt_real x)
{
    return x.has ? x.v : (double)NAN;
}

static void take_row(struct chain_columns *c, const struct judgement *j)
{
    const struct capability *cap = j->capability;
    const struct place_point *place = &cap->site->place;
    size_t i = c->n++;
    c->setup_won[i] = known_or_nan(cap->price.setup_won);
    c->per_piece_won[i] = known_or_nan(cap->price.per_piece_won);
    c->per_kg_won[i] = known_or_nan(cap->price.per_kg_won);
    c->energy_kwh_per_kg[i] = known_or_nan(cap->energy_kwh_per_kg);
    c->lead_days[i] = cap->lead_days.has ? cap->lead_days.v : -1;
    c->lat[i] = place->has_coordinates ? place->at.lat : (double)NAN;
    c->lon[i] = place->has_coordinates ? place->at.lon : (double)NAN;
    c->region[i] = place->region;
    c->score[i] = j->score;
    c->ask[i] = j->class == CLASS_ASK;
}

/* The same number, or without numbers the same name, is one organisation. */
static struct str org_key(const struct organisation *o)
{
    return o->reg_no.n ? o->reg_no : o->name;
}

static uint32_t number_of(struct map *m, struct str key)
{
    int64_t at = (int64_t)m->n;
    if (!map_add(m, key, at))
        map_get(m, key, &at);
    return (uint32_t)at;
}

static const struct judgement *row_of_list(const void *lists, size_t step, size_t row)
{
    return &((const struct judgement_list *)lists)[step].v[row];
}

struct reading {
    struct chain_input *input;
    const struct judgement_list *lists;
    struct map orgs;
    struct map sites;
    int64_t until_ns;
};

/* Some rows of a step; false when the clock ended it. */
static bool read_some(struct reading *r, size_t step, size_t most)
{
    struct chain_columns *c = &r->input->step[step];
    const struct judgement_list *list = &r->lists[step];
    for (size_t end = c->n + most; c->n < end && c->n < list->n;) {
        const struct site *site = list->v[c->n].capability->site;
        c->org[c->n] = number_of(&r->orgs, org_key(&site->org));
        c->site[c->n] = number_of(&r->sites, site->ref);
        take_row(c, &list->v[c->n]);
    }
    return !r->until_ns || time_steady_ns() < r->until_ns;
}

/* Turn by turn, so that every step has its first ones when the clock ends it. */
void chain_read(struct arena *a, struct chain_request *request, int64_t until_ns)
{
    enum { A_TURN = 512 };
    size_t n = request->need->steps.n, longest = 0;
    struct reading r = {.input = ARENA_NEW(a, struct chain_input), .lists = request->candidates, .until_ns = until_ns};
    map_init(&r.orgs, a);
    map_init(&r.sites, a);
    for (size_t i = 0; i < n; i++) {
        chain_columns_make(a, &r.input->step[i], r.lists[i].n);
        longest = r.lists[i].n > longest ? r.lists[i].n : longest;
    }
    bool in_time = true;
    for (size_t done = 0; done < longest && in_time; done += A_TURN)
        for (size_t i = 0; i < n; i++)
            in_time &= read_some(&r, i, A_TURN);
    for (size_t i = 0; i < n; i++)
        r.input->cut |= r.input->step[i].n < r.lists[i].n;
    r.input->orgs = (uint32_t)r.orgs.n;
    r.input->sites = (uint32_t)r.sites.n;
    r.input->row = row_of_list;
    r.input->arg = r.lists;
    request->input = r.input;
}
