/* The prepared statements of one connection, by (block, key); the longest unused one makes room. Not for several
 * threads. */
#ifndef PPURI_DB_CACHE_H
#define PPURI_DB_CACHE_H

#include <stdbool.h>
#include <stdint.h>

struct sql_block;

enum { STMT_CACHE_MAX = 200, STMT_CACHE_BUCKETS = 256 };

struct stmt_slot {
    const struct sql_block *block;
    void *stmt; /* the engine's */
    uint64_t used_at;
    uint32_t key;
    int16_t next;
    bool busy; /* running: neither found nor evicted */
};

struct stmt_cache {
    struct stmt_slot slots[STMT_CACHE_MAX];
    int16_t buckets[STMT_CACHE_BUCKETS];
    int n;
    uint64_t clock;
};

void stmt_cache_init(struct stmt_cache *c);
/* The statement, or NULL if it is not there or busy. */
struct stmt_slot *stmt_cache_find(struct stmt_cache *c, const struct sql_block *b, uint32_t key);
/*
 * A slot for a statement that was not found, its stmt yet to be set; `*evicted` is the statement to finalise, or NULL.
 * NULL when the statement is there but busy, or all are: the caller runs one that is not cached.
 */
struct stmt_slot *stmt_cache_add(struct stmt_cache *c, const struct sql_block *b, uint32_t key, void **evicted);
/* Forgets a slot just added whose statement could not be made. */
void stmt_cache_drop(struct stmt_cache *c, struct stmt_slot *slot);

#endif
