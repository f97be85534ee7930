/* Inside vocab/ only: words as bytes in which an unfinished Korean syllable is a prefix of the finished one. */
#ifndef PPURI_VOCAB_SUGGEST_KEY_H
#define PPURI_VOCAB_SUGGEST_KEY_H

#include "base/arena.h"

/*
 * ASCII stands for itself. A Korean syllable is 0x80 + initial, 0xa0 + vowel, 0xc0 + final (none without one); a single
 * consonant is its initial. Anything else is 0xff and five bytes of 1 .. 32.
 */
enum { KEY_INITIAL = 0x80, KEY_VOWEL = 0xa0, KEY_FINAL = 0xc0, KEY_OTHER = 0xff, KEY_INITIALS = 19 };

/* Of a text folded by utf8_fold_tight. */
struct str suggest_key(struct arena *a, struct str folded);
/* The key without vowels and finals. */
struct str suggest_initials(struct arena *a, struct str key);
/* The same with the last final consonant moved to a next syllable (옃 to 여ㅊ); {NULL, 0} when there is none. */
struct str suggest_key_moved(struct arena *a, struct str key);
/* Single consonants anywhere but at the end: it is meant by initials. */
bool suggest_by_initials(struct str key);
/* Each character of `typed` fits the one of `key`: a single consonant any syllable that begins with it. */
bool suggest_fits(struct str typed, struct str key);

static inline bool key_is_initial(unsigned char c)
{
    return c >= KEY_INITIAL && c < KEY_INITIAL + KEY_INITIALS;
}

/* Continues a syllable. */
static inline bool key_is_inside(unsigned char c)
{
    return c >= KEY_VOWEL && c < KEY_OTHER;
}

#endif
