/* Our own ways to answer, behind one interface. */
#ifndef PPURI_BENCH_ENGINE_H
#define PPURI_BENCH_ENGINE_H

#include "match/index.h"
#include "test/bench/firms.h"

struct bench_query {
    const struct need *need;
    size_t top;
};

struct bench_engine {
    const char *name;
    void *(*open)(struct arena *a, const struct vocab *v, const struct firms_plan *plan);
    void (*answer)(void *store, struct arena *a, const struct bench_query *query, struct match_answer *out,
                   struct match_cost *cost);
    uint64_t (*bytes)(void *store);
    /* ns of `count` changes of one site, each visible to the next answer; 0: not measured. */
    int64_t (*update)(void *store, size_t count);
};

/* Ends with NULL. */
extern const struct bench_engine *const bench_engines[];

#endif
