/* The plain scan and, where it is built, the index. */
#include <stdio.h>
#include <stdlib.h>

#include "test/bench/engine.h"

struct scan_store {
    const struct vocab *vocab;
    struct supply supply;
};

static void *scan_open(struct arena *a, const struct vocab *v, const struct firms_plan *plan)
{
    struct scan_store *s = ARENA_NEW(a, struct scan_store);
    struct str why;
    *s = (struct scan_store){v, {NULL, 0, 0}};
    if (firms_supply(a, v, plan, &s->supply, &why) != ST_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(why));
        exit(1);
    }
    return s;
}

static void scan_answer(void *store, struct arena *a, const struct bench_query *query, struct match_answer *out,
                        struct match_cost *cost)
{
    struct scan_store *s = store;
    size_t rows = supply_capabilities(&s->supply);
    match_scan(a, s->vocab, query->need, &s->supply, day_from_civil(FIRMS_TODAY), query->top, out);
    *cost =
        (struct match_cost){.rows_total = rows, .rows_swept = rows, .bytes_touched = rows * sizeof(struct capability)};
}

static uint64_t scan_bytes(void *store)
{
    const struct scan_store *s = store;
    return supply_capabilities(&s->supply) * sizeof(struct capability) + s->supply.n * sizeof(struct site);
}

static int64_t scan_update(void *store, size_t count)
{
    (void)store;
    (void)count;
    return 0;
}

static const struct bench_engine scan = {"scan", scan_open, scan_answer, scan_bytes, scan_update};

extern const struct bench_engine bench_index;

const struct bench_engine *const bench_engines[] = {&scan, &bench_index, NULL};
