/* Columns of the index: ranks among distinct values, so that every comparison of numbers is one of small integers. */
#include "match/index_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Open addressing over the bits of a double; 0 bits of a slot's number = empty. */
struct distinct {
    double *key;
    uint32_t *number; /* from 1 */
    size_t cap;
    size_t n;
};

static size_t slot_of(const struct distinct *d, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    size_t at = (size_t)((bits * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (d->cap - 1);
    while (d->number[at] && !(d->key[at] >= x && d->key[at] <= x))
        at = (at + 1) & (d->cap - 1);
    return at;
}

static void distinct_grow(struct arena *a, struct distinct *d)
{
    struct distinct old = *d;
    d->cap = old.cap ? old.cap * 2 : 256;
    d->key = ARENA_ARRAY(a, d->cap, double);
    d->number = ARENA_ARRAY(a, d->cap, uint32_t);
    for (size_t i = 0; i < old.cap; i++) {
        if (!old.number[i])
            continue;
        size_t at = slot_of(d, old.key[i]);
        d->key[at] = old.key[i];
        d->number[at] = old.number[i];
    }
}

static uint32_t distinct_number(struct arena *a, struct distinct *d, double x)
{
    if (2 * (d->n + 1) > d->cap)
        distinct_grow(a, d);
    size_t at = slot_of(d, x);
    if (!d->number[at]) {
        d->key[at] = x;
        d->number[at] = (uint32_t)++d->n;
    }
    return d->number[at];
}

struct ranked {
    double value;
    uint32_t number;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

/* rank[number] = place among the values, from 1. */
static uint32_t *rank_values(struct arena *scratch, const struct distinct *d, double *values)
{
    struct ranked *all = ARENA_ARRAY(scratch, d->n, struct ranked);
    uint32_t *rank = ARENA_ARRAY(scratch, d->n + 1, uint32_t);
    size_t n = 0;
    for (size_t i = 0; i < d->cap; i++)
        if (d->number[i])
            all[n++] = (struct ranked){d->key[i], d->number[i]};
    if (n)
        qsort(all, n, sizeof *all, by_value);
    for (size_t i = 0; i < n; i++) {
        values[i] = all[i].value;
        rank[all[i].number] = (uint32_t)i + 1;
    }
    return rank;
}

void index_column_build(struct arena *keep, const double *values, size_t rows, struct index_column *out)
{
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct distinct d = {NULL, NULL, 0, 0};
    uint32_t *number = ARENA_ARRAY(&scratch, rows, uint32_t);
    for (size_t i = 0; i < rows; i++)
        number[i] = isnan(values[i]) ? 0 : distinct_number(&scratch, &d, values[i]);
    *out = (struct index_column){.n = (uint32_t)d.n, .values = ARENA_ARRAY(keep, d.n, double)};
    if (!d.n)
        return;
    const uint32_t *rank = rank_values(&scratch, &d, out->values);
    size_t padded = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS * BLOCK_ROWS;
    if (d.n < UINT16_MAX)
        out->code = ARENA_ARRAY(keep, padded, uint16_t);
    else
        out->wide = ARENA_ARRAY(keep, padded, uint32_t);
    for (size_t i = 0; i < rows; i++) {
        uint32_t code = number[i] ? rank[number[i]] : 0;
        if (out->code)
            out->code[i] = (uint16_t)code;
        else
            out->wide[i] = code;
    }
}

static bool is_below(const double *x, double value)
{
    return value < *x;
}

static bool is_up_to(const double *x, double value)
{
    return value <= *x;
}

uint32_t index_column_while(const struct index_column *c, bool (*holds)(const double *arg, double value),
                            const double *arg)
{
    uint32_t from = 0, to = c->n;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (holds(arg, c->values[middle]))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

uint32_t index_column_below(const struct index_column *c, double x)
{
    return index_column_while(c, is_below, &x);
}

uint32_t index_column_up_to(const struct index_column *c, double x)
{
    return index_column_while(c, is_up_to, &x);
}

static uint64_t in_wide(const uint32_t *code, struct index_range range)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK_ROWS; i++)
        mask |= (uint64_t)(code[i] - range.from <= range.to - range.from) << i;
    return mask;
}

#ifdef __SSE2__
/* code - from, saturating below at to - from: 0 means inside (unsigned, wrapping). */
static uint64_t in_narrow(const uint16_t *code, struct index_range range)
{
    const __m128i from = _mm_set1_epi16((short)range.from), span = _mm_set1_epi16((short)(range.to - range.from));
    const __m128i zero = _mm_setzero_si128();
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK_ROWS; i += 16) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(code + i));
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(code + i + 8));
        a = _mm_cmpeq_epi16(_mm_subs_epu16(_mm_sub_epi16(a, from), span), zero);
        b = _mm_cmpeq_epi16(_mm_subs_epu16(_mm_sub_epi16(b, from), span), zero);
        mask |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_packs_epi16(a, b)) << i;
    }
    return mask;
}
#else
static uint64_t in_narrow(const uint16_t *code, struct index_range range)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < BLOCK_ROWS; i++)
        mask |= (uint64_t)((uint16_t)(code[i] - range.from) <= range.to - range.from) << i;
    return mask;
}
#endif

uint64_t index_column_in(const struct index_column *c, size_t block, struct index_range range)
{
    if (range.to < range.from || !c->n)
        return 0;
    return c->code ? in_narrow(c->code + block * BLOCK_ROWS, range) : in_wide(c->wide + block * BLOCK_ROWS, range);
}
