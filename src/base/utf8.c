/* Wraps utf8proc. Pure ASCII takes a short way without it. Costs one allocation in the arena a result. */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

bool utf8_valid(struct str s)
{
    size_t i = 0;
    while (i < s.n) {
        if ((unsigned char)s.p[i] < 0x80) {
            if (s.p[i++] == '\0')
                return false;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
        if (n <= 0)
            return false;
        i += (size_t)n;
    }
    return true;
}

size_t utf8_length(struct str s)
{
    size_t chars = 0;
    for (size_t i = 0; i < s.n; i++)
        chars += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return chars;
}

struct str utf8_head(struct str s, size_t chars)
{
    size_t i = 0;
    while (i < s.n && chars--) {
        size_t n;
        utf8_next(str_drop(s, i), &n);
        i += n;
    }
    return str_n(s.p, i);
}

static struct str mapped(struct arena *a, struct str s, int options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out, (utf8proc_option_t)options);
    if (n < 0)
        return s;
    struct str copy = arena_str(a, str_n((const char *)out, (size_t)n));
    free(out);
    return copy;
}

/* Signs that most texts are made of: in normal form C by themselves, and none of them joins the one before it. */
static bool is_common(uint32_t c)
{
    return c < 0x300 || (c >= 0xac00 && c <= 0xd7a3);
}

/* Any other sign of which that is true: no mark, no single jamo. */
static bool is_steady(uint32_t c)
{
    enum { JAMO_FIRST = 0x1100, JAMO_LAST = 0x11ff, JOINS_FROM = 0x8000 };
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
    bool joins = p->combining_class || (p->comb_index >= JOINS_FROM && p->comb_index != UINT16_MAX);
    bool splits = p->decomp_seqindex != UINT16_MAX && !p->decomp_type;
    return !joins && !splits && (c < JAMO_FIRST || c > JAMO_LAST);
}

static bool is_nfc(struct str s)
{
    for (size_t n; s.n; s = str_n(s.p + n, s.n - n)) {
        uint32_t c = utf8_next(s, &n);
        if (!is_common(c) && !is_steady(c))
            return false;
    }
    return true;
}

struct str utf8_nfc(struct arena *a, struct str s)
{
    return is_nfc(s) ? s : mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct str utf8_fold(struct arena *a, struct str s)
{
    if (!is_ascii(s))
        return mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return str_n(p, s.n);
}

static bool is_loose(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '-' || c == '.' || c == '_' || c == 0xa0 ||
           (c >= 0x2000 && c <= 0x200b) || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x3000;
}

struct str utf8_fold_tight(struct arena *a, struct str s)
{
    struct str folded = utf8_fold(a, s);
    char *out = arena_alloc(a, folded.n + 1);
    size_t kept = 0;
    for (size_t i = 0, n; i < folded.n; i += n) {
        if (is_loose(utf8_next(str_drop(folded, i), &n)))
            continue;
        memcpy(out + kept, folded.p + i, n);
        kept += n;
    }
    return str_n(out, kept);
}

struct folding {
    struct arena *arena;
    char *text;
    uint32_t *from;
    uint32_t *to;
    size_t n;
    size_t cap;
};

static void make_room(struct folding *f, size_t more)
{
    if (f->n + more <= f->cap)
        return;
    struct folding was = *f;
    f->cap = 2 * f->cap + more;
    f->text = ARENA_RAW(f->arena, f->cap, char);
    f->from = ARENA_RAW(f->arena, f->cap, uint32_t);
    f->to = ARENA_RAW(f->arena, f->cap, uint32_t);
    if (!was.n)
        return;
    memcpy(f->text, was.text, was.n);
    memcpy(f->from, was.from, was.n * sizeof *f->from);
    memcpy(f->to, was.to, was.n * sizeof *f->to);
}

static inline void put_folded(struct folding *f, struct str folded, size_t from, size_t to)
{
    for (size_t k = 0; k < folded.n; k++, f->n++) {
        f->text[f->n] = folded.p[k];
        f->from[f->n] = (uint32_t)from;
        f->to[f->n] = (uint32_t)to;
    }
}

void utf8_fold_tight_map(struct arena *a, struct str s, struct utf8_folded *out)
{
    struct folding f = {.arena = a};
    make_room(&f, s.n);
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t c = utf8_next(str_n(s.p + i, s.n - i), &n);
        char small = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        struct str one = str_n(s.p + i, n);
        if (c < 0x80) {
            one = str_n(&small, !is_loose(c));
        } else if (c < 0xac00 || c > 0xd7a3) {
            one = utf8_fold_tight(a, one);
            make_room(&f, one.n + s.n - i);
        }
        put_folded(&f, one, i, i + n);
    }
    *out = (struct utf8_folded){str_n(f.text, f.n), f.from, f.to};
}
