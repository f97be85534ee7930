/* Memory that is freed at once: one arena a request, job, import batch or loaded file. */
#ifndef PPURI_BASE_ARENA_H
#define PPURI_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *head;
    size_t used;
    size_t max;
};

/* `max` bounds what the arena may hold; going over it, like running out of memory, ends the process with a message,
   so every size that comes from outside is checked before. */
void arena_init(struct arena *a, size_t max_bytes);
void arena_release(struct arena *a);
/* Frees all but one block, for the next request. */
void arena_reset(struct arena *a);

/* Zeroed, aligned for any type; never NULL; n = 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t count, size_t size);
/* Not zeroed: for what is written whole before it is read. */
void *arena_raw(struct arena *a, size_t count, size_t size);
/* `used` bytes at `p` moved to an array that is larger and not zeroed: in place when they were taken last. */
void *arena_grown(struct arena *a, const void *p, size_t used, size_t count, size_t size);
/* A copy with a NUL behind it. */
struct str arena_str(struct arena *a, struct str s);
const char *arena_c(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type)          ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))
#define ARENA_RAW(a, count, type)   ((type *)arena_raw((a), (count), sizeof(type)))
#define AUTO_ARENA                  __attribute__((cleanup(arena_release))) struct arena

#endif
