#include "match/parse_typo.h"

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

static bool is_long_enough(const struct typo_word *w)
{
    return !w->other && (w->korean ? !w->latin && w->korean >= KOREAN_LEAST : w->latin >= LATIN_LEAST);
}

/* Two bytes a letter. */
static struct str letters_of(const struct typo_word *w)
{
    return str_n((const char *)w->v, w->n * sizeof *w->v);
}

/* Hash of one half of the letters of a word of that length: the first length / 2, or the last ones. */
static uint64_t half_hash(const uint16_t *half, size_t n, size_t length, bool right)
{
    const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t h = 2 * length + right;
    for (size_t i = 0; i < n; i++)
        h = (h ^ half[i]) * prime;
    return h ^ h >> 32;
}

bool typo_word_end(struct typo_word *w)
{
    if (!is_long_enough(w))
        return false;
    for (size_t k = 0; k < TYPO_LENGTHS; k++) {
        size_t length = w->n - 1 + k, left = length / 2, right = length - left;
        w->half[2 * k] = half_hash(w->v, left, length, false);
        w->half[2 * k + 1] = half_hash(w->v + w->n - right, right, length, true);
    }
    return true;
}

static int by_half(const void *a, const void *b)
{
    const struct typo_entry *x = a, *y = b;
    if (x->half != y->half)
        return x->half < y->half ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static void add_key(struct arena *a, struct typo_index *out, uint32_t key)
{
    struct typo_word w = {0};
    size_t len;
    for (struct str rest = out->lookup->v[key].key; rest.n; rest = str_drop(rest, len))
        typo_word_add(&w, utf8_next(rest, &len));
    if (!typo_word_end(&w))
        return;
    out->letters[key] = arena_str(a, letters_of(&w));
    VEC_PUSH(a, out, ((struct typo_entry){w.half[2], key}));
    VEC_PUSH(a, out, ((struct typo_entry){w.half[3], key}));
}

void typo_index_build(struct arena *a, const struct lookup *lookup, struct typo_index *out)
{
    *out = (struct typo_index){.lookup = lookup, .letters = ARENA_ARRAY(a, lookup->n, struct str)};
    for (uint32_t i = 0; i < lookup->n; i++)
        if (lookup->v[i].kind != LOOKUP_CODE)
            add_key(a, out, i);
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
    const struct lookup_entry *found = NULL;
    for (size_t k = 0; k < 2 * TYPO_LENGTHS; k++)
        if (!look(index, word->half[k], letters_of(word), &found))
            return NULL;
    return found;
}
