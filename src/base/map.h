/* Text to number map in an arena: open addressing, no removal. Keys are not copied and must live as long as the map. */
#ifndef PPURI_BASE_MAP_H
#define PPURI_BASE_MAP_H

#include "base/arena.h"

struct map_slot {
    struct str key;
    int64_t value;
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t cap;
    size_t n;
};

void map_init(struct map *m, struct arena *a);
/* False when the key is there already: the old value stays. */
bool map_add(struct map *m, struct str key, int64_t value);
void map_put(struct map *m, struct str key, int64_t value);
bool map_get(const struct map *m, struct str key, int64_t *value);

#endif
