/*
 * Texts are cut into pieces (a name, a synonym), each kept once however many documents have it: the words of a process
 * stand in thousands of capabilities. A token leads to the pieces that have it, a piece to its documents. A query
 * verifies the pieces of its rarest token and follows what is left.
 */
#include "core/search.h"

#include "base/map.h"
#include "base/utf8.h"
#include "core/search_token.h"

#include <pthread.h>
#include <stdlib.h>

enum { SNIPPET_CHARS = 120, SNIPPET_BEFORE = 30, GONE_LEAST = 1000 };

struct numbers {
    uint32_t *v;
    size_t n;
    size_t cap;
};

/* Most pieces are of one document, which stands in them. */
struct piece {
    struct str text; /* folded */
    uint32_t n;
    uint32_t cap; /* of many; 0: there is at most one */
    union {
        uint32_t one; /* document << 2 | field */
        uint32_t *many;
    } docs;
};

/* Pieces of a token, rising, as differences of seven bits a byte. */
struct token_list {
    uint8_t *v; /* of malloc */
    uint32_t bytes;
    uint32_t cap;
    uint32_t n;
    uint32_t last;
};

struct stored {
    struct str ref;
    struct str part_of;
    struct str title;
    struct str shown;
    int64_t owner_org;
    int64_t next;          /* of the same part, -1: none */
    struct numbers pieces; /* piece << 2 | field */
};

/* What a query looks at in every document that has its words: small, side by side. */
struct brief {
    uint64_t title_head; /* the first eight bytes, in the order of texts */
    uint8_t kind;
    bool only_owner;
    bool gone;
};

/* Everything of one arena. What is gone is left behind when a new one is made of what lives. */
struct generation {
    struct arena arena;
    struct map piece_of; /* by text */
    struct map list_of;  /* by token, its 8 bytes */
    struct map part_of;  /* the first document of a part, -1: none */
    VEC(struct piece) pieces;
    VEC(struct token_list) lists;
    VEC(struct stored) docs;
    VEC(struct brief) briefs;
    size_t gone;
};

struct search {
    pthread_rwlock_t lock;
    struct generation *g;
    int percent; /* under the lock */
};

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

static uint32_t list_next(const struct token_list *l, uint32_t *at, uint32_t before)
{
    uint32_t difference = 0;
    for (int shift = 0;; shift += 7) {
        uint8_t byte = l->v[(*at)++];
        difference |= (uint32_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return before + difference;
    }
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

static const uint32_t *docs_of(const struct piece *p)
{
    return p->cap ? p->docs.many : &p->docs.one;
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

struct query {
    const struct generation *g;
    struct arena *arena; /* the answer's */
    struct arena *scratch;
    const struct search_ask *ask;
    struct search_words words;
    uint8_t *words_seen; /* by document: the first so many words are in it */
    uint8_t *rank;       /* by document: of the first word */
    struct search_hits *out;
};

static const struct token_list *rarest(const struct query *q, const struct search_tokens *tokens)
{
    const struct token_list *best = NULL;
    for (size_t i = 0; i < tokens->n; i++) {
        int64_t at;
        if (!map_get(&q->g->list_of, str_n((const char *)&tokens->v[i], sizeof tokens->v[i]), &at))
            return NULL;
        if (!best || q->g->lists.v[at].n < best->n)
            best = &q->g->lists.v[at];
    }
    return best;
}

/* Words are looked for the rarest first: each that follows only matters where all before it are. */
struct look {
    size_t word;
    uint8_t turn;
    struct search_tokens tokens;
    const struct token_list *list; /* NULL: nobody has the word */
};

/* A document still stands that the piece may decide on. Of the first word every piece counts, for the rank. */
static bool matters(const struct query *q, const struct look *l, const struct piece *p)
{
    const uint32_t *docs = docs_of(p);
    for (size_t i = 0; i < p->n; i++) {
        uint8_t seen = q->words_seen[docs[i] >> 2];
        if (seen == l->turn || (seen > l->turn && !l->word))
            return true;
    }
    return false;
}

/* The documents of a piece that holds the word. */
static void see(struct query *q, const struct look *l, const struct piece *p, int64_t rank)
{
    const uint32_t *docs = docs_of(p);
    for (size_t i = 0; i < p->n; i++) {
        uint32_t doc = docs[i] >> 2;
        uint8_t r = (uint8_t)(3 * (docs[i] & 3) + (uint32_t)rank);
        bool counted = q->words_seen[doc] == l->turn + 1;
        if (!l->word && (!counted || r < q->rank[doc]))
            q->rank[doc] = r;
        if (q->words_seen[doc] == l->turn)
            q->words_seen[doc]++;
    }
}

static void look_into(struct query *q, const struct look *l, const struct piece *p)
{
    struct str word = q->words.v[l->word];
    if (l->turn && !matters(q, l, p))
        return;
    int64_t rank = l->tokens.whole ? search_begin_rank(p->text, word) : search_rank_in_piece(p->text, word);
    if (l->tokens.whole && rank < 0)
        rank = 2;
    if (rank >= 0)
        see(q, l, p, rank);
}

/* Pieces lie all over the memory: those of a batch are called for before the first is looked into. */
static void look_for(struct query *q, const struct look *l)
{
    enum { BATCH = 32 };
    const struct piece *batch[BATCH];
    uint32_t at = 0, number = 0;
    for (size_t done = 0; l->list && done < l->list->n;) {
        size_t n = 0;
        for (; n < BATCH && done < l->list->n; n++, done++) {
            number = list_next(l->list, &at, number);
            batch[n] = &q->g->pieces.v[number];
            __builtin_prefetch(batch[n]);
        }
        for (size_t i = 0; i < n; i++)
            __builtin_prefetch(batch[i]->text.p);
        for (size_t i = 0; i < n; i++)
            look_into(q, l, batch[i]);
    }
}

static int rarest_first(const void *a, const void *b)
{
    const struct look *x = a, *y = b;
    uint32_t first = x->list ? x->list->n : 0, second = y->list ? y->list->n : 0;
    return first != second ? (first < second ? -1 : 1) : (x->word > y->word) - (x->word < y->word);
}

static void look_for_all(struct query *q)
{
    struct look looks[SEARCH_WORDS_MAX];
    for (size_t w = 0; w < q->words.n; w++) {
        looks[w] = (struct look){.word = w};
        search_word_tokens(q->scratch, q->words.v[w], &looks[w].tokens);
        looks[w].list = rarest(q, &looks[w].tokens);
    }
    qsort(looks, q->words.n, sizeof *looks, rarest_first);
    for (size_t turn = 0; turn < q->words.n; turn++) {
        looks[turn].turn = (uint8_t)turn;
        look_for(q, &looks[turn]);
    }
}

static bool may_see(const struct query *q, size_t doc)
{
    int64_t owner = q->g->briefs.v[doc].only_owner ? q->g->docs.v[doc].owner_org : 0;
    return !q->g->briefs.v[doc].only_owner || (owner && owner == q->ask->viewer_org);
}

static int hit_order(const struct query *q, uint32_t a, uint32_t b)
{
    const struct brief *first = &q->g->briefs.v[a], *second = &q->g->briefs.v[b];
    if (q->rank[a] != q->rank[b])
        return q->rank[a] < q->rank[b] ? -1 : 1;
    if (first->title_head != second->title_head)
        return first->title_head < second->title_head ? -1 : 1;
    const struct stored *x = &q->g->docs.v[a], *y = &q->g->docs.v[b];
    int by_title = str_cmp(x->title, y->title);
    int by_ref = by_title ? 0 : str_cmp(x->ref, y->ref);
    return by_title ? by_title : by_ref ? by_ref : (a > b) - (a < b);
}

/* The best `most`, worst on top. */
struct heap {
    uint32_t *v;
    size_t n;
    size_t most;
};

static void sink(const struct query *q, struct heap *h, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < h->n; at = child) {
        child += child + 1 < h->n && hit_order(q, h->v[child + 1], h->v[child]) > 0;
        if (hit_order(q, h->v[child], h->v[at]) <= 0)
            return;
        uint32_t swap = h->v[at];
        h->v[at] = h->v[child];
        h->v[child] = swap;
    }
}

static void offer(const struct query *q, struct heap *h, uint32_t doc)
{
    if (h->n < h->most) {
        h->v[h->n++] = doc;
        for (size_t at = h->n / 2; h->n == h->most && at-- > 0;)
            sink(q, h, at);
    } else if (hit_order(q, doc, h->v[0]) < 0) {
        h->v[0] = doc;
        sink(q, h, 0);
    }
}

static void sort_heap(const struct query *q, struct heap *h)
{
    size_t n = h->n;
    for (size_t at = n / 2; at-- > 0;)
        sink(q, h, at);
    while (h->n > 1) {
        uint32_t worst = h->v[0];
        h->v[0] = h->v[--h->n];
        h->v[h->n] = worst;
        sink(q, h, 0);
    }
    h->n = n;
}

/* A synonym, a grade of the same steel: what the document was found by. */
static struct str found_by(const struct query *q, const struct stored *s)
{
    for (size_t i = 0; i < s->pieces.n; i++) {
        struct str text = q->g->pieces.v[s->pieces.v[i] >> 2].text;
        if (search_rank_in_piece(text, q->words.v[0]) >= 0)
            return arena_str(q->arena, text);
    }
    return STR("");
}

static void take(struct query *q, uint32_t doc)
{
    const struct stored *s = &q->g->docs.v[doc];
    struct search_hit hit = {.rank = q->rank[doc],
                             .kind = (enum search_kind)q->g->briefs.v[doc].kind,
                             .ref = arena_str(q->arena, s->ref),
                             .part_of = arena_str(q->arena, s->part_of),
                             .title = arena_str(q->arena, s->title),
                             .snippet = arena_str(q->arena, s->shown),
                             .other = found_by(q, s)};
    VEC_PUSH(q->arena, q->out, hit);
}

static void answer(struct query *q)
{
    size_t n = q->g->docs.n;
    struct heap h = {.most = q->ask->skip + q->ask->limit + 1};
    q->words_seen = ARENA_ARRAY(q->scratch, n + 1, uint8_t);
    q->rank = ARENA_ARRAY(q->scratch, n + 1, uint8_t);
    h.v = ARENA_ARRAY(q->scratch, h.most, uint32_t);
    memset(q->words_seen, 0, n + 1);
    look_for_all(q);
    for (size_t doc = 0; doc < n; doc++) {
        if (q->words_seen[doc] != q->words.n || q->g->briefs.v[doc].gone || !may_see(q, doc))
            continue;
        unsigned kind = q->g->briefs.v[doc].kind;
        q->out->count[kind]++;
        if (!q->ask->kinds || q->ask->kinds & 1u << kind)
            offer(q, &h, (uint32_t)doc);
    }
    sort_heap(q, &h);
    q->out->more = h.n == h.most;
    for (size_t i = q->ask->skip; i < h.n - q->out->more; i++)
        take(q, h.v[i]);
}

static struct str cut(struct str shown, const struct search_spans *spans)
{
    size_t from = spans->n ? spans->v[0].from : 0, chars = SNIPPET_BEFORE;
    while (from && chars) {
        from--;
        chars -= ((unsigned char)shown.p[from] & 0xc0) != 0x80;
    }
    return utf8_head(str_drop(shown, from), SNIPPET_CHARS);
}

static void finish(struct query *q)
{
    for (size_t i = 0; i < q->out->n; i++) {
        struct search_hit *h = &q->out->v[i];
        search_mark(q->arena, h->title, &q->words, &h->title_spans);
        search_mark(q->arena, h->snippet, &q->words, &h->snippet_spans);
        if (h->title_spans.n || h->snippet_spans.n)
            h->other = STR("");
        h->snippet = cut(h->snippet, &h->snippet_spans);
        search_mark(q->arena, h->snippet, &q->words, &h->snippet_spans);
    }
}

enum status search_query(struct search *s, struct arena *a, const struct search_ask *ask, struct search_hits *out)
{
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct query q = {.arena = a, .scratch = &scratch, .ask = ask, .out = out};
    *out = (struct search_hits){.v = NULL};
    TRY(search_words_read(a, ask->words, &q.words));
    if (!q.words.n || ask->skip > SEARCH_SKIP_MAX || !ask->limit || ask->limit > SEARCH_LIMIT_MAX)
        return ST_OK;
    pthread_rwlock_rdlock(&s->lock);
    q.g = s->g;
    answer(&q);
    pthread_rwlock_unlock(&s->lock);
    finish(&q);
    return ST_OK;
}
