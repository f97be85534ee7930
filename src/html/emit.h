/*
 * What compiled views call: one writer a place, chosen by the type of the expression. A type that is not listed does
 * not compile there. Only generated code and html/ include this. A system header, so that the compiler reports a wrong
 * type at the line of the .html file and not in here.
 */
#ifndef PPURI_HTML_EMIT_H
#define PPURI_HTML_EMIT_H
#pragma GCC system_header

#ifdef __clang__
#pragma clang diagnostic ignored "-Wgnu-auto-type"
#endif

#include "html/view.h"

void emit_text_str(struct view *v, struct str s);
void emit_text_c(struct view *v, const char *s);
void emit_text_int(struct view *v, int64_t i);
void emit_text_size(struct view *v, size_t n);
void emit_text_value(struct view *v, struct value x);
void emit_text_phrase(struct view *v, struct phrase p);
void emit_html(struct view *v, struct html h);

void emit_attr_int(struct view *v, int64_t i);
void emit_attr_size(struct view *v, size_t n);
void emit_attr_real(struct view *v, double x);
void emit_attr_fixed(struct view *v, struct fixed x);
void emit_attr_plain_int(struct view *v, struct plain_int x);
void emit_attr_day(struct view *v, struct day d);

void emit_url_str(struct view *v, struct str s);
void emit_url_c(struct view *v, const char *s);
void emit_url_own(struct view *v, struct url u);
void emit_part_str(struct view *v, struct str s);
void emit_part_c(struct view *v, const char *s);

/* A text with its values, and the value of a whole attribute. */
void emit_msg(struct view *v, struct msg m, const struct msg_arg *args, size_t n);
/* " name" if x is not 0. `name` begins with the blank. */
void emit_flag(struct view *v, struct str name, long x);
/* ` name="s"` unless s is empty. */
void emit_opt_str(struct view *v, struct str name, struct str s);
void emit_opt_c(struct view *v, struct str name, const char *s);
void emit_opt_msg(struct view *v, struct str name, struct msg m);
void emit_opt_url_str(struct view *v, struct str name, struct str s);
void emit_opt_url_own(struct view *v, struct str name, struct url u);

static inline void emit_raw(struct view *v, const char *p, size_t n)
{
    buf_add(&v->out, str_n(p, n));
}

static inline void emit_text_real(struct view *v, double x)
{
    emit_text_value(v, value_real(x));
}

static inline void emit_text_plain_int(struct view *v, struct plain_int x)
{
    emit_attr_plain_int(v, x);
}

static inline void emit_text_won(struct view *v, struct won x)
{
    emit_text_value(v, value_won(x));
}

static inline void emit_text_won_exact(struct view *v, struct won_exact x)
{
    emit_text_value(v, value_won_exact(x));
}

static inline void emit_text_fixed(struct view *v, struct fixed x)
{
    emit_text_value(v, value_fixed(x));
}

static inline void emit_text_quantity(struct view *v, struct quantity x)
{
    emit_text_value(v, value_quantity(x));
}

static inline void emit_text_day(struct view *v, struct day x)
{
    emit_text_value(v, value_day(x));
}

static inline void emit_text_moment(struct view *v, struct moment x)
{
    emit_text_value(v, value_moment(x));
}

static inline void emit_text_msg(struct view *v, struct msg x)
{
    emit_msg(v, x, NULL, 0);
}

/* Left out everywhere on purpose: unsigned (an enum), bool, char, and values that may be unknown. They do not compile.
 */
#define EMIT_VALUE(x)                                                                                                  \
    _Generic((x), struct str: value_str, const char *: value_c, char *: value_c, int: value_int, long: value_int,      \
             long long: value_int, unsigned long: value_size, double: value_real, struct plain_int: value_plain_int,   \
             struct won: value_won, struct won_exact: value_won_exact, struct fixed: value_fixed,                      \
             struct quantity: value_quantity, struct day: value_day, struct moment: value_moment,                      \
             struct msg: value_msg)(x)

#define EMIT_TEXT(v, x)                                                                                                \
    _Generic((x), struct str: emit_text_str, const char *: emit_text_c, char *: emit_text_c, int: emit_text_int,       \
             long: emit_text_int, long long: emit_text_int, unsigned long: emit_text_size, double: emit_text_real,     \
             struct plain_int: emit_text_plain_int, struct won: emit_text_won, struct won_exact: emit_text_won_exact,  \
             struct fixed: emit_text_fixed, struct quantity: emit_text_quantity, struct day: emit_text_day,            \
             struct moment: emit_text_moment, struct msg: emit_text_msg, struct phrase: emit_text_phrase,              \
             struct html: emit_html)((v), (x))

/* Machine-readable: no thousands separators, days as 2027-03-31. */
#define EMIT_ATTR(v, x)                                                                                                \
    _Generic((x), struct str: emit_text_str, const char *: emit_text_c, char *: emit_text_c, int: emit_attr_int,       \
             long: emit_attr_int, long long: emit_attr_int, unsigned long: emit_attr_size, double: emit_attr_real,     \
             struct plain_int: emit_attr_plain_int, struct fixed: emit_attr_fixed, struct day: emit_attr_day,          \
             struct msg: emit_text_msg, struct phrase: emit_text_phrase)((v), (x))

#define EMIT_URL(v, x)                                                                                                 \
    _Generic((x), struct url: emit_url_own, struct str: emit_url_str, const char *: emit_url_c, char *: emit_url_c)    \
    ((v), (x))

/* Places that run or style the page: only this site's own references. */
#define EMIT_URL_OWN(v, x) _Generic((x), struct url : emit_url_own)((v), (x))

#define EMIT_PART(v, x)                                                                                                \
    _Generic((x), struct str: emit_part_str, const char *: emit_part_c, char *: emit_part_c, int: emit_attr_int,       \
             long: emit_attr_int, long long: emit_attr_int, unsigned long: emit_attr_size, struct day: emit_attr_day)  \
    ((v), (x))

#define EMIT_OPT_ATTR(v, name, x)                                                                                      \
    _Generic((x), _Bool: emit_flag, int: emit_flag, struct str: emit_opt_str, const char *: emit_opt_c,                \
             char *: emit_opt_c, struct msg: emit_opt_msg)((v), (name), (x))

#define EMIT_OPT_URL(v, name, x)                                                                                       \
    _Generic((x), struct str : emit_opt_url_str, struct url : emit_opt_url_own)((v), (name), (x))

#define EMIT_OPT_URL_OWN(v, name, x) _Generic((x), struct url : emit_opt_url_own)((v), (name), (x))

#endif
