/*
 * A fixed array with hash chains: finding is O(1), making room looks at all STMT_CACHE_MAX slots. A slot whose stmt is
 * NULL is free to be taken. Owns no statement: the engine finalises what is evicted and what is left at close.
 */
#include "db/cache.h"

#include <stddef.h>

void stmt_cache_init(struct stmt_cache *c)
{
    *c = (struct stmt_cache){.n = 0};
    for (int i = 0; i < STMT_CACHE_BUCKETS; i++)
        c->buckets[i] = -1;
}

static unsigned bucket_of(const struct sql_block *b, uint32_t key)
{
    uint64_t h = ((uint64_t)(uintptr_t)b >> 3) * UINT64_C(0x9e3779b97f4a7c15) + key * UINT64_C(0xd1342543de82ef95);
    return (unsigned)(h >> 56) % STMT_CACHE_BUCKETS;
}

static struct stmt_slot *slot_of(struct stmt_cache *c, const struct sql_block *b, uint32_t key)
{
    for (int i = c->buckets[bucket_of(b, key)]; i >= 0; i = c->slots[i].next) {
        if (c->slots[i].block == b && c->slots[i].key == key)
            return &c->slots[i];
    }
    return NULL;
}

struct stmt_slot *stmt_cache_find(struct stmt_cache *c, const struct sql_block *b, uint32_t key)
{
    struct stmt_slot *slot = slot_of(c, b, key);
    if (!slot || slot->busy || !slot->stmt)
        return NULL;
    slot->used_at = ++c->clock;
    return slot;
}

static void unlink_slot(struct stmt_cache *c, struct stmt_slot *slot)
{
    int16_t *link = &c->buckets[bucket_of(slot->block, slot->key)];
    while (&c->slots[*link] != slot)
        link = &c->slots[*link].next;
    *link = slot->next;
}

static struct stmt_slot *oldest(struct stmt_cache *c)
{
    struct stmt_slot *best = NULL;
    for (int i = 0; i < c->n; i++) {
        struct stmt_slot *slot = &c->slots[i];
        if (!slot->busy && (!best || slot->used_at < best->used_at))
            best = slot;
    }
    return best;
}

struct stmt_slot *stmt_cache_add(struct stmt_cache *c, const struct sql_block *b, uint32_t key, void **evicted)
{
    *evicted = NULL;
    if (slot_of(c, b, key))
        return NULL;
    struct stmt_slot *slot = c->n < STMT_CACHE_MAX ? &c->slots[c->n++] : oldest(c);
    if (!slot)
        return NULL;
    if (slot->block) {
        *evicted = slot->stmt;
        unlink_slot(c, slot);
    }
    int16_t *head = &c->buckets[bucket_of(b, key)];
    *slot = (struct stmt_slot){b, NULL, ++c->clock, key, *head, false};
    *head = (int16_t)(slot - c->slots);
    return slot;
}

void stmt_cache_drop(struct stmt_cache *c, struct stmt_slot *slot)
{
    unlink_slot(c, slot);
    *slot = (struct stmt_slot){.next = -1};
}
