/* Byte strings by pointer and length; not owned, not NUL-terminated. {NULL, 0} is "no text", which equals the empty
 * text. */
#ifndef PPURI_BASE_STR_H
#define PPURI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

/* A literal as struct str: STR in expressions, STR_INIT in static initialisers. */
#define STR_INIT(lit)                                                                                                  \
    {                                                                                                                  \
        "" lit, sizeof(lit) - 1                                                                                        \
    }
#define STR(lit)   ((struct str)STR_INIT(lit))
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_n(const char *p, size_t n)
{
    return (struct str){p, n};
}

/* NULL gives the empty string. */
static inline struct str str_c(const char *p)
{
    return (struct str){p, p ? strlen(p) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order; shorter first among equal prefixes. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Index of the first occurrence, or -1. */
ptrdiff_t str_find(struct str s, struct str part);
ptrdiff_t str_find_byte(struct str s, char c);
/* Without leading and trailing blanks, tabs and line ends. */
struct str str_trim(struct str s);
/* True when only blanks, tabs and line ends are in it. */
bool str_blank(struct str s);
struct str str_drop(struct str s, size_t n);
/* Cuts the next piece up to `sep` off `rest`; false when `rest` was used up (an empty text has one empty piece). */
bool str_next(struct str *rest, char sep, struct str *piece);
/* Same, at runs of ASCII white space, without empty pieces. */
bool str_next_word(struct str *rest, struct str *word);

/* Strict decimal readers: the whole text, no blanks, no sign for unsigned, finite; false leaves *out alone. */
bool str_to_int(struct str s, int64_t *out);
bool str_to_real(struct str s, double *out);

#endif
