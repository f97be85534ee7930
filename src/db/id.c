/*
 * One atomic word a source: the greater of the clock and the last value plus one, so a full counter borrows from the
 * next millisecond. Lock-free. After a restart with a clock set back, ids may repeat: primary keys refuse them.
 */
#include "db/id.h"

#include "base/time.h"

enum { NODE_BITS = 10, COUNTER_BITS = 12 };

void id_source_init(struct id_source *s, int node)
{
    atomic_init(&s->last, 0);
    s->node = node & ((1 << NODE_BITS) - 1);
}

int64_t id_next_at(struct id_source *s, int64_t now_ms)
{
    int64_t now = now_ms > ID_EPOCH_MS ? (now_ms - ID_EPOCH_MS) << COUNTER_BITS : 0;
    int64_t last = atomic_load_explicit(&s->last, memory_order_relaxed);
    int64_t next;
    do
        next = now > last ? now : last + 1;
    while (!atomic_compare_exchange_weak_explicit(&s->last, &last, next, memory_order_relaxed, memory_order_relaxed));
    int64_t counter = next & ((1 << COUNTER_BITS) - 1);
    return (next >> COUNTER_BITS) << (NODE_BITS + COUNTER_BITS) | s->node << COUNTER_BITS | counter;
}

int64_t id_next(struct id_source *s)
{
    return id_next_at(s, time_now_ms());
}

int64_t id_ms(int64_t id)
{
    return (id >> (NODE_BITS + COUNTER_BITS)) + ID_EPOCH_MS;
}
