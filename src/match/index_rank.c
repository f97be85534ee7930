/* Scores rows exactly when nothing cheaper rules them out; the sum is taken in the order of the criteria, as the scan
   takes it. */
#include "match/index_rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"

/* Scores are rounded to 4 decimals: a bound that is lower by more than this cannot come in front. */
#define SCORE_SLACK 2e-4

/* Of the musts as they were counted; what is preferred counts as if all had it, until `sweep`. */
static void take_verdicts(struct index_judging *j, uint64_t rows, bool sweep)
{
    const struct index_plan *p = j->plan;
    for (size_t i = 0; i < p->terms; i++) {
        const struct index_term *t = &p->term[i];
        if (t->must)
            j->verdicts[i] = p->verdicts[j->tile * p->terms + i];
        else
            j->verdicts[i] = sweep ? t->sweep(&p->view, t, j->tile, rows) : (struct index_verdicts){UINT64_MAX, 0};
    }
}

void index_judging_at(const struct index_plan *plan, size_t tile, uint64_t rows, struct index_judging *out)
{
    out->plan = plan;
    out->tile = tile;
    take_verdicts(out, rows, true);
}

/* round4 without printing, where no half is near. */
static double rounded(double x)
{
    double scaled = x * 10000, whole = floor(scaled + 0.5);
    if (fabs(fabs(scaled - whole) - 0.5) < 1e-6)
        return round4(x);
    return whole / 10000;
}

static double s_of(const struct index_judging *j, size_t term, unsigned bit, size_t row)
{
    const struct index_term *t = &j->plan->term[term];
    bool yes = j->verdicts[term].yes >> bit & 1;
    if (!yes && !(j->verdicts[term].unknown >> bit & 1))
        return 0;
    if (!yes && t->s_unknown >= 0)
        return t->s_unknown;
    return t->s ? t->s(&j->plan->view, t, j->tile, row) : 1;
}

static double s_most_of(const struct index_judging *j, size_t term, unsigned bit, size_t row)
{
    const struct index_term *t = &j->plan->term[term];
    bool yes = j->verdicts[term].yes >> bit & 1;
    if (!yes && !(j->verdicts[term].unknown >> bit & 1))
        return 0;
    if (!yes && t->s_unknown >= 0)
        return t->s_unknown;
    return t->s_most ? t->s_most(&j->plan->view, t, j->tile, row) : 1;
}

static double process_part(const struct index_judging *j)
{
    const struct index_view *v = &j->plan->view;
    return v->q->step->criteria.v[0].weight * v->run[v->tile[j->tile].run].s;
}

/* What the terms can give at most: all rows of a tile together, and then row by row. */
struct ceiling {
    double all;             /* weighted, of the tile if every term gave its most */
    double tile;            /* of its best row */
    double *of;             /* by term */
    double row[BLOCK_ROWS]; /* after what is only a matter of yes, unknown or no */
    uint32_t *graded;       /* terms whose s differs among those that say yes */
    size_t n_graded;
    double least; /* what must be reached, weighted */
};

static double tile_s_most(const struct index_judging *j, size_t term, uint64_t rows)
{
    const struct index_term *t = &j->plan->term[term];
    bool unknown = j->verdicts[term].unknown & rows;
    if (j->verdicts[term].yes & rows || (t->s_unknown < 0 && unknown))
        return t->tile_s_most ? t->tile_s_most(&j->plan->view, t, j->tile, rows) : 1;
    return unknown ? t->s_unknown : 0;
}

/* Every near miss loses what one of its musts gives: at least the smallest of those that refuse anyone here. */
static void ceiling_of(const struct index_judging *j, enum match_class class, uint64_t rows, struct ceiling *c)
{
    double lost = HUGE_VAL;
    c->all = process_part(j);
    for (size_t i = 0; i < j->plan->terms; i++) {
        c->of[i] = j->plan->term[i].weight * tile_s_most(j, i, rows);
        c->all += c->of[i];
        if (j->plan->term[i].must && rows & ~j->verdicts[i].yes & ~j->verdicts[i].unknown && c->of[i] < lost)
            lost = c->of[i];
    }
    c->tile = class == CLASS_NEAR && lost < HUGE_VAL ? c->all - lost : c->all;
}

/* Few rows say anything but yes: they are taken down one by one. */
static void ceiling_of_rows(const struct index_judging *j, uint64_t rows, struct ceiling *c)
{
    c->n_graded = 0;
    for (unsigned bit = 0; bit < BLOCK_ROWS; bit++)
        c->row[bit] = c->all;
    for (size_t i = 0; i < j->plan->terms; i++) {
        const struct index_term *t = &j->plan->term[i];
        if (t->s_most) {
            c->graded[c->n_graded++] = (uint32_t)i;
            continue;
        }
        for (uint64_t rest = rows & ~j->verdicts[i].yes; rest; rest &= rest - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(rest);
            c->row[bit] += t->weight * s_most_of(j, i, bit, 0) - c->of[i];
        }
    }
}

static bool may_reach(const struct index_judging *j, const struct ceiling *c, size_t row)
{
    double sum = c->row[row % BLOCK_ROWS];
    for (size_t k = c->n_graded; k-- > 0 && sum >= c->least;) {
        size_t i = c->graded[k];
        sum += j->plan->term[i].weight * s_most_of(j, i, row % BLOCK_ROWS, row) - c->of[i];
    }
    return sum >= c->least;
}

static uint64_t tie_of(struct str need, struct str capability)
{
    return hash_fnv1a(hash_fnv1a(hash_fnv1a(FNV1A_64_START, need), str_n("", 1)), capability);
}

struct judgement index_judge(const struct index_judging *j, enum match_class class, size_t row)
{
    const struct index_view *v = &j->plan->view;
    unsigned bit = row % BLOCK_ROWS;
    struct judgement out = {.capability = v->segment->capability[row], .class = class};
    double sum = 0;
    sum += process_part(j);
    out.unknowns = v->run[v->tile[j->tile].run].unknown;
    for (size_t i = 0; i < j->plan->terms; i++) {
        const struct index_verdicts *verdicts = &j->verdicts[i];
        bool unknown = verdicts->unknown >> bit & 1, no = !unknown && !(verdicts->yes >> bit & 1);
        if (no && j->plan->term[i].must && !out.first_no)
            out.first_no = (uint32_t)i + 1;
        out.unknowns += unknown;
        sum += j->plan->term[i].weight * s_of(j, i, bit, row);
    }
    out.score = rounded(100 * sum / v->q->step->weight_sum);
    return out;
}

void index_set_tie(const struct index_judging *j, struct judgement *out)
{
    out->tie = tie_of(j->plan->view.q->need->ref, out->capability->ref);
}

void index_top_init(struct arena *a, struct index_top *top, size_t room)
{
    *top = (struct index_top){ARENA_ARRAY(a, room, struct judgement), 0, room};
}

static void sink(struct index_top *top, size_t at)
{
    struct judgement *v = top->v, moved = v[at];
    for (size_t child; (child = 2 * at + 1) < top->n; at = child) {
        if (child + 1 < top->n && judgement_order(&v[child + 1], &v[child]) > 0)
            child++;
        if (judgement_order(&v[child], &moved) <= 0)
            break;
        v[at] = v[child];
    }
    v[at] = moved;
}

static void top_add(struct index_top *top, const struct judgement *j)
{
    if (top->n < top->room) {
        top->v[top->n++] = *j;
        for (size_t i = top->n == top->room ? top->n / 2 : 0; i-- > 0;)
            sink(top, i);
        return;
    }
    if (top->room && judgement_order(j, &top->v[0]) < 0) {
        top->v[0] = *j;
        sink(top, 0);
    }
}

/* What a row must reach to come in front; -1 while there is room. */
static double least_score(const struct index_top *top, enum match_class class)
{
    if (top->n < top->room)
        return -1;
    return top->v[0].class > class ? -1 : top->v[0].score;
}

static uint64_t rows_of(const struct index_plan *p, enum match_class class, size_t tile)
{
    return class == CLASS_MEETS ? p->meets[tile] : class == CLASS_ASK ? p->ask[tile] : p->near[tile];
}

static void rank_tile(const struct index_judging *j, enum match_class class, uint64_t rows, struct ceiling *c,
                      struct index_top *top)
{
    const struct index_view *v = &j->plan->view;
    double least = least_score(top, class), a_point = v->q->step->weight_sum / 100;
    ceiling_of_rows(j, rows, c);
    c->least = (least - SCORE_SLACK) * a_point;
    for (uint64_t rest = rows; rest; rest &= rest - 1) {
        size_t row = (size_t)v->tile[j->tile].block * BLOCK_ROWS + (size_t)__builtin_ctzll(rest);
        if (least >= 0 && !may_reach(j, c, row))
            continue;
        struct judgement judged = index_judge(j, class, row);
        if (judged.score < least)
            continue;
        index_set_tie(j, &judged);
        top_add(top, &judged);
        least = least_score(top, class);
        c->least = (least - SCORE_SLACK) * a_point;
    }
}

/* Whether a row of the tile may come in front. */
static bool tile_may_reach(struct index_judging *j, enum match_class class, uint64_t rows, double least,
                           struct ceiling *c)
{
    if (!rows)
        return false;
    for (int sweep = 0; sweep < 2; sweep++) {
        take_verdicts(j, rows, sweep);
        ceiling_of(j, class, rows, c);
        if (c->tile < (least - SCORE_SLACK) * j->plan->view.q->step->weight_sum / 100)
            return false;
    }
    return true;
}

void index_rank(struct arena *a, const struct index_plan *p, enum match_class class, struct index_top *top,
                struct match_cost *cost)
{
    struct index_judging judging = {p, 0, ARENA_ARRAY(a, p->terms, struct index_verdicts)};
    struct ceiling c = {.of = ARENA_ARRAY(a, p->terms, double), .graded = ARENA_ARRAY(a, p->terms, uint32_t)};
    for (size_t tile = 0; tile < p->view.tiles && top->room; tile++) {
        uint64_t rows = rows_of(p, class, tile);
        judging.tile = tile;
        if (!tile_may_reach(&judging, class, rows, least_score(top, class), &c)) {
            cost->blocks_skipped++;
            continue;
        }
        cost->rows_scored += (uint64_t)__builtin_popcountll(rows);
        rank_tile(&judging, class, rows, &c, top);
    }
}

void index_top_sorted(struct arena *a, struct index_top *top, struct judgement_list *out)
{
    if (top->n)
        qsort(top->v, top->n, sizeof *top->v, judgement_order);
    *out = (struct judgement_list){ARENA_ARRAY(a, top->n, struct judgement), top->n, top->n};
    for (size_t i = 0; i < top->n; i++)
        out->v[i] = top->v[i];
}
