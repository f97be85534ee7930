/* The index: what is measured is one version of it, and a change of one site is the next version. */
#include <stdio.h>
#include <stdlib.h>

#include "test/bench/engine.h"

struct index_store {
    struct match_index *index;
    struct index_builder *builder;
};

static enum status add_site(void *arg, struct site *site)
{
    index_builder_add(arg, site);
    return ST_OK;
}

static void progress(void *arg, uint64_t done, uint64_t total)
{
    (void)arg;
    fprintf(stderr, "\rindex %3.0f %%%s", total ? 100 * (double)done / (double)total : 100, done == total ? "\n" : "");
}

static void *index_open(struct arena *a, const struct vocab *v, const struct firms_plan *plan)
{
    struct index_store *s = ARENA_NEW(a, struct index_store);
    struct str why;
    s->builder = index_builder_new(v);
    struct firms_use use = {add_site, s->builder, false};
    if (firms_draw_each(a, v, plan, &use, &why) != ST_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(why));
        exit(1);
    }
    s->index = index_builder_finish(s->builder, progress, NULL);
    return s;
}

static void index_answer(void *store, struct arena *a, const struct bench_query *query, struct match_answer *out,
                         struct match_cost *cost)
{
    const struct index_store *s = store;
    match_index_answer(a, s->index, query->need, day_from_civil(FIRMS_TODAY), query->top, out, cost);
}

static uint64_t index_bytes(void *store)
{
    const struct index_store *s = store;
    return match_index_size(s->index).index_bytes;
}

static int64_t index_update(void *store, size_t count)
{
    struct index_store *s = store;
    struct str_list gone = {NULL, 0, 0};
    struct site *site = match_index_sites(s->index)->v[0];
    struct supply changed = {&site, 1, 1};
    int64_t began = time_steady_ns();
    for (size_t i = 0; i < count; i++) {
        struct match_index *next = match_index_next(s->index, &changed, &gone);
        match_index_unref(s->index);
        s->index = next;
    }
    return time_steady_ns() - began;
}

extern const struct bench_engine bench_index;
const struct bench_engine bench_index = {"index", index_open, index_answer, index_bytes, index_update};
