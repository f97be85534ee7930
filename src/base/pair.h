/* Name and value pairs in the order they came: query, form, headers, cookies. */
#ifndef PPURI_BASE_PAIR_H
#define PPURI_BASE_PAIR_H

#include "base/str.h"

struct pair {
    struct str name;
    struct str value;
};

struct pair_list {
    struct pair *v;
    size_t n;
    size_t cap;
};

/* The first pair of that name, NULL without one. */
static inline const struct pair *pair_find(const struct pair_list *list, struct str name)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].name, name))
            return &list->v[i];
    return NULL;
}

#endif
