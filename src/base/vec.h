/*
 * Growing arrays in an arena. A vector is any struct with members v, n and cap; views and loops read v and n.
 * The old storage stays in the arena when it grows, so at most twice the final size is held.
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

/* Appends one zeroed element and gives its address. */
#define VEC_ADD(a, vec)                                                                                                \
    ((vec)->n == (vec)->cap ? (void)((vec)->v = vec_grown((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v))     \
                            : (void)0,                                                                                 \
     &(vec)->v[(vec)->n++])

#define VEC_PUSH(a, vec, value) (*VEC_ADD((a), (vec)) = (value))

struct str_list {
    struct str *v;
    size_t n;
    size_t cap;
};

#endif
