/* Candidates of chains as columns, drawn without any firm behind them: sizes that no scan reaches in a bench. Blanks,
   ties and places are like those of the invented firms. The same seed gives the same columns. */
#ifndef PPURI_BENCH_CHAIN_DRAW_H
#define PPURI_BENCH_CHAIN_DRAW_H

#include "base/random.h"
#include "match/chain.h"
#include "test/bench/areas.h"

struct chain_draw {
    struct arena *arena;
    struct areas areas;
    size_t sites; /* in the country */
    struct random random;
    struct judgement **shown[NEED_STEPS_MAX]; /* by row, made when it is asked for */
    struct chain_input input;
};

struct chain_plan {
    const struct vocab *vocab;
    size_t steps;
    size_t most; /* between most / 200 and most candidates a step, small steps as likely as large ones */
    uint64_t seed;
};

void chain_draw(struct arena *a, const struct chain_plan *plan, struct chain_draw *out);

#endif
