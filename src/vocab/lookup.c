/*
 * A sorted array of folded words. Of the words that a place in a text begins with, the longest is found by one binary
 * search among those of the same two first signs, the others by going from each word to the longest one that it begins
 * with. Never writes after lookup_index.
 */
#include "vocab/lookup.h"

#include <stdlib.h>

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_KOREAN };

static int compare_entries(const void *a, const void *b)
{
    const struct lookup_entry *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    if (order)
        return order;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

enum { HEAD_BYTES = 8 };

static uint64_t head_of(struct str key)
{
    uint64_t head = 0;
    for (size_t i = 0; i < HEAD_BYTES; i++)
        head = head << 8 | (i < key.n ? (unsigned char)key.p[i] : 0);
    return head;
}

static void add_word(struct arena *a, struct lookup *l, struct str word, uint32_t node, enum lookup_kind kind)
{
    struct utf8_folded folded;
    utf8_fold_tight_map(a, word, &folded);
    if (folded.text.n)
        VEC_PUSH(a, l, ((struct lookup_entry){folded.text, node, kind}));
}

static uint32_t hash_of(uint32_t first, uint32_t second, uint32_t third)
{
    return (first * 0x9e3779b1U ^ second * 0x85ebca6bU ^ third * 0xc2b2ae35U) >> 16;
}

static struct lookup_pair *pair_of(const struct lookup *l, uint32_t first, uint32_t second)
{
    size_t slot = hash_of(first, second, 0) & l->pairs_mask;
    while (l->pairs[slot].range.hi && (l->pairs[slot].first != first || l->pairs[slot].second != second))
        slot = (slot + 1) & l->pairs_mask;
    return &l->pairs[slot];
}

/* Each key once, with the longest shorter one that it begins with. */
static void index_keys(struct arena *a, struct lookup *l)
{
    l->keys = ARENA_RAW(a, l->n, struct lookup_key);
    l->keys_n = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (i && str_eq(l->v[i].key, l->v[i - 1].key))
            continue;
        uint32_t shorter = (uint32_t)l->keys_n;
        while (shorter && !str_starts(l->v[i].key, l->v[l->keys[shorter - 1].entry].key))
            shorter = l->keys[shorter - 1].shorter;
        l->keys[l->keys_n++] = (struct lookup_key){head_of(l->v[i].key), (uint32_t)i, shorter};
    }
}

static struct lookup_signs signs_of(struct str s)
{
    struct lookup_signs signs = {{0}, {0}};
    for (int i = 0; i < LOOKUP_SIGNS && s.n; i++) {
        size_t len;
        signs.c[i] = utf8_next(s, &len);
        signs.len[i] = (uint8_t)len;
        s = str_n(s.p + len, s.n - len);
    }
    return signs;
}

static size_t count_pairs(const struct lookup *l)
{
    size_t pairs = 0;
    struct lookup_signs before = {{0}, {0}};
    for (size_t i = 0; i < l->keys_n; i++) {
        struct lookup_signs signs = signs_of(l->v[l->keys[i].entry].key);
        pairs += signs.c[0] != before.c[0] || signs.c[1] != before.c[1];
        before = signs;
    }
    return pairs;
}

/* A word of one sign is a pair with nothing. */
static void index_pairs(struct arena *a, struct lookup *l)
{
    size_t slots = 16, pairs = count_pairs(l);
    while (slots < 2 * pairs)
        slots *= 2;
    l->pairs_mask = slots - 1;
    l->pairs = ARENA_ARRAY(a, slots, struct lookup_pair);
    for (uint32_t i = 0; i < l->keys_n; i++) {
        struct lookup_signs signs = signs_of(l->v[l->keys[i].entry].key);
        struct lookup_pair *p = pair_of(l, signs.c[0], signs.c[1]);
        if (!p->range.hi)
            *p = (struct lookup_pair){signs.c[0], signs.c[1], {i, 0}};
        p->range.hi = i + 1;
    }
}

void lookup_words(struct arena *a, const struct tree *tree, struct lookup *out)
{
    *out = (struct lookup){.tree = tree};
    for (uint32_t i = 0; i < tree->n; i++) {
        const struct tree_node *node = &tree->v[i];
        add_word(a, out, node->code, i, LOOKUP_CODE);
        add_word(a, out, node->ko, i, LOOKUP_NAME);
        add_word(a, out, node->en, i, LOOKUP_NAME);
        for (size_t k = 0; k < node->synonyms.n; k++)
            add_word(a, out, node->synonyms.v[k], i, LOOKUP_SYNONYM);
    }
}

void lookup_add(struct arena *a, struct lookup *l, struct str word, uint32_t node)
{
    add_word(a, l, word, node, LOOKUP_SYNONYM);
}

void lookup_index(struct arena *a, struct lookup *l)
{
    if (l->n)
        qsort(l->v, l->n, sizeof *l->v, compare_entries);
    index_keys(a, l);
    index_pairs(a, l);
}

void lookup_build(struct arena *a, const struct tree *tree, struct lookup *out)
{
    lookup_words(a, tree, out);
    lookup_index(a, out);
}

void lookup_note(const struct lookup *l, uint8_t *asked, uint8_t bit)
{
    for (size_t i = 0; i < l->keys_n; i++) {
        struct lookup_signs signs = signs_of(l->v[l->keys[i].entry].key);
        asked[hash_of(signs.c[0], signs.c[1], signs.c[2])] |= bit;
    }
}

void lookup_prepare(struct arena *a, struct str text, struct lookup_text *out)
{
    out->text = text;
    utf8_fold_tight_map(a, text, &out->folded);
}

static int compare_key(const struct lookup *l, const struct lookup_key *key, struct str text, uint64_t head)
{
    if (key->head != head)
        return key->head < head ? -1 : 1;
    struct str word = l->v[key->entry].key;
    return word.n <= HEAD_BYTES ? 0 : str_cmp(word, text);
}

/* The last key of a range that is not behind the text, from 1; 0: all are. */
static uint32_t last_before(const struct lookup *l, struct lookup_range range, struct str text)
{
    uint64_t head = head_of(text);
    uint32_t lo = range.lo, hi = range.hi;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (compare_key(l, &l->keys[mid], text, head) <= 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo > range.lo ? lo : 0;
}

static size_t common_length(struct str a, struct str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

static uint32_t char_before(struct str s, size_t i)
{
    size_t n;
    do
        i--;
    while (i && ((unsigned char)s.p[i] & 0xc0) == 0x80);
    return utf8_next(str_drop(s, i), &n);
}

static enum script script_of(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? SCRIPT_LATIN : SCRIPT_NONE;
    if ((c >= 0x1100 && c <= 0x11ff) || (c >= 0x3040 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3))
        return SCRIPT_KOREAN;
    return c >= 0xc0 && c <= 0x52f ? SCRIPT_LATIN : SCRIPT_NONE;
}

/* Something was dropped in folding right before folded byte i. */
static bool gap_before(const struct utf8_folded *f, size_t i)
{
    return f->to[i - 1] != f->from[i] && f->from[i - 1] != f->from[i];
}

/* The script of the unbroken word that folded byte i is in the middle of. */
static enum script joined_at(const struct utf8_folded *f, size_t i)
{
    size_t n;
    if (i == 0 || i >= f->text.n || gap_before(f, i))
        return SCRIPT_NONE;
    enum script left = script_of(char_before(f->text, i));
    return left == script_of(utf8_next(str_drop(f->text, i), &n)) ? left : SCRIPT_NONE;
}

struct word_shape {
    size_t chars;
    size_t before_first_gap;
    size_t after_last_gap;
};

static struct word_shape shape_of(const struct utf8_folded *f, size_t from, size_t to)
{
    struct word_shape shape = {0, 0, 0};
    bool gap = false;
    for (size_t i = from, n; i < to; i += n) {
        utf8_next(str_drop(f->text, i), &n);
        if (i > from && gap_before(f, i)) {
            gap = true;
            shape.after_last_gap = 0;
        }
        shape.chars++;
        shape.after_last_gap++;
        shape.before_first_gap += !gap;
    }
    return shape;
}

static bool stands_well(const struct utf8_folded *f, size_t from, size_t to)
{
    bool splits_left = from && f->from[from] == f->from[from - 1];
    bool splits_right = to < f->text.n && f->from[to] == f->from[to - 1];
    enum script left = joined_at(f, from), right = joined_at(f, to);
    if (splits_left || splits_right || left == SCRIPT_LATIN || right == SCRIPT_LATIN)
        return false;
    struct word_shape shape = shape_of(f, from, to);
    bool left_ok = left == SCRIPT_NONE || shape.before_first_gap >= 2;
    bool right_ok = right == SCRIPT_NONE || shape.after_last_gap >= 2;
    return left_ok && right_ok;
}

static bool is_code(const struct lookup *l, const struct lookup_entry *e, struct str written)
{
    return e->kind == LOOKUP_CODE && str_eq(written, l->tree->v[e->node].code);
}

/* The entry among those of one key, lo first, that the written word means. */
static const struct lookup_entry *choose(const struct lookup *l, size_t lo, struct str written, bool *shared)
{
    const struct lookup_entry *chosen = NULL;
    *shared = false;
    for (size_t i = lo; i < l->n && str_eq(l->v[i].key, l->v[lo].key); i++) {
        const struct lookup_entry *e = &l->v[i];
        if (is_code(l, e, written))
            return e;
        if (e->kind == LOOKUP_CODE)
            continue;
        *shared |= chosen && chosen->node != e->node;
        chosen = chosen ? chosen : e;
    }
    return chosen;
}

static bool hit_of(const struct lookup *l, const struct lookup_text *t, const struct lookup_entry *key, size_t from,
                   struct lookup_hit *hit)
{
    const struct utf8_folded *f = &t->folded;
    size_t begin = f->from[from], end = f->to[from + key->key.n - 1];
    bool shared;
    const struct lookup_entry *e = choose(l, (size_t)(key - l->v), str_n(t->text.p + begin, end - begin), &shared);
    if (!e || !stands_well(f, from, from + key->key.n))
        return false;
    *hit = (struct lookup_hit){begin, end, e->key, e->node, e->kind, shared};
    return true;
}

struct lookup_signs lookup_signs_at(const struct lookup_text *t, size_t at)
{
    return signs_of(str_n(t->folded.text.p + at, t->folded.text.n - at));
}

uint8_t lookup_asked(const uint8_t *asked, const struct lookup_text *t, size_t at, struct lookup_signs signs)
{
    unsigned found = asked[hash_of(signs.c[0], signs.c[1], signs.c[2])];
    unsigned two = asked[hash_of(signs.c[0], signs.c[1], 0)] & ~found, one = asked[hash_of(signs.c[0], 0, 0)] & ~found;
    /* a Latin word does not end in a longer one, a word of one sign stands alone */
    if (two && joined_at(&t->folded, at + signs.len[0] + signs.len[1]) != SCRIPT_LATIN)
        found |= two;
    if (one && joined_at(&t->folded, at + signs.len[0]) == SCRIPT_NONE)
        found |= one;
    return (uint8_t)found;
}

bool lookup_at(const struct lookup *l, const struct lookup_text *t, size_t at, struct lookup_signs signs,
               struct lookup_hit *hit)
{
    struct str text = str_n(t->folded.text.p + at, t->folded.text.n - at);
    uint32_t key = last_before(l, pair_of(l, signs.c[0], signs.c[1])->range, text);
    if (!key)
        key = pair_of(l, signs.c[0], 0)->range.hi;
    size_t common = key ? common_length(l->v[l->keys[key - 1].entry].key, text) : 0;
    for (; key; key = l->keys[key - 1].shorter) {
        const struct lookup_entry *e = &l->v[l->keys[key - 1].entry];
        if (e->key.n <= common && hit_of(l, t, e, at, hit))
            return true;
    }
    return false;
}

static bool longest_at(const struct lookup *l, const struct lookup_text *t, size_t at, struct lookup_hit *hit)
{
    return lookup_at(l, t, at, lookup_signs_at(t, at), hit);
}

/* The first folded byte whose character begins at or after byte `from` of the original. */
static size_t folded_index(const struct utf8_folded *f, size_t from)
{
    size_t lo = 0, hi = f->text.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (f->from[mid] < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool lookup_find_next(const struct lookup *l, const struct lookup_text *t, size_t from, struct lookup_hit *hit)
{
    const struct utf8_folded *f = &t->folded;
    for (size_t i = folded_index(f, from); i < f->text.n; i++) {
        bool inside_char = ((unsigned char)f->text.p[i] & 0xc0) == 0x80;
        if (!inside_char && longest_at(l, t, i, hit))
            return true;
    }
    return false;
}

bool lookup_exact(const struct lookup *l, struct arena *a, struct str word, struct lookup_hit *hit)
{
    struct lookup_text t;
    lookup_prepare(a, word, &t);
    return t.folded.text.n && longest_at(l, &t, 0, hit) && hit->key.n == t.folded.text.n;
}
