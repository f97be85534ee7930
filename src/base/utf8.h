/* UTF-8 and Unicode forms (utf8proc is used only here). */
#ifndef PPURI_BASE_UTF8_H
#define PPURI_BASE_UTF8_H

#include "base/arena.h"

/* Well-formed UTF-8 (no surrogates, no overlong forms) without NUL. */
bool utf8_valid(struct str s);
/* Code point at s.p and its length in bytes in *n; s must be valid and not empty. */
uint32_t utf8_next(struct str s, size_t *n);
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

#endif
