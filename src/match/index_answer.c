/*
 * The answer over an index: the rows of related processes are classed 64 at a time, then only what can come in front is
 * scored one by one. Two segments (base and delta) are asked alike; their counts add up, their rows meet in one list.
 */
#include <math.h>
#include <stdlib.h>

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
    struct match_cost cost;
};

static void make_plans(struct asking *k, const struct question *q)
{
    k->plans = 0;
    for (int i = 0; i < INDEX_SEGMENTS; i++) {
        const struct index_segment *s = match_index_segment(k->index, i);
        if (s && s->rows)
            index_plan_init(k->scratch, s, match_index_alive(k->index, i), q, &k->plan[k->plans++]);
    }
}

struct tile_classes {
    uint64_t no;   /* one must says no */
    uint64_t more; /* more than one does */
    uint64_t unknown;
    uint64_t *first; /* by term: rows whose first no it is */
};

static void class_tile(const struct index_plan *p, size_t tile, struct tile_classes *c)
{
    const struct index_tile *t = &p->view.tile[tile];
    c->no = c->more = 0;
    c->unknown = p->view.run[t->run].unknown ? t->rows : 0;
    for (size_t i = 0; i < p->terms; i++) {
        const struct index_term *term = &p->term[i];
        c->first[i] = 0;
        if (!term->must || c->more == t->rows)
            continue;
        struct index_verdicts v = term->sweep(&p->view, term, tile, t->rows & ~c->more);
        p->verdicts[tile * p->terms + i] = v;
        uint64_t no = t->rows & ~v.yes & ~v.unknown;
        c->first[i] = no & ~c->no;
        c->more |= c->no & no;
        c->no |= no;
        c->unknown |= v.unknown & t->rows;
    }
}

static uint64_t bits(uint64_t x)
{
    return (uint64_t)__builtin_popcountll(x);
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

static void count_plan(struct asking *k, struct index_plan *p)
{
    struct step_answer *answer = k->answer;
    struct tile_classes c = {.first = ARENA_ARRAY(k->scratch, p->terms, uint64_t)};
    for (size_t tile = 0; tile < p->view.tiles; tile++) {
        uint64_t rows = p->view.tile[tile].rows;
        class_tile(p, tile, &c);
        p->meets[tile] = rows & ~c.no & ~c.unknown;
        p->ask[tile] = rows & ~c.no & c.unknown;
        p->near[tile] = c.no & ~c.more;
        answer->count[CLASS_MEETS] += bits(p->meets[tile]);
        answer->count[CLASS_ASK] += bits(p->ask[tile]);
        answer->count[CLASS_NEAR] += bits(p->near[tile]);
        answer->count[CLASS_OUT] += bits(c.more);
        for (size_t i = 0; i < p->terms && c.no; i++) {
            if (!c.first[i])
                continue;
            answer->out_by[p->term[i].criterion->kind] += bits(c.first[i] & c.more);
            k->near_by[i + 1] += bits(c.first[i] & ~c.more);
        }
        k->cost.rows_swept += bits(rows);
    }
    k->cost.blocks_swept += p->view.tiles;
    k->cost.bytes_touched += bytes_of(p);
}

static void count(struct asking *k)
{
    uint64_t swept_before = k->cost.rows_swept;
    for (size_t i = 0; i < k->plans; i++)
        count_plan(k, &k->plan[i]);
    uint64_t rows = match_index_size(k->index).rows, others = rows - (k->cost.rows_swept - swept_before);
    k->answer->count[CLASS_OUT] += others;
    k->answer->out_by[CRITERION_PROCESS] += others;
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
    struct index_judging judging;
    index_judging_init(k->scratch, p, tile, UINT64_C(1) << row % BLOCK_ROWS, &judging);
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

void match_index_candidates(struct arena *a, const struct match_index *index, const struct question *q,
                            struct judgement_list *out)
{
    struct step_answer answer = {.question = *q};
    AUTO_ARENA scratch;
    struct asking k = {.arena = a, .scratch = &scratch, .index = index, .answer = &answer, .top = SIZE_MAX};
    struct index_top all;
    arena_init(&scratch, SIZE_MAX / 2);
    k.near_by = ARENA_ARRAY(k.scratch, q->step->criteria.n + 1, uint64_t);
    make_plans(&k, q);
    count(&k);
    index_top_init(k.scratch, &all, answer.count[CLASS_MEETS] + answer.count[CLASS_ASK]);
    rank(&k, CLASS_MEETS, &all);
    rank(&k, CLASS_ASK, &all);
    index_top_firsts(a, &all, out);
}
