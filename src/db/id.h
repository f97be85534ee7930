/* Ids: 41 bits of milliseconds since 2025-01-01 UTC (until 2094), 10 bits of node, 12 bits of counter. */
#ifndef PPURI_DB_ID_H
#define PPURI_DB_ID_H

#include <stdatomic.h>
#include <stdint.h>

#define ID_EPOCH_MS INT64_C(1735689600000)

struct id_source {
    _Atomic int64_t last; /* milliseconds and counter without the node */
    int64_t node;
};

/* node in 0 .. 1023; other bits are dropped. */
void id_source_init(struct id_source *s, int node);
/* Positive and greater than every earlier one of this source, also when the clock goes back or more than 4,096 are
   asked for in a millisecond. Thread-safe. */
int64_t id_next(struct id_source *s);
/* For a given time: the rule without the clock. */
int64_t id_next_at(struct id_source *s, int64_t now_ms);
/* When an id was made, in ms UTC (never earlier than the clock said). */
int64_t id_ms(int64_t id);

#endif
