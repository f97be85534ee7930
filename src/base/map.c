/* Linear probing at a load of at most 1/2; FNV-1a; O(1) expected. Never hand it keys that an outsider chose by the
 * million. */
#include "base/map.h"

#include "base/hash.h"

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){a, NULL, 0, 0};
}

static struct map_slot *slot_of(const struct map *m, struct str key)
{
    size_t i = (size_t)hash_fnv1a(FNV1A_64_START, key) & (m->cap - 1);
    while (m->slots[i].key.p && !str_eq(m->slots[i].key, key))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = ARENA_ARRAY(m->arena, m->cap, struct map_slot);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key.p)
            *slot_of(m, old.slots[i].key) = old.slots[i];
}

static struct map_slot *slot_for(struct map *m, struct str key, bool *fresh)
{
    if (!key.p)
        key = STR("");
    if ((m->n + 1) * 2 > m->cap)
        grow(m);
    struct map_slot *slot = slot_of(m, key);
    *fresh = !slot->key.p;
    if (*fresh) {
        slot->key = key;
        m->n++;
    }
    return slot;
}

bool map_add(struct map *m, struct str key, int64_t value)
{
    bool fresh;
    struct map_slot *slot = slot_for(m, key, &fresh);
    if (fresh)
        slot->value = value;
    return fresh;
}

void map_put(struct map *m, struct str key, int64_t value)
{
    bool fresh;
    slot_for(m, key, &fresh)->value = value;
}

bool map_get(const struct map *m, struct str key, int64_t *value)
{
    if (!m->cap)
        return false;
    const struct map_slot *slot = slot_of(m, key.p ? key : STR(""));
    if (!slot->key.p)
        return false;
    *value = slot->value;
    return true;
}
