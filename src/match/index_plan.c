/* Makes a step ready for a segment: how every process stands to the asked one, the rows to sweep, the criteria. */
#include "match/index_parts.h"

#include <math.h>
#include <stdlib.h>

struct process_standing {
    double s; /* 0: not related */
    bool unknown;
};

static void stand(struct process_standing *all, const struct tree *t, uint32_t node, struct process_standing s)
{
    for (uint32_t i = node; i < t->v[node].end; i++)
        all[i] = s;
}

/* Later ones win: an ask relation, a process above, a covers relation, the asked process and what is below it. */
static struct process_standing *stand_processes(struct arena *a, const struct question *q)
{
    const struct tree *t = &q->vocab->processes;
    const struct process_relations *relations = &q->vocab->relations;
    uint32_t asked = q->step->process;
    struct process_standing *all = ARENA_ARRAY(a, t->n, struct process_standing);
    for (size_t i = 0; i < relations->n; i++)
        if (relations->v[i].kind == RELATION_ASK && tree_below(t, asked, relations->v[i].asked))
            stand(all, t, relations->v[i].offered, (struct process_standing){0.4, true});
    for (uint32_t above = t->v[asked].parent; above != NODE_NONE; above = t->v[above].parent) {
        double s = pow(0.5, (double)(t->v[asked].level - t->v[above].level));
        all[above] = (struct process_standing){fmax(s, all[above].s), true};
    }
    for (size_t i = 0; i < relations->n; i++)
        if (relations->v[i].kind == RELATION_COVERS && tree_below(t, asked, relations->v[i].asked))
            stand(all, t, relations->v[i].offered, (struct process_standing){0.9, false});
    stand(all, t, asked, (struct process_standing){1, false});
    return all;
}

static int by_standing(const void *a, const void *b)
{
    const struct index_run *x = a, *y = b;
    if (x->unknown != y->unknown)
        return x->unknown ? 1 : -1;
    if (x->s > y->s || x->s < y->s)
        return x->s > y->s ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static void find_runs(struct arena *a, const struct question *q, struct index_view *v)
{
    const struct process_standing *standing = stand_processes(a, q);
    const uint32_t *first = v->segment->process_row;
    size_t nodes = q->vocab->processes.n;
    v->run = ARENA_ARRAY(a, nodes, struct index_run);
    for (uint32_t i = 0; i < nodes; i++) {
        struct index_run *last = v->runs ? &v->run[v->runs - 1] : NULL;
        bool related = standing[i].s > 0 && first[i + 1] > first[i];
        bool same = related && last && last->to == first[i] && last->unknown == standing[i].unknown &&
                    !(last->s < standing[i].s || last->s > standing[i].s);
        if (same)
            last->to = first[i + 1];
        else if (related)
            v->run[v->runs++] = (struct index_run){first[i], first[i + 1], 0, standing[i].s, standing[i].unknown};
    }
    if (v->runs)
        qsort(v->run, v->runs, sizeof *v->run, by_standing);
}

static uint64_t rows_of(const struct index_run *run, uint32_t block)
{
    uint32_t first = block * BLOCK_ROWS;
    uint64_t rows = UINT64_MAX;
    if (run->from > first)
        rows &= UINT64_MAX << (run->from - first);
    if (run->to < first + BLOCK_ROWS)
        rows &= UINT64_MAX >> (first + BLOCK_ROWS - run->to);
    return rows;
}

static void lay_tiles(struct arena *a, const uint64_t *alive, struct index_view *v)
{
    for (size_t i = 0; i < v->runs; i++) {
        v->run[i].tile = (uint32_t)v->tiles;
        v->tiles += (v->run[i].to - 1) / BLOCK_ROWS - v->run[i].from / BLOCK_ROWS + 1;
    }
    v->tile = ARENA_ARRAY(a, v->tiles, struct index_tile);
    for (uint32_t i = 0; i < v->runs; i++) {
        const struct index_run *run = &v->run[i];
        struct index_tile *tile = &v->tile[run->tile];
        for (uint32_t block = run->from / BLOCK_ROWS; block <= (run->to - 1) / BLOCK_ROWS; block++)
            *tile++ = (struct index_tile){block, i, rows_of(run, block) & (alive ? alive[block] : UINT64_MAX)};
    }
}

static void init_term(struct arena *a, const struct index_view *v, struct index_term *t)
{
    enum criterion_kind kind = t->criterion->kind;
    if (kind == CRITERION_MATERIAL)
        index_term_material(a, v, t);
    else if (kind <= CRITERION_FORCE)
        index_term_size(a, v, t);
    else if (kind <= CRITERION_HARDNESS)
        index_term_precision(a, v, t);
    else if (kind <= CRITERION_DUE)
        index_term_order(a, v, t);
    else if (kind == CRITERION_PLACE)
        index_term_place(a, v, t);
    else
        index_term_named(a, v, t);
}

void index_plan_init(struct arena *a, const struct index_segment *segment, const uint64_t *alive,
                     const struct question *q, struct index_plan *out)
{
    const struct criterion_list *criteria = &q->step->criteria;
    *out = (struct index_plan){.view = {.q = q, .segment = segment}, .terms = criteria->n - 1};
    find_runs(a, q, &out->view);
    lay_tiles(a, alive, &out->view);
    out->meets = ARENA_ARRAY(a, out->view.tiles, uint64_t);
    out->ask = ARENA_ARRAY(a, out->view.tiles, uint64_t);
    out->near = ARENA_ARRAY(a, out->view.tiles, uint64_t);
    out->verdicts = ARENA_ARRAY(a, out->view.tiles * out->terms, struct index_verdicts);
    out->term = ARENA_ARRAY(a, out->terms, struct index_term);
    for (size_t i = 0; i < out->terms; i++) {
        const struct criterion *c = &criteria->v[i + 1];
        out->term[i].criterion = c;
        out->term[i].weight = c->weight;
        out->term[i].must = c->level == NEED_MUST;
        init_term(a, &out->view, &out->term[i]);
    }
}
