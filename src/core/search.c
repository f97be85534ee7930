/*
 * Texts are cut into pieces (a name, a synonym), each kept once however many documents have it: the words of a process
 * stand in thousands of capabilities. A token leads to the pieces that have it, a piece to its documents.
 */
#include "base/utf8.h"
#include "core/search_parts.h"
#include "core/search_token.h"

#include <stdlib.h>

enum { GONE_LEAST = 1000 };

static void *grab(size_t n)
{
    void *p = calloc(1, n);
    if (!p)
        abort();
    return p;
}

static struct generation *generation_new(void)
{
    struct generation *g = grab(sizeof *g);
    arena_init(&g->arena, SIZE_MAX / 2);
    map_init(&g->piece_of, &g->arena);
    map_init(&g->list_of, &g->arena);
    map_init(&g->part_of, &g->arena);
    return g;
}

static void generation_free(struct generation *g)
{
    for (size_t i = 0; i < g->lists.n; i++)
        free(g->lists.v[i].v);
    arena_release(&g->arena);
    free(g);
}

struct search *search_new(void)
{
    struct search *s = grab(sizeof *s);
    pthread_rwlockattr_t kind;
    pthread_rwlockattr_init(&kind);
    /* Readers come all the time: one that writes must not wait for a moment without them. */
    pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&s->lock, &kind);
    pthread_rwlockattr_destroy(&kind);
    s->g = generation_new();
    return s;
}

void search_free(struct search *s)
{
    if (!s)
        return;
    generation_free(s->g);
    pthread_rwlock_destroy(&s->lock);
    free(s);
}

static struct token_list *list_of(struct generation *g, int64_t token)
{
    int64_t at;
    if (!map_get(&g->list_of, str_n((const char *)&token, sizeof token), &at)) {
        char *key = arena_alloc(&g->arena, sizeof token);
        memcpy(key, &token, sizeof token);
        at = (int64_t)g->lists.n;
        map_put(&g->list_of, str_n(key, sizeof token), at);
        VEC_ADD(&g->arena, &g->lists);
    }
    return &g->lists.v[at];
}

static void add_token(struct generation *g, int64_t token, uint32_t piece)
{
    struct token_list *l = list_of(g, token);
    if (l->n && l->last == piece)
        return;
    if (l->bytes + 5 > l->cap) {
        l->cap = l->cap + l->cap / 2 + 8;
        l->v = realloc(l->v, l->cap);
        if (!l->v)
            abort();
    }
    for (uint32_t rest = piece - l->last;; rest >>= 7) {
        l->v[l->bytes++] = (uint8_t)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
        if (rest <= 0x7f)
            break;
    }
    l->last = piece;
    l->n++;
}

/* Once as the signs stand and once as initials. */
static void add_pair(struct generation *g, uint32_t first, uint32_t second, uint32_t piece)
{
    uint32_t x = search_initial(first), y = search_initial(second);
    add_token(g, search_token(first, second), piece);
    if (x != first || y != second)
        add_token(g, search_token(x, y), piece);
}

static uint32_t piece_of(struct generation *g, struct str text)
{
    int64_t at;
    if (map_get(&g->piece_of, text, &at))
        return (uint32_t)at;
    uint32_t piece = (uint32_t)g->pieces.n, before = 0;
    struct str kept = arena_str(&g->arena, text);
    map_put(&g->piece_of, kept, piece);
    VEC_PUSH(&g->arena, &g->pieces, ((struct piece){.text = kept}));
    for (size_t i = 0, n; i < kept.n; i += n) {
        uint32_t c = utf8_next(str_drop(kept, i), &n);
        add_pair(g, c, 0, piece);
        if (before)
            add_pair(g, before, c, piece);
        before = c;
    }
    return piece;
}

static void add_mark(struct generation *g, struct piece *p, uint32_t mark)
{
    if (!p->n) {
        p->docs.one = mark;
        p->n = 1;
        return;
    }
    if (p->n >= p->cap) {
        uint32_t cap = p->n < 4 ? 4 : 2 * p->n, *many = ARENA_ARRAY(&g->arena, cap, uint32_t);
        memcpy(many, docs_of(p), p->n * sizeof *many);
        p->docs.many = many;
        p->cap = cap;
    }
    p->docs.many[p->n++] = mark;
}

static void add_piece(struct generation *g, uint32_t doc, int field, struct str text)
{
    uint32_t piece = piece_of(g, text), mark = doc << 2 | (uint32_t)field;
    struct piece *p = &g->pieces.v[piece];
    if (p->n && docs_of(p)[p->n - 1] == mark)
        return;
    add_mark(g, p, mark);
    VEC_PUSH(&g->arena, &g->docs.v[doc].pieces, piece << 2 | (uint32_t)field);
}

static uint64_t head_of(struct str title)
{
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < title.n ? (unsigned char)title.p[i] : 0);
    return head;
}

/* A document without its pieces. */
static uint32_t add_doc(struct generation *g, const struct stored *d, const struct brief *brief)
{
    uint32_t doc = (uint32_t)g->docs.n;
    struct stored *s = VEC_ADD(&g->arena, &g->docs);
    int64_t first = -1;
    *s = (struct stored){.ref = arena_str(&g->arena, d->ref),
                         .part_of = arena_str(&g->arena, d->part_of),
                         .title = arena_str(&g->arena, d->title),
                         .shown = arena_str(&g->arena, d->shown),
                         .owner_org = d->owner_org};
    VEC_PUSH(&g->arena, &g->briefs, *brief);
    map_get(&g->part_of, d->part_of, &first);
    s->next = first;
    map_put(&g->part_of, s->part_of, doc);
    return doc;
}

static void put_doc(struct generation *g, struct str part_of, const struct search_doc *d)
{
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    struct stored stored = {
        .ref = d->ref, .part_of = part_of, .title = d->title, .shown = d->shown, .owner_org = d->owner_org};
    struct brief brief = {head_of(d->title), (uint8_t)d->kind, d->only_owner, false};
    uint32_t doc = add_doc(g, &stored, &brief);
    for (int f = 0; f < SEARCH_FIELDS; f++) {
        struct str fold = search_fold(&a, &d->field[f]), piece;
        while (fold.n && str_next(&fold, '\n', &piece))
            add_piece(g, doc, f, piece);
    }
}

static void end_part(struct generation *g, struct str part_of)
{
    int64_t at = -1;
    if (!map_get(&g->part_of, part_of, &at))
        return;
    for (int64_t doc = at; doc >= 0; doc = g->docs.v[doc].next) {
        g->gone += !g->briefs.v[doc].gone;
        g->briefs.v[doc].gone = true;
    }
    map_put(&g->part_of, part_of, -1);
}

/* A generation of what lives. Only the writer calls it, so that the old one does not change meanwhile. */
static struct generation *renewed(const struct generation *old)
{
    struct generation *g = generation_new();
    for (size_t i = 0; i < old->docs.n; i++) {
        const struct stored *s = &old->docs.v[i];
        if (old->briefs.v[i].gone)
            continue;
        uint32_t doc = add_doc(g, s, &old->briefs.v[i]);
        for (size_t k = 0; k < s->pieces.n; k++)
            add_piece(g, doc, (int)(s->pieces.v[k] & 3), old->pieces.v[s->pieces.v[k] >> 2].text);
    }
    return g;
}

void search_put(struct search *s, struct str part_of, const struct search_docs *docs)
{
    struct generation *old = NULL, *fresh = NULL;
    if (s->g->gone > GONE_LEAST && s->g->gone > s->g->docs.n / 2)
        fresh = renewed(s->g);
    pthread_rwlock_wrlock(&s->lock);
    if (fresh) {
        old = s->g;
        s->g = fresh;
    }
    end_part(s->g, part_of);
    for (size_t i = 0; i < docs->n; i++)
        put_doc(s->g, part_of, &docs->v[i]);
    pthread_rwlock_unlock(&s->lock);
    if (old)
        generation_free(old);
}

void search_filled(struct search *s, int percent)
{
    pthread_rwlock_wrlock(&s->lock);
    s->percent = percent;
    pthread_rwlock_unlock(&s->lock);
}

int search_percent(struct search *s)
{
    pthread_rwlock_rdlock(&s->lock);
    int percent = s->percent;
    pthread_rwlock_unlock(&s->lock);
    return percent;
}
