/*
 * Invented firms in any number, for benches and property tests: the demo region's profiles and blanks, kinds of shop by
 * Zipf's law, places all over the country. Firm i is the same in every plan with the same seed, so a smaller supply is
 * the beginning of a larger one. Pure: no clock, no files.
 */
#ifndef PPURI_BENCH_FIRMS_H
#define PPURI_BENCH_FIRMS_H

#include "match/supply.h"

/* The certificates run out around this day; matching with it gives yes, no and unknown. */
#define FIRMS_TODAY ((struct civil){2026, 11, 22})

struct firms_plan {
    size_t firms;
    uint64_t seed;
};

/* Calls `site` with every site in order, one or two a firm, ready for matching (supply_prepare). Sites BS-1.., and
   capabilities BC-1... What a site points to lives in `a` when `keep`, else until the next call. ST_INVALID with *why
   when the tables below demo/ do not fit the vocabulary. */
struct firms_use {
    enum status (*site)(void *arg, struct site *site);
    void *arg;
    bool keep;
};

MUST_USE enum status firms_draw_each(struct arena *a, const struct vocab *v, const struct firms_plan *plan,
                                     const struct firms_use *use, struct str *why);
/* All sites in memory. */
MUST_USE enum status firms_supply(struct arena *a, const struct vocab *v, const struct firms_plan *plan,
                                  struct supply *out, struct str *why);
size_t supply_capabilities(const struct supply *s);

#endif
