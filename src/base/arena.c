/*
 * Bump allocation in a list of malloc'd blocks that grow from 16 KiB to 1 MiB.
 * Owns its blocks; arena_alloc is O(1); nothing is freed singly. Not for sharing between threads.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

enum { BLOCK_MIN = 16 << 10, BLOCK_MAX = 1 << 20, ALIGN = sizeof(max_align_t) };

static _Noreturn void arena_die(const char *why, size_t n)
{
    fprintf(stderr, "ppuri: %s (%zu bytes)\n", why, n);
    abort();
}

void arena_init(struct arena *a, size_t max_bytes)
{
    *a = (struct arena){NULL, 0, max_bytes};
}

void arena_release(struct arena *a)
{
    struct arena_block *b = a->head;
    while (b) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
    a->head = NULL;
    a->used = 0;
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->head;
    if (!keep)
        return;
    a->head = keep->next;
    arena_release(a);
    keep->next = NULL;
    keep->used = 0;
    a->head = keep;
}

static void add_block(struct arena *a, size_t n)
{
    size_t size = a->head ? a->head->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < n)
        size = n;
    struct arena_block *b = malloc(sizeof *b + size);
    if (!b)
        arena_die("out of memory", size);
    *b = (struct arena_block){a->head, 0, size};
    a->head = b;
}

static size_t aligned(size_t n)
{
    if (n > SIZE_MAX / 2)
        arena_die("allocation too large", n);
    return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static void *taken(struct arena *a, size_t n)
{
    n = aligned(n);
    if (n > a->max - a->used)
        arena_die("arena limit reached", a->max);
    if (!a->head || a->head->size - a->head->used < n)
        add_block(a, n);
    char *p = (char *)a->head->data + a->head->used;
    a->head->used += n;
    a->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return memset(taken(a, n), 0, n);
}

static size_t bytes_of(size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n))
        arena_die("allocation too large", count);
    return n;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    return arena_alloc(a, bytes_of(count, size));
}

void *arena_raw(struct arena *a, size_t count, size_t size)
{
    return taken(a, bytes_of(count, size));
}

void *arena_grown(struct arena *a, const void *p, size_t used, size_t count, size_t size)
{
    size_t n = bytes_of(count, size), had = aligned(used);
    char *end = a->head ? (char *)a->head->data + a->head->used : NULL;
    if (used && (const char *)p + had == end && a->head->size - a->head->used >= aligned(n) - had) {
        taken(a, aligned(n) - had);
        return end - had;
    }
    void *grown = taken(a, n);
    if (used)
        memcpy(grown, p, used);
    return grown;
}

struct str arena_str(struct arena *a, struct str s)
{
    char *p = taken(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return str_n(p, s.n);
}

const char *arena_c(struct arena *a, struct str s)
{
    return arena_str(a, s).p;
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0)
        arena_die("bad format", 0);
    char *p = taken(a, (size_t)n + 1);
    va_start(args, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, args);
    va_end(args);
    return str_n(p, (size_t)n);
}
