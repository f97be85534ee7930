/* What both test files of http/ use: comparison with C text, and header lists written as "Name: value|Name: value". */
#ifndef PPURI_TEST_HTTP_HELP_H
#define PPURI_TEST_HTTP_HELP_H

#include "base/pair.h"
#include "base/vec.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static inline bool is(struct str s, const char *want)
{
    return str_eq(s, str_c(want));
}

/* "Name: value" lines to a header list, without any repair. */
static inline struct pair_list headers_of(struct arena *a, const char *lines)
{
    struct pair_list list = {NULL, 0, 0};
    struct str rest = str_c(lines), line;
    while (str_next(&rest, '|', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':');
        if (colon < 0)
            continue;
        struct str value = str_drop(line, (size_t)colon + 1);
        while (value.n && value.p[0] == ' ')
            value = str_drop(value, 1);
        VEC_PUSH(a, &list, ((struct pair){str_n(line.p, (size_t)colon), value}));
    }
    return list;
}

#define PART(disposition, data) "--B\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" data "\r\n"

#endif
