/* Needs for benches: asked near what some drawn firm offers, of known selectivity. The same seed gives the same texts.
 */
#ifndef PPURI_BENCH_NEEDS_H
#define PPURI_BENCH_NEEDS_H

#include "match/need.h"
#include "test/bench/firms.h"

enum { NEEDS_SINGLE = 200, NEEDS_CHAIN = 100, NEEDS_CHAIN_LEAST = 2, NEEDS_CHAIN_MOST = 6 };

/* Share of the rows that meet or may meet, as measured on a sample; the decades between hold equally many needs. */
#define NEEDS_SELECTIVITY_LEAST 1e-4
#define NEEDS_SELECTIVITY_MOST  1e-1

struct needs_plan {
    size_t count;
    uint64_t seed;
};

/* Needs of one step, as JSON objects, one a text, refs BN-1... Criteria: process, material, envelope, mass, tolerance,
   roughness, quantity, due, certificate, place. */
MUST_USE enum status needs_single(struct arena *a, const struct vocab *v, const struct needs_plan *plan,
                                  struct str_list *out, struct str *why);
/* Needs of two to six steps, refs BC-1... */
MUST_USE enum status needs_chain(struct arena *a, const struct vocab *v, const struct needs_plan *plan,
                                 struct str_list *out, struct str *why);

#endif
