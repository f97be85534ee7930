/* The candidates of a chain out of the columns of an index: of every site the first row in the order of an answer. */
#include <math.h>

#include "match/chain.h"
#include "match/index_rank.h"
#include "match/index_version.h"

/* A row that is taken, beside its columns. */
struct taken {
    struct judgement judgement;
    const struct index_segment *segment;
    size_t row;
};

struct taken_list {
    struct taken *v;
    size_t n;
    size_t cap;
};

struct taker {
    struct arena *arena;
    const struct match_index *index;
    struct index_judging judging;
    uint32_t *slot; /* by site: one more than its place in the list, of this step */
    size_t first_site;
    struct taken_list *list;
};

static const struct judgement *row_of(const void *lists, size_t step, size_t row)
{
    return &((const struct taken_list *)lists)[step].v[row].judgement;
}

static bool comes_first(const struct taker *t, struct judgement *a, struct judgement *b)
{
    if (a->class != b->class || a->score < b->score || a->score > b->score || a->unknowns != b->unknowns)
        return judgement_order(a, b) < 0;
    index_set_tie(&t->judging, a);
    index_set_tie(&t->judging, b);
    return judgement_order(a, b) < 0;
}

static void take(struct taker *t, enum match_class class, size_t row)
{
    const struct index_segment *s = t->judging.plan->view.segment;
    struct taken now = {index_judge(&t->judging, class, row), s, row};
    uint32_t *slot = &t->slot[t->first_site + s->row_site[row]];
    if (!*slot) {
        VEC_PUSH(t->arena, t->list, now);
        *slot = (uint32_t)t->list->n;
    } else if (comes_first(t, &now.judgement, &t->list->v[*slot - 1].judgement)) {
        t->list->v[*slot - 1] = now;
    }
}

static void take_plan(struct taker *t, const struct index_plan *p)
{
    for (size_t tile = 0; tile < p->view.tiles; tile++) {
        uint64_t meets = p->meets[tile], rows = meets | p->ask[tile];
        if (!rows)
            continue;
        index_judging_at(p, tile, rows, &t->judging);
        for (uint64_t rest = rows; rest; rest &= rest - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(rest);
            take(t, meets >> bit & 1 ? CLASS_MEETS : CLASS_ASK, (size_t)p->view.tile[tile].block * BLOCK_ROWS + bit);
        }
    }
}

/* 21 bits: those that meet first, then the better score (ten-thousandths of a point). */
static uint32_t order_key(const struct taken *t)
{
    uint32_t lost = 1000000 - (uint32_t)lround(t->judgement.score * 10000);
    return (t->judgement.class == CLASS_ASK ? UINT32_C(1) << 20 : 0) | lost;
}

static void sort_by_bits(struct arena *a, struct taken_list *list, unsigned shift)
{
    enum { DIGITS = 1 << 11 };
    uint32_t *from = ARENA_ARRAY(a, DIGITS + 1, uint32_t);
    struct taken *sorted = ARENA_ARRAY(a, list->n, struct taken);
    for (size_t i = 0; i < list->n; i++)
        from[(order_key(&list->v[i]) >> shift & (DIGITS - 1)) + 1]++;
    for (size_t i = 0; i < DIGITS; i++)
        from[i + 1] += from[i];
    for (size_t i = 0; i < list->n; i++)
        sorted[from[order_key(&list->v[i]) >> shift & (DIGITS - 1)]++] = list->v[i];
    list->v = sorted;
}

/* In the order of an answer, but for equal scores. */
static void sort_taken(struct arena *a, struct taken_list *list)
{
    sort_by_bits(a, list, 0);
    sort_by_bits(a, list, 11);
}

static double known_or_nan(struct opt_real x)
{
    return x.has ? x.v : (double)NAN;
}

/* The number of the site in both segments. */
static uint32_t site_number(const struct match_index *index, const struct taken *t)
{
    const struct index_segment *base = match_index_segment(index, INDEX_BASE);
    return t->segment->row_site[t->row] + (t->segment == base ? 0 : (uint32_t)base->sites.n);
}

static void fill_row(const struct match_index *index, const struct taken *t, struct chain_columns *c)
{
    const struct index_column *column = t->segment->column;
    uint32_t site = t->segment->row_site[t->row];
    const struct place_point *place = &t->segment->sites.v[site]->place;
    struct opt_real lead = index_value(&column[COLUMN_LEAD], t->row);
    size_t i = c->n++;
    c->setup_won[i] = known_or_nan(index_value(&column[COLUMN_PRICE_SETUP], t->row));
    c->per_piece_won[i] = known_or_nan(index_value(&column[COLUMN_PRICE_PIECE], t->row));
    c->per_kg_won[i] = known_or_nan(index_value(&column[COLUMN_PRICE_KG], t->row));
    c->energy_kwh_per_kg[i] = known_or_nan(index_value(&column[COLUMN_ENERGY], t->row));
    c->lead_days[i] = lead.has ? (int64_t)lead.v : -1;
    c->lat[i] = place->has_coordinates ? place->at.lat : (double)NAN;
    c->lon[i] = place->has_coordinates ? place->at.lon : (double)NAN;
    c->region[i] = place->region;
    c->score[i] = t->judgement.score;
    c->ask[i] = t->judgement.class == CLASS_ASK;
    c->org[i] = t->segment->site_org[site];
    c->site[i] = site_number(index, t);
}

static void read_step(struct taker *t, const struct question *q, struct chain_columns *out)
{
    AUTO_ARENA scratch;
    struct index_plan plan[INDEX_SEGMENTS];
    struct index_counts counts = {.swept = 0};
    arena_init(&scratch, SIZE_MAX / 2);
    counts.near_by = ARENA_ARRAY(&scratch, q->step->criteria.n + 1, uint64_t);
    size_t plans = index_plans(&scratch, t->index, q, plan);
    for (size_t i = 0; i < plans; i++) {
        bool base = plan[i].view.segment == match_index_segment(t->index, INDEX_BASE);
        index_count(&scratch, &plan[i], &counts);
        t->first_site = base ? 0 : match_index_segment(t->index, INDEX_BASE)->sites.n;
        t->judging.verdicts = ARENA_ARRAY(&scratch, plan[i].terms, struct index_verdicts);
        take_plan(t, &plan[i]);
    }
    sort_taken(t->arena, t->list);
    chain_columns_make(t->arena, out, t->list->n);
    for (size_t i = 0; i < t->list->n; i++) {
        fill_row(t->index, &t->list->v[i], out);
        t->slot[site_number(t->index, &t->list->v[i])] = 0;
    }
}

void chain_candidates_indexed(struct arena *a, struct chain_request *request, const struct match_index *index)
{
    const struct index_segment *base = match_index_segment(index, INDEX_BASE),
                               *delta = match_index_segment(index, INDEX_DELTA);
    size_t sites = base->sites.n + (delta ? delta->sites.n : 0);
    struct chain_input *input = ARENA_NEW(a, struct chain_input);
    struct taken_list *lists = ARENA_ARRAY(a, request->need->steps.n, struct taken_list);
    struct taker t = {.arena = a, .index = index, .slot = ARENA_ARRAY(a, sites, uint32_t)};
    for (size_t i = 0; i < request->need->steps.n; i++) {
        struct question q;
        question_init(&q, request->vocab, request->need, i, request->today);
        t.list = &lists[i];
        read_step(&t, &q, &input->step[i]);
    }
    input->orgs = delta ? delta->orgs : base->orgs;
    input->sites = (uint32_t)sites;
    input->row = row_of;
    input->arg = lists;
    request->input = input;
}
