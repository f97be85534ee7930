/* Random numbers: a seeded, replayable generator for test data, and the system's for secrets. */
#ifndef PPURI_BASE_RANDOM_H
#define PPURI_BASE_RANDOM_H

#include "base/status.h"
#include "base/str.h"

struct random {
    uint64_t s[4];
};

/* The same seed gives the same numbers on every machine (xoshiro256** by Blackman and Vigna, seeded by splitmix64). */
void random_seed(struct random *r, uint64_t seed);
uint64_t random_next(struct random *r);
/* Uniform in 0 .. n-1; n >= 1. */
uint64_t random_below(struct random *r, uint64_t n);
/* Uniform in [0, 1). */
double random_unit(struct random *r);

/* Unpredictable bytes from the kernel. */
MUST_USE enum status random_secret(void *out, size_t n);

#endif
