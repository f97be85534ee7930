/* Where invented firms stand: industrial areas around the centres of the real districts, a few of them crowded. */
#ifndef PPURI_BENCH_AREAS_H
#define PPURI_BENCH_AREAS_H

#include "base/random.h"
#include "feature/demo/tables.h"

/* Weights as a running sum, for drawing by weight in O(log n). */
struct weights {
    double *v;
    size_t n;
    size_t cap;
};

struct area {
    uint32_t region;
    struct place place; /* only its point and its spread */
};

struct areas {
    struct area *v;
    size_t n;
    size_t cap;
    struct weights weights;
};

void weights_add(struct arena *a, struct weights *w, double weight);
size_t weights_draw(const struct weights *w, struct random *r);

/* The same areas for the same vocabulary. */
void areas_build(struct arena *a, const struct vocab *v, struct areas *out);

#endif
