/*
 * The answer over an index: the rows of related processes are classed 64 at a time, then only what can come in front is
 * scored one by one. Two segments (base and delta) are asked alike; their counts add up, their rows meet in one list.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/index_rank.h"
#include "match/index_version.h"
#include "match/relax.h"

struct asking {
    struct arena *arena; /* of the answer */
    struct arena *scratch;
    const struct match_index *index;
    size_t top;
    struct step_answer *answer;
    struct index_plan plan[INDEX_SEGMENTS];
    size_t plans;
    uint64_t *near_by; /* by criterion */
    struct index_verdicts *verdicts;
    struct match_cost cost;
};

static void make_plans(struct asking *k, const struct question *q)
{
    k->plans = index_plans(k->scratch, k->index, q, k->plan);
}

/* Two-byte columns that classing a row by a criterion reads; bits count as a part of one. */
static const uint8_t columns_read[CRITERION_COUNT] = {
    [CRITERION_MATERIAL] = 1, [CRITERION_ENVELOPE] = 5, [CRITERION_MASS] = 2,      [CRITERION_THICKNESS] = 2,
    [CRITERION_LAYER] = 2,    [CRITERION_FORCE] = 1,    [CRITERION_TOLERANCE] = 2, [CRITERION_ROUGHNESS] = 1,
    [CRITERION_HARDNESS] = 3, [CRITERION_QUANTITY] = 4, [CRITERION_DUE] = 1,       [CRITERION_CERTIFICATE] = 1,
    [CRITERION_STANDARD] = 1, [CRITERION_TAG] = 1,      [CRITERION_PLACE] = 7,     [CRITERION_INDUSTRY] = 1,
    [CRITERION_WORDS] = 4,
};

static uint64_t bytes_of(const struct index_plan *p)
{
    uint64_t columns = 0;
    for (size_t i = 0; i < p->terms; i++)
        columns += p->term[i].must ? columns_read[p->term[i].criterion->kind] : 0;
    return columns * BLOCK_ROWS * sizeof(uint16_t) * p->view.tiles;
}

static void count(struct asking *k)
{
    struct index_counts c = {.near_by = k->near_by};
    for (size_t i = 0; i < k->plans; i++) {
        index_count(k->scratch, &k->plan[i], &c);
        k->cost.blocks_swept += k->plan[i].view.tiles;
        k->cost.bytes_touched += bytes_of(&k->plan[i]);
    }
    uint64_t rows = match_index_size(k->index).rows, others = rows - c.swept;
    memcpy(k->answer->count, c.count, sizeof c.count);
    memcpy(k->answer->out_by, c.out_by, sizeof c.out_by);
    k->answer->count[CLASS_OUT] += others;
    k->answer->out_by[CRITERION_PROCESS] += others;
    k->cost.rows_swept += c.swept;
    k->cost.rows_total += rows;
}

static void rank(struct asking *k, enum match_class class, struct index_top *top)
{
    for (size_t i = 0; i < k->plans; i++)
        index_rank(k->scratch, &k->plan[i], class, top, &k->cost);
}

static void rank_all(struct asking *k)
{
    struct step_answer *answer = k->answer;
    struct index_top results, near;
    uint64_t both = answer->count[CLASS_MEETS] + answer->count[CLASS_ASK];
    index_top_init(k->scratch, &results, k->top < both ? k->top : both);
    index_top_init(k->scratch, &near, k->top < answer->count[CLASS_NEAR] ? k->top : answer->count[CLASS_NEAR]);
    rank(k, CLASS_MEETS, &results);
    if (answer->count[CLASS_MEETS] < results.room)
        rank(k, CLASS_ASK, &results);
    rank(k, CLASS_NEAR, &near);
    index_top_sorted(k->arena, &results, &answer->results);
    index_top_sorted(k->arena, &near, &answer->near);
}

/* The row whose limit is proposed: the margin nearest 0, among equals the first in the order of the answer. */
struct nearest {
    bool has;
    struct opt_real margin;
    struct judgement judgement;
};

static double distance(struct opt_real margin)
{
    return margin.has ? fabs(margin.v) : INFINITY;
}

static void see_near(struct asking *k, const struct index_plan *p, size_t tile, size_t row, struct nearest *by)
{
    struct index_judging judging = {.verdicts = k->verdicts};
    index_judging_at(p, tile, UINT64_C(1) << row % BLOCK_ROWS, &judging);
    struct judgement j = index_judge(&judging, CLASS_NEAR, row);
    index_set_tie(&judging, &j);
    const struct index_term *t = &p->term[j.first_no - 1];
    struct opt_real margin = t->margin ? t->margin(&p->view, t, row) : (struct opt_real){0, false};
    struct nearest *n = &by[j.first_no];
    double mine = distance(margin), best = distance(n->margin);
    if (n->has && (mine > best || (!(mine < best) && judgement_order(&j, &n->judgement) > 0)))
        return;
    *n = (struct nearest){true, margin, j};
}

static void see_all_near(struct asking *k, struct nearest *by)
{
    for (size_t i = 0; i < k->plans; i++) {
        const struct index_plan *p = &k->plan[i];
        for (size_t tile = 0; tile < p->view.tiles; tile++)
            for (uint64_t rest = p->near[tile]; rest; rest &= rest - 1)
                see_near(k, p, tile, (size_t)p->view.tile[tile].block * BLOCK_ROWS + (size_t)__builtin_ctzll(rest), by);
    }
}

static int relaxation_order(const void *a, const void *b)
{
    const struct relaxation *x = a, *y = b;
    double dx = round4(distance(x->margin)), dy = round4(distance(y->margin));
    if (dx < dy || dx > dy)
        return dx < dy ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->criterion < y->criterion ? -1 : x->criterion > y->criterion;
}

static void relax_process(struct asking *k)
{
    const struct question *q = &k->answer->question;
    uint32_t parent = q->vocab->processes.v[q->step->process].parent;
    if (parent == NODE_NONE)
        return;
    struct need_step step = *q->step;
    struct question wider = *q;
    struct step_answer counted = {.relaxations = {NULL, 0, 0}};
    struct asking again = {.scratch = k->scratch, .index = k->index, .answer = &counted, .near_by = k->near_by};
    step.process = parent;
    wider.step = &step;
    make_plans(&again, &wider);
    count(&again);
    uint64_t yield = counted.count[CLASS_MEETS] + counted.count[CLASS_ASK];
    if (yield)
        VEC_PUSH(k->arena, &k->answer->relaxations,
                 ((struct relaxation){.is_process = true, .parent = parent, .count = yield}));
}

static void relax(struct asking *k)
{
    struct step_answer *answer = k->answer;
    size_t criteria = answer->question.step->criteria.n;
    struct nearest *by = ARENA_ARRAY(k->scratch, criteria, struct nearest);
    k->verdicts = ARENA_ARRAY(k->scratch, criteria, struct index_verdicts);
    see_all_near(k, by);
    for (uint32_t i = 0; i < criteria; i++)
        if (by[i].has)
            VEC_PUSH(k->arena, &answer->relaxations,
                     ((struct relaxation){.criterion = i,
                                          .count = k->near_by[i],
                                          .nearest = by[i].judgement.capability,
                                          .margin = by[i].margin}));
    if (answer->relaxations.n)
        qsort(answer->relaxations.v, answer->relaxations.n, sizeof *answer->relaxations.v, relaxation_order);
    else
        relax_process(k);
}

static void answer_step(struct asking *k)
{
    struct step_answer *answer = k->answer;
    const struct question *q = &answer->question;
    k->near_by = ARENA_ARRAY(k->scratch, q->step->criteria.n + 1, uint64_t);
    make_plans(k, q);
    count(k);
    rank_all(k);
    loosen_step(k->arena, answer, k->near_by, k->top);
    if (!answer->count[CLASS_MEETS] && !answer->count[CLASS_ASK])
        relax(k);
}

void match_index_answer(struct arena *a, const struct match_index *index, const struct need *need, struct day today,
                        size_t top, struct match_answer *out, struct match_cost *cost)
{
    const struct vocab *vocab = match_index_vocab(index);
    AUTO_ARENA scratch;
    struct asking k = {.arena = a, .scratch = &scratch, .index = index, .top = top};
    *out = (struct match_answer){vocab, need, today, ARENA_ARRAY(a, need->steps.n, struct step_answer), need->steps.n};
    arena_init(&scratch, SIZE_MAX / 2);
    for (size_t i = 0; i < need->steps.n; i++) {
        arena_reset(&scratch);
        k.answer = &out->v[i];
        question_init(&k.answer->question, vocab, need, i, today);
        answer_step(&k);
    }
    if (cost)
        *cost = k.cost;
}
