/* A query verifies the pieces of each word's rarest token, the rarest word first, and follows what is left. */
#include "base/utf8.h"
#include "core/search_parts.h"

#include <stdlib.h>

enum { SNIPPET_CHARS = 120, SNIPPET_BEFORE = 30 };

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
