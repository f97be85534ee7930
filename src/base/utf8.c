/* Wraps utf8proc. Pure ASCII takes a short way without it. Costs one allocation in the arena a result. */
#include "base/utf8.h"

#include "base/vec.h"

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

uint32_t utf8_next(struct str s, size_t *n)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (len > s.n)
        len = s.n;
    uint32_t code = len == 1 ? c : c & (0xffU >> (len + 1));
    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)s.p[i] & 0x3fU);
    *n = len;
    return code;
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

/* Only signs that are in normal form C by themselves and combine with none before them: no marks, no single jamo. */
static bool is_plain(struct str s)
{
    for (size_t n; s.n; s = str_drop(s, n)) {
        if ((unsigned char)s.p[0] < 0x80) {
            n = 1;
            continue;
        }
        uint32_t c = utf8_next(s, &n);
        bool plain = c < 0x300 || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x4e00 && c <= 0x9fa5) ||
                     (c >= 0xff01 && c <= 0xff5e) || (c >= 0x25a0 && c <= 0x25ff) || (c >= 0x3300 && c <= 0x33ff) ||
                     (c >= 0x2018 && c <= 0x2026) || (c >= 0x3b1 && c <= 0x3c9) || c == 0x3a6 || c == 0x2300;
        if (!plain)
            return false;
    }
    return true;
}

struct str utf8_nfc(struct arena *a, struct str s)
{
    return is_plain(s) ? s : mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
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

static struct str fold_one(struct arena *a, struct str one)
{
    size_t n;
    uint32_t c = utf8_next(one, &n);
    bool is_hangul_syllable = c >= 0xac00 && c <= 0xd7a3;
    return is_hangul_syllable ? one : utf8_fold_tight(a, one);
}

struct folding {
    struct arena *arena;
    VEC(char) text;
    VEC(uint32_t) from;
    VEC(uint32_t) to;
};

static void put_folded(struct folding *f, struct str folded, size_t from, size_t to)
{
    for (size_t k = 0; k < folded.n; k++) {
        VEC_PUSH(f->arena, &f->text, folded.p[k]);
        VEC_PUSH(f->arena, &f->from, (uint32_t)from);
        VEC_PUSH(f->arena, &f->to, (uint32_t)to);
    }
}

void utf8_fold_tight_map(struct arena *a, struct str s, struct utf8_folded *out)
{
    struct folding f = {.arena = a};
    for (size_t i = 0, n; i < s.n; i += n) {
        char c = s.p[i];
        if ((unsigned char)c < 0x80) {
            n = 1;
            char small = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            put_folded(&f, str_n(&small, !is_loose((unsigned char)c)), i, i + 1);
            continue;
        }
        utf8_next(str_drop(s, i), &n);
        put_folded(&f, fold_one(a, str_n(s.p + i, n)), i, i + n);
    }
    *out = (struct utf8_folded){str_n(f.text.v, f.text.n), f.from.v, f.to.v};
}
