/*
 * All words of a list lie behind each other as one text, so that a question is one search through some hundred
 * kilobytes, without an index. Never writes after suggest_build.
 */
#include "vocab/suggest.h"

#include "base/buf.h"
#include "vocab/suggest_key.h"

enum { KEYS_BYTES_MAX = 64 << 20, LENGTH_MAX = 1023, NEAR_KEY_MAX = 60 };

/* What decides the order, in one number; the smaller is better. */
static uint64_t order_of(enum suggest_rank rank, bool unfinished, enum lookup_kind kind, size_t length,
                         enum vocab_list list, uint32_t node)
{
    uint64_t kind_order = kind == LOOKUP_NAME ? 0 : kind == LOOKUP_SYNONYM ? 1 : 2;
    uint64_t n = length < LENGTH_MAX ? length : LENGTH_MAX;
    return (uint64_t)rank << 50 | (uint64_t)unfinished << 49 | kind_order << 47 | n << 37 | (uint64_t)list << 33 | node;
}

struct candidate {
    uint64_t order;
    const struct suggest_entry *entry;
};

/* One question in work: the best word of each node, by list. */
struct search {
    const struct suggest *s;
    struct arena *arena;
    struct candidate *best[VOCAB_LISTS];
};

struct keys {
    struct buf keys;
    struct buf initials;
};

static void add_word(struct arena *a, struct suggest_list *l, struct keys *k, struct str word, uint32_t node,
                     enum lookup_kind kind)
{
    struct str key = suggest_key(a, utf8_fold_tight(a, word));
    if (!key.n)
        return;
    VEC_PUSH(a, l, ((struct suggest_entry){word, node, (uint32_t)k->keys.n, (uint32_t)k->initials.n, kind}));
    buf_add(&k->keys, key);
    buf_add_byte(&k->keys, '\0');
    buf_add(&k->initials, suggest_initials(a, key));
    buf_add_byte(&k->initials, '\0');
}

static void build_list(struct arena *a, const struct tree *tree, struct suggest_list *l)
{
    struct keys k;
    buf_init(&k.keys, KEYS_BYTES_MAX);
    buf_init(&k.initials, KEYS_BYTES_MAX);
    buf_add_byte(&k.keys, '\0');
    buf_add_byte(&k.initials, '\0');
    *l = (struct suggest_list){.tree = tree};
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    for (uint32_t i = 0; i < tree->n; i++) {
        const struct tree_node *node = &tree->v[i];
        add_word(&scratch, l, &k, node->ko, i, LOOKUP_NAME);
        add_word(&scratch, l, &k, node->en, i, LOOKUP_NAME);
        add_word(&scratch, l, &k, node->code, i, LOOKUP_CODE);
        for (size_t w = 0; w < node->synonyms.n; w++)
            add_word(&scratch, l, &k, node->synonyms.v[w], i, LOOKUP_SYNONYM);
    }
    struct suggest_entry *v = ARENA_ARRAY(a, l->n, struct suggest_entry);
    if (l->n)
        memcpy(v, l->v, l->n * sizeof *v);
    l->v = v;
    l->cap = l->n;
    l->keys = arena_str(a, buf_str(&k.keys));
    l->initials = arena_str(a, buf_str(&k.initials));
    buf_release(&k.keys);
    buf_release(&k.initials);
}

void suggest_build(struct arena *a, const struct vocab *v, struct suggest *out)
{
    for (int i = 0; i < VOCAB_LISTS; i++)
        build_list(a, vocab_tree(v, (enum vocab_list)i), &out->list[i]);
}

static uint32_t start_of(const struct suggest_entry *e, bool initials)
{
    return initials ? e->initials : e->key;
}

/* The word in which byte `at` lies. */
static size_t entry_at(const struct suggest_list *l, size_t at, bool initials)
{
    size_t lo = 0, hi = l->n;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (start_of(&l->v[mid], initials) <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static struct str key_of(const struct suggest_list *l, const struct suggest_entry *e)
{
    struct str rest = str_drop(l->keys, e->key);
    return str_n(rest.p, strlen(rest.p));
}

static void offer(struct search *s, enum vocab_list list, const struct suggest_entry *e, uint64_t order)
{
    struct candidate *best = &s->best[list][e->node];
    if (!best->entry || order < best->order)
        *best = (struct candidate){order, e};
}

static enum suggest_rank rank_of(bool first, bool whole, enum lookup_kind kind)
{
    if (!first)
        return SUGGEST_INSIDE;
    if (whole)
        return SUGGEST_EXACT;
    return kind == LOOKUP_NAME ? SUGGEST_NAME : SUGGEST_SYNONYM;
}

/* `moved` is the reading of the last syllable that is less likely. */
static void search_keys(struct search *s, enum vocab_list list, struct str typed, bool moved)
{
    const struct suggest_list *l = &s->s->list[list];
    const char *p = l->keys.p, *end = p + l->keys.n;
    while (end - p > (ptrdiff_t)typed.n && (p = memmem(p, (size_t)(end - p), typed.p, typed.n))) {
        const struct suggest_entry *e = &l->v[entry_at(l, (size_t)(p - l->keys.p), false)];
        struct str key = key_of(l, e);
        size_t from = (size_t)(p - key.p);
        bool unfinished = moved || key_is_inside((unsigned char)p[typed.n]);
        enum suggest_rank rank = rank_of(from == 0, from + typed.n == key.n, e->kind);
        if (rank != SUGGEST_INSIDE || typed.n > 1)
            offer(s, list, e, order_of(rank, unfinished, e->kind, key.n, list, e->node));
        p = key.p + key.n;
    }
}

static size_t key_after(struct str key, size_t chars)
{
    size_t i = 0;
    for (; i < key.n; i++)
        if (!key_is_inside((unsigned char)key.p[i]) && chars-- == 0)
            return i;
    return i;
}

static void search_initials(struct search *s, enum vocab_list list, struct str typed)
{
    const struct suggest_list *l = &s->s->list[list];
    struct str wanted = suggest_initials(s->arena, typed);
    const char *p = l->initials.p, *end = p + l->initials.n;
    while (end - p > (ptrdiff_t)wanted.n && (p = memmem(p, (size_t)(end - p), wanted.p, wanted.n))) {
        const struct suggest_entry *e = &l->v[entry_at(l, (size_t)(p - l->initials.p), true)];
        const char *begin = l->initials.p + e->initials;
        size_t from = (size_t)(p - begin), n = strlen(begin);
        struct str key = key_of(l, e);
        if (suggest_fits(typed, str_drop(key, key_after(key, from)))) {
            bool whole = from == 0 && n == wanted.n;
            enum suggest_rank rank = whole ? SUGGEST_NAME : rank_of(from == 0, false, e->kind);
            offer(s, list, e, order_of(rank, !whole, e->kind, n, list, e->node));
            p = begin + n;
        } else {
            p++;
        }
    }
}

static void search_open(struct search *s, const struct suggest *suggest, struct arena *a)
{
    *s = (struct search){.s = suggest, .arena = a};
    for (int i = 0; i < VOCAB_LISTS; i++)
        s->best[i] = ARENA_ARRAY(a, suggest->list[i].tree->n, struct candidate);
}

static void collect(struct search *s, const struct suggest_question *q, struct suggest_hits *out)
{
    size_t limit = q->limit < SUGGEST_LIMIT_MAX ? q->limit : SUGGEST_LIMIT_MAX;
    struct candidate *top = ARENA_ARRAY(s->arena, limit + 1, struct candidate);
    size_t n = 0;
    for (int i = 0; i < VOCAB_LISTS; i++) {
        for (size_t node = 0; node < s->s->list[i].tree->n; node++) {
            struct candidate c = s->best[i][node];
            if (!c.entry || (n == limit && (n == 0 || c.order > top[n - 1].order)))
                continue;
            size_t at = n < limit ? n++ : n - 1;
            for (; at && top[at - 1].order > c.order; at--)
                top[at] = top[at - 1];
            top[at] = c;
        }
    }
    *out = (struct suggest_hits){NULL, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const struct suggest_entry *e = top[i].entry;
        enum vocab_list list = (enum vocab_list)(top[i].order >> 33 & 15);
        VEC_PUSH(s->arena, out,
                 ((struct suggest_hit){list, e->node, e->word, e->kind, (enum suggest_rank)(top[i].order >> 50)}));
    }
}

static struct str typed_key(struct arena *a, struct str text)
{
    return suggest_key(a, utf8_fold_tight(a, utf8_head(text, SUGGEST_QUERY_CHARS_MAX)));
}

static bool asks_for(const struct suggest_question *q, int list)
{
    return q->list == VOCAB_LISTS || (int)q->list == list;
}

void suggest_find(const struct suggest *suggest, struct arena *a, const struct suggest_question *q,
                  struct suggest_hits *out)
{
    struct search s;
    struct str typed = typed_key(a, q->text), moved = suggest_key_moved(a, typed);
    *out = (struct suggest_hits){NULL, 0, 0};
    if (!typed.n)
        return;
    search_open(&s, suggest, a);
    bool by_initials = suggest_by_initials(typed);
    for (int i = 0; i < VOCAB_LISTS; i++) {
        enum vocab_list list = (enum vocab_list)i;
        if (!asks_for(q, i))
            continue;
        if (by_initials)
            search_initials(&s, list, typed);
        else
            search_keys(&s, list, typed, false);
        if (!by_initials && moved.n)
            search_keys(&s, list, moved, true);
    }
    collect(&s, q, out);
}

/* Changed, missing or extra letters between the two, at most `most`; one more than that when there are more. */
static size_t letters_apart(struct str a, struct str b, size_t most)
{
    size_t row[NEAR_KEY_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0], least = row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t above = row[j], best = corner + (a.p[i - 1] != b.p[j - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            row[j] = best;
            corner = above;
            least = best < least ? best : least;
        }
        if (least > most)
            return most + 1;
    }
    return row[b.n];
}

static void search_near(struct search *s, enum vocab_list list, struct str typed)
{
    const struct suggest_list *l = &s->s->list[list];
    size_t most = typed.n / 4 + 1;
    for (size_t i = 0; i < l->n; i++) {
        struct str key = key_of(l, &l->v[i]);
        size_t apart = key.n > typed.n ? key.n - typed.n : typed.n - key.n;
        if (apart > most || key.n > NEAR_KEY_MAX || l->v[i].kind == LOOKUP_CODE)
            continue;
        apart = letters_apart(typed, key, most);
        if (apart <= most)
            offer(s, list, &l->v[i], order_of(SUGGEST_NEAR, false, LOOKUP_NAME, apart, list, l->v[i].node));
    }
}

void suggest_near(const struct suggest *suggest, struct arena *a, const struct suggest_question *q,
                  struct suggest_hits *out)
{
    struct search s;
    struct str typed = typed_key(a, q->text);
    *out = (struct suggest_hits){NULL, 0, 0};
    if (typed.n < 3 || typed.n > NEAR_KEY_MAX)
        return;
    search_open(&s, suggest, a);
    for (int i = 0; i < VOCAB_LISTS; i++)
        if (asks_for(q, i))
            search_near(&s, (enum vocab_list)i, typed);
    collect(&s, q, out);
}
