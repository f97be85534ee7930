/*
 * A sorted array of folded words: a text position narrows the range of words byte by byte, so a scan costs at most
 * O(text x longest word x log words) and no memory. Never writes after lookup_build.
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

/* Byte at `depth`, or -1 behind the end. */
static int byte_at(const struct lookup_entry *e, size_t depth)
{
    int byte = depth < HEAD_BYTES ? (int)(e->head >> (8 * (HEAD_BYTES - 1 - depth)) & 0xff)
               : e->key.n > depth ? (unsigned char)e->key.p[depth]
                                  : 0;
    return byte ? byte : -1;
}

static void add_word(struct arena *a, struct lookup *l, struct str word, uint32_t node, enum lookup_kind kind)
{
    struct utf8_folded folded;
    utf8_fold_tight_map(a, word, &folded);
    if (folded.text.n)
        VEC_PUSH(a, l, ((struct lookup_entry){folded.text, head_of(folded.text), node, kind}));
}

enum { PAIR_BITS = 1 << 16 };

static uint32_t pair_hash(uint32_t first, uint32_t second)
{
    return (first * 0x9e3779b1U ^ second * 0x85ebca6bU) >> 16;
}

static void note_pair(struct lookup *l, uint32_t first, uint32_t second)
{
    uint32_t bit = pair_hash(first, second);
    l->pairs[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has_pair(const struct lookup *l, uint32_t first, uint32_t second)
{
    uint32_t bit = pair_hash(first, second);
    return l->pairs[bit / 64] >> bit % 64 & 1;
}

static struct lookup_pair *pair_slot(const struct lookup *l, uint32_t first, uint32_t second)
{
    size_t slot = pair_hash(first, second) % LOOKUP_PAIRS;
    while (l->pair_slots[slot].range.hi && (l->pair_slots[slot].first != first || l->pair_slots[slot].second != second))
        slot = (slot + 1) % LOOKUP_PAIRS;
    return &l->pair_slots[slot];
}

/* A word of one sign is noted as a pair with nothing. */
static void note_pairs(struct lookup *l)
{
    memset(l->pairs, 0, PAIR_BITS / 8);
    memset(l->pair_slots, 0, LOOKUP_PAIRS * sizeof *l->pair_slots);
    for (size_t i = 0, len; i < l->n; i++) {
        uint32_t first = utf8_next(l->v[i].key, &len);
        struct str rest = str_drop(l->v[i].key, len);
        uint32_t second = rest.n ? utf8_next(rest, &len) : 0;
        struct lookup_pair *p = pair_slot(l, first, second);
        note_pair(l, first, second);
        if (!p->range.hi)
            *p = (struct lookup_pair){first, second, {(uint32_t)i, 0}};
        p->range.hi = (uint32_t)i + 1;
    }
}

void lookup_build(struct arena *a, const struct tree *tree, struct lookup *out)
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
    qsort(out->v, out->n, sizeof *out->v, compare_entries);
    out->pairs = ARENA_ARRAY(a, PAIR_BITS / 64, uint64_t);
    out->pair_slots = ARENA_ARRAY(a, LOOKUP_PAIRS, struct lookup_pair);
    note_pairs(out);
}

void lookup_add(struct arena *a, struct lookup *l, struct str word, uint32_t node)
{
    size_t before = l->n;
    add_word(a, l, word, node, LOOKUP_SYNONYM);
    if (l->n == before)
        return;
    struct lookup_entry added = l->v[before];
    size_t at = before;
    for (; at && compare_entries(&l->v[at - 1], &added) > 0; at--)
        l->v[at] = l->v[at - 1];
    l->v[at] = added;
    note_pairs(l);
}

void lookup_prepare(struct arena *a, struct str text, struct lookup_text *out)
{
    out->text = text;
    utf8_fold_tight_map(a, text, &out->folded);
}

/* First entry in [lo, hi) whose byte at `depth` is at least c; the entries agree before depth. */
static size_t lower_bound(const struct lookup *l, size_t lo, size_t hi, size_t depth, int c)
{
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (byte_at(&l->v[mid], depth) < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
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

static bool hit_of(const struct lookup *l, const struct lookup_text *t, struct lookup_entry *key, size_t from,
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

/* Words that begin alike and are all in the text at one place: never more in any vocabulary. */
enum { WHOLE_MOST = 16 };

struct lookup_signs lookup_signs_at(const struct lookup_text *t, size_t at)
{
    struct lookup_signs signs = {0, 0, 1, 0};
    struct str s = t->folded.text;
    signs.first = utf8_next(str_drop(s, at), &signs.len);
    if (at + signs.len < s.n)
        signs.second = utf8_next(str_drop(s, at + signs.len), &signs.second_len);
    return signs;
}

bool lookup_at(const struct lookup *l, const struct lookup_text *t, size_t at, struct lookup_signs signs,
               struct lookup_hit *hit)
{
    struct str s = t->folded.text;
    size_t whole[WHOLE_MOST], n = 0, depth = signs.len + signs.second_len;
    struct lookup_range range = {0, 0};
    if (has_pair(l, signs.first, 0)) {
        range = pair_slot(l, signs.first, 0)->range;
        if (range.hi)
            whole[n++] = range.lo;
    }
    range = has_pair(l, signs.first, signs.second) && signs.second ? pair_slot(l, signs.first, signs.second)->range
                                                                   : (struct lookup_range){0, 0};
    size_t lo = range.lo, hi = range.hi;
    if (lo < hi && l->v[lo].key.n == depth)
        whole[n++] = lo;
    for (; at + depth < s.n && lo < hi; depth++) {
        int c = (unsigned char)s.p[at + depth];
        lo = lower_bound(l, lo, hi, depth, c);
        hi = lower_bound(l, lo, hi, depth, c + 1);
        if (lo < hi && l->v[lo].key.n == depth + 1)
            whole[n++ % WHOLE_MOST] = lo;
    }
    for (size_t k = 0; k < n && k < WHOLE_MOST; k++)
        if (hit_of(l, t, &l->v[whole[(n - 1 - k) % WHOLE_MOST]], at, hit))
            return true;
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
