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

#endif
