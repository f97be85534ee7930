/*
 * Growing arrays in an arena. A vector is any struct with members v, n and cap; views and loops read v and n.
 * When it cannot grow where it is the old storage stays in the arena, so at most twice the final size is held.
 */
#ifndef PPURI_BASE_VEC_H
#define PPURI_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *v;                                                                                                       \
        size_t n;                                                                                                      \
        size_t cap;                                                                                                    \
    }

void *vec_grown(struct arena *a, const void *v, size_t n, size_t *cap, size_t size);

#define VEC_ROOM(a, vec)                                                                                               \
    ((vec)->n == (vec)->cap ? (void)((vec)->v = vec_grown((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v))     \
                            : (void)0)

/* Appends one zeroed element and gives its address. */
#define VEC_ADD(a, vec) (VEC_ROOM((a), (vec)), memset(&(vec)->v[(vec)->n], 0, sizeof *(vec)->v), &(vec)->v[(vec)->n++])

#define VEC_PUSH(a, vec, value) (VEC_ROOM((a), (vec)), (vec)->v[(vec)->n++] = (value))

struct str_list {
    struct str *v;
    size_t n;
    size_t cap;
};

#endif
