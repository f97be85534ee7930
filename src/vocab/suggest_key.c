/* Hangul arithmetic of Unicode chapter 3.12 on one byte a letter. */
#include "vocab/suggest_key.h"

#include "base/utf8.h"

enum { SYLLABLE = 0xac00, SYLLABLES = 11172, VOWELS = 21, FINALS = 28, JAMO_INITIAL = 0x1100, JAMO_FINAL = 0x11a7 };
enum { NONE = -1 };

/* A final as the initials that are typed for it; the first of a pair of two stays a final when a vowel follows. */
static const struct {
    int first;
    int second;
    int left; /* final that stays when the second moves on */
} finals[FINALS] = {
    {NONE, NONE, 0}, {0, NONE, 0},  {1, NONE, 0},  {0, 9, 1},     {2, NONE, 0},  {2, 12, 4},    {2, 18, 4},
    {3, NONE, 0},    {5, NONE, 0},  {5, 0, 8},     {5, 6, 8},     {5, 7, 8},     {5, 9, 8},     {5, 16, 8},
    {5, 17, 8},      {5, 18, 8},    {6, NONE, 0},  {7, NONE, 0},  {7, 9, 17},    {9, NONE, 0},  {10, NONE, 0},
    {11, NONE, 0},   {12, NONE, 0}, {14, NONE, 0}, {15, NONE, 0}, {16, NONE, 0}, {17, NONE, 0}, {18, NONE, 0},
};

struct writer {
    unsigned char *p;
    size_t n;
};

static void put(struct writer *w, unsigned c)
{
    w->p[w->n++] = (unsigned char)c;
}

static void put_consonants(struct writer *w, int first, int second)
{
    put(w, KEY_INITIAL + (unsigned)first);
    if (second != NONE)
        put(w, KEY_INITIAL + (unsigned)second);
}

static void put_char(struct writer *w, uint32_t c)
{
    if (c < 0x80) {
        put(w, c);
    } else if (c >= SYLLABLE && c < SYLLABLE + SYLLABLES) {
        unsigned i = c - SYLLABLE;
        put(w, KEY_INITIAL + i / (VOWELS * FINALS));
        put(w, KEY_VOWEL + i / FINALS % VOWELS);
        if (i % FINALS)
            put(w, KEY_FINAL + i % FINALS);
    } else if (c >= JAMO_INITIAL && c < JAMO_INITIAL + KEY_INITIALS) {
        put(w, KEY_INITIAL + c - JAMO_INITIAL);
    } else if (c > JAMO_FINAL && c < JAMO_FINAL + FINALS) {
        put_consonants(w, finals[c - JAMO_FINAL].first, finals[c - JAMO_FINAL].second);
    } else if (c == 0x111a || c == 0x1121) { /* what the keyboard's ㅀ and ㅄ are folded to */
        put_consonants(w, c == 0x111a ? 5 : 7, c == 0x111a ? 18 : 9);
    } else {
        put(w, KEY_OTHER);
        for (int shift = 20; shift >= 0; shift -= 5)
            put(w, 1 + (c >> shift & 31));
    }
}

struct str suggest_key(struct arena *a, struct str folded)
{
    struct writer w = {arena_alloc(a, folded.n * 3 + 1), 0};
    for (size_t i = 0, n; i < folded.n; i += n)
        put_char(&w, utf8_next(str_drop(folded, i), &n));
    return str_n((char *)w.p, w.n);
}

struct str suggest_initials(struct arena *a, struct str key)
{
    struct writer w = {arena_alloc(a, key.n + 1), 0};
    for (size_t i = 0; i < key.n; i++)
        if (!key_is_inside((unsigned char)key.p[i]))
            put(&w, (unsigned char)key.p[i]);
    return str_n((char *)w.p, w.n);
}

struct str suggest_key_moved(struct arena *a, struct str key)
{
    unsigned last = key.n ? (unsigned char)key.p[key.n - 1] : 0;
    if (last <= KEY_FINAL || last >= KEY_FINAL + FINALS)
        return (struct str){NULL, 0};
    int second = finals[last - KEY_FINAL].second, left = finals[last - KEY_FINAL].left;
    struct writer w = {arena_alloc(a, key.n + 2), 0};
    memcpy(w.p, key.p, key.n - 1);
    w.n = key.n - 1;
    if (left)
        put(&w, KEY_FINAL + (unsigned)left);
    put(&w, KEY_INITIAL + (unsigned)(second == NONE ? finals[last - KEY_FINAL].first : second));
    return str_n((char *)w.p, w.n);
}

bool suggest_by_initials(struct str key)
{
    for (size_t i = 0; i + 1 < key.n; i++)
        if (key_is_initial((unsigned char)key.p[i]) && !key_is_inside((unsigned char)key.p[i + 1]))
            return true;
    return false;
}

bool suggest_fits(struct str typed, struct str key)
{
    size_t k = 0;
    for (size_t i = 0; i < typed.n; i++, k++) {
        bool inside = key_is_inside((unsigned char)typed.p[i]);
        while (!inside && k < key.n && key_is_inside((unsigned char)key.p[k]))
            k++;
        if (k >= key.n || key.p[k] != typed.p[i])
            return false;
    }
    return true;
}
