#include "match/parse_typo.h"

#include "base/hash.h"

#include <stdlib.h>

enum { LATIN_LEAST = 5, KOREAN_LEAST = 4, SYLLABLE_FIRST = 0xac00, SYLLABLE_LAST = 0xd7a3 };

void typo_word_add(struct typo_word *w, uint32_t c)
{
    if (w->n + 3 > TYPO_LETTERS_MOST) {
        w->other = true;
    } else if (c >= SYLLABLE_FIRST && c <= SYLLABLE_LAST) {
        uint32_t at = c - SYLLABLE_FIRST;
        w->v[w->n++] = (uint16_t)(0x1100 + at / 588);
        w->v[w->n++] = (uint16_t)(0x1161 + at % 588 / 28);
        if (at % 28)
            w->v[w->n++] = (uint16_t)(0x11a7 + at % 28);
        w->korean++;
    } else if (c >= 'a' && c <= 'z') {
        w->v[w->n++] = (uint16_t)c;
        w->latin++;
    } else {
        w->other = true;
    }
}

/* Two bytes a letter; empty for a word too short, or of other signs. */
static struct str letters_of(const struct typo_word *w)
{
    bool long_enough = w->korean ? !w->latin && w->korean >= KOREAN_LEAST : w->latin >= LATIN_LEAST;
    return long_enough && !w->other ? str_n((const char *)w->v, w->n * sizeof *w->v) : STR("");
}

static struct str letters_of_key(struct arena *a, struct str key)
{
    struct typo_word w = {0};
    size_t len;
    for (struct str rest = key; rest.n; rest = str_drop(rest, len))
        typo_word_add(&w, utf8_next(rest, &len));
    struct str letters = letters_of(&w);
    return letters.n ? arena_str(a, letters) : letters;
}

static uint64_t half_hash(struct str half, size_t length, char which)
{
    uint64_t h = hash_fnv1a(FNV1A_64_START, half);
    h = hash_fnv1a(h, str_n((const char *)&length, sizeof length));
    return hash_fnv1a(h, str_n(&which, 1));
}

static int by_half(const void *a, const void *b)
{
    const struct typo_entry *x = a, *y = b;
    if (x->half != y->half)
        return x->half < y->half ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

void typo_index_build(struct arena *a, const struct lookup *lookup, struct typo_index *out)
{
    *out = (struct typo_index){.lookup = lookup, .letters = ARENA_ARRAY(a, lookup->n, struct str)};
    for (size_t i = 0; i < lookup->n; i++) {
        if (lookup->v[i].kind == LOOKUP_CODE)
            continue;
        struct str s = letters_of_key(a, lookup->v[i].key);
        size_t n = s.n / 2, half = n / 2 * 2;
        out->letters[i] = s;
        if (!n)
            continue;
        VEC_PUSH(a, out, ((struct typo_entry){half_hash(str_n(s.p, half), n, 'l'), (uint32_t)i}));
        VEC_PUSH(a, out, ((struct typo_entry){half_hash(str_drop(s, half), n, 'r'), (uint32_t)i}));
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_half);
    out->filter = ARENA_ARRAY(a, TYPO_FILTER_BITS / 64, uint64_t);
    for (size_t i = 0; i < out->n; i++)
        out->filter[out->v[i].half % TYPO_FILTER_BITS / 64] |= UINT64_C(1) << out->v[i].half % 64;
}

/* One letter other, or one more in y than in x (same: equally long). */
static bool one_apart(struct str x, struct str y)
{
    size_t from = 0, nx = x.n / 2, ny = y.n / 2;
    while (from < nx && from < ny && memcmp(x.p + 2 * from, y.p + 2 * from, 2) == 0)
        from++;
    struct str rx = str_drop(x, 2 * (from + (nx == ny))), ry = str_drop(y, 2 * (from + 1));
    return from < ny && str_eq(rx, ry);
}

/* Of Latin words the first letter stands, and an s at the end is a plural: cooling is no tooling, plates are not
 * plated. */
static bool is_other_latin(struct str known, struct str typed)
{
    uint16_t first[2], last;
    memcpy(&first[0], known.p, 2);
    memcpy(&first[1], typed.p, 2);
    memcpy(&last, typed.p + typed.n - 2, 2);
    return first[1] < 0x80 && (first[0] != first[1] || last == 's');
}

static bool is_near(struct str known, struct str typed)
{
    if (is_other_latin(known, typed))
        return false;
    return known.n <= typed.n ? one_apart(known, typed) : one_apart(typed, known);
}

/* Looks through the entries of one half; false when two meanings are near. */
static bool look(const struct typo_index *x, uint64_t half, struct str letters, const struct lookup_entry **found)
{
    size_t lo = 0, hi = x->n;
    if (!(x->filter[half % TYPO_FILTER_BITS / 64] >> half % 64 & 1))
        return true;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->v[mid].half < half)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < x->n && x->v[lo].half == half; lo++) {
        const struct lookup_entry *e = &x->lookup->v[x->v[lo].key];
        if (!is_near(x->letters[x->v[lo].key], letters))
            continue;
        if (*found && (*found)->node != e->node)
            return false;
        *found = e;
    }
    return true;
}

const struct lookup_entry *typo_find(const struct typo_index *index, const struct typo_word *word)
{
    struct str s = letters_of(word);
    const struct lookup_entry *found = NULL;
    size_t n = s.n / 2;
    for (size_t length = n ? n - 1 : 1; n && length <= n + 1; length++) {
        size_t left = length / 2, right = length - left;
        if (left <= n && !look(index, half_hash(str_n(s.p, 2 * left), length, 'l'), s, &found))
            return NULL;
        if (right <= n && !look(index, half_hash(str_drop(s, s.n - 2 * right), length, 'r'), s, &found))
            return NULL;
    }
    return found;
}
