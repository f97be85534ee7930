/* UTF-8 and Unicode forms (utf8proc is used only here). */
#ifndef PPURI_BASE_UTF8_H
#define PPURI_BASE_UTF8_H

#include "base/arena.h"

/* Well-formed UTF-8 (no surrogates, no overlong forms) without NUL. */
bool utf8_valid(struct str s);
/* Code point at s.p and its length in bytes in *n; s must be valid and not empty. */
static inline uint32_t utf8_next(struct str s, size_t *n)
{
    unsigned char c = (unsigned char)s.p[0];
    *n = 1;
    if (c < 0x80)
        return c;
    size_t len = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (len > s.n)
        len = s.n;
    uint32_t code = len == 1 ? c : c & (0xffU >> (len + 1));
    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)s.p[i] & 0x3fU);
    *n = len;
    return code;
}
/* Characters (code points) in valid text. */
size_t utf8_length(struct str s);
/* The first `chars` characters of valid text. */
struct str utf8_head(struct str s, size_t chars);

/* Unicode normal form C: how text is stored. The result may share memory with s. */
struct str utf8_nfc(struct arena *a, struct str s);
/* NFKC and case folded: how words are compared. */
struct str utf8_fold(struct arena *a, struct str s);
/* utf8_fold without blanks, hyphens, dots and underscores: how standards, tags and vocabulary words are compared. */
struct str utf8_fold_tight(struct arena *a, struct str s);

/* A folded text; for each of its bytes, from and to are the ends of the character it came from in the original. */
struct utf8_folded {
    struct str text;
    uint32_t *from;
    uint32_t *to;
};

/* utf8_fold_tight character by character, for valid text in normal form C below 4 GB. */
void utf8_fold_tight_map(struct arena *a, struct str s, struct utf8_folded *out);

#endif
