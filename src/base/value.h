/*
 * Values that people read, each with a type that says how: a page or a message writes them in its language. And the
 * language itself as an interface (struct locale, implemented in i18n/), so that views need no knowledge of languages.
 */
#ifndef PPURI_BASE_VALUE_H
#define PPURI_BASE_VALUE_H

#include "base/buf.h"
#include "base/time.h"

/* A text of the product, named by its Korean wording. Only T() makes one, so that every text is known at build time. A
   static table of them needs __extension__ before its declaration (gcc calls a compound literal there not constant). */
struct msg {
    struct str id;
};
#define T(lit) ((struct msg){{"" lit, sizeof(lit) - 1}})

struct plain_int { /* a year, a code: no thousands separators */
    int64_t v;
};
struct won { /* in sentences: 1,250만 원 */
    int64_t v;
};
struct won_exact { /* in tables: 12,500,000원 */
    int64_t v;
};
struct fixed { /* always that many decimals, 0..6 */
    double v;
    int decimals;
};
struct quantity { /* at most three decimals, a thin space, the unit */
    double v;
    struct str unit;
};
struct moment { /* a day with its time of day */
    int64_t ms;
    int offset_min;
};

enum value_kind {
    VALUE_NONE,
    VALUE_TEXT,
    VALUE_INT,
    VALUE_PLAIN_INT,
    VALUE_REAL,
    VALUE_FIXED,
    VALUE_QUANTITY,
    VALUE_WON,
    VALUE_WON_EXACT,
    VALUE_DAY,
    VALUE_MOMENT,
    VALUE_MSG
};

struct value {
    enum value_kind kind;
    int decimals;
    union {
        struct str text; /* of VALUE_TEXT and VALUE_MSG, and the unit of VALUE_QUANTITY */
        int64_t i;
        struct day day;
        struct moment moment;
    };
    double real;
};

struct msg_arg {
    const char *name;
    struct value value;
};

enum { PHRASE_ARGS_MAX = 3 };

/* A text with its values, to be written later: the reason why a field was refused. */
struct phrase {
    struct msg msg;
    struct msg_arg args[PHRASE_ARGS_MAX];
    size_t n;
};

/* One language. Both append plain text, never markup. */
struct locale {
    struct str lang; /* as in the lang attribute */
    void (*write_value)(const struct locale *l, struct buf *out, const struct value *x);
    /* A hole without value is written as its name; a text without translation as it stands. */
    void (*write_msg)(const struct locale *l, struct buf *out, struct msg m, const struct msg_arg *args, size_t n);
};

static inline struct value value_str(struct str s)
{
    return (struct value){.kind = VALUE_TEXT, .text = s};
}

static inline struct value value_c(const char *s)
{
    return (struct value){.kind = VALUE_TEXT, .text = str_c(s)};
}

static inline struct value value_int(int64_t i)
{
    return (struct value){.kind = VALUE_INT, .i = i};
}

static inline struct value value_size(size_t n)
{
    return (struct value){.kind = VALUE_INT, .i = (int64_t)n};
}

static inline struct value value_real(double x)
{
    return (struct value){.kind = VALUE_REAL, .real = x};
}

static inline struct value value_plain_int(struct plain_int x)
{
    return (struct value){.kind = VALUE_PLAIN_INT, .i = x.v};
}

static inline struct value value_won(struct won x)
{
    return (struct value){.kind = VALUE_WON, .i = x.v};
}

static inline struct value value_won_exact(struct won_exact x)
{
    return (struct value){.kind = VALUE_WON_EXACT, .i = x.v};
}

static inline struct value value_fixed(struct fixed x)
{
    return (struct value){.kind = VALUE_FIXED, .real = x.v, .decimals = x.decimals};
}

static inline struct value value_quantity(struct quantity x)
{
    return (struct value){.kind = VALUE_QUANTITY, .real = x.v, .text = x.unit};
}

static inline struct value value_day(struct day x)
{
    return (struct value){.kind = VALUE_DAY, .day = x};
}

static inline struct value value_moment(struct moment x)
{
    return (struct value){.kind = VALUE_MOMENT, .moment = x};
}

static inline struct value value_msg(struct msg x)
{
    return (struct value){.kind = VALUE_MSG, .text = x.id};
}

#endif
