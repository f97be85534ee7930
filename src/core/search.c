/*
 * The index in the store. A query reads the postings of its rarest token when they are few, and sorts what is found;
 * else it walks the ranks of its first token in their order and stops when the page is full. Both give the same order:
 * rank, then id.
 */
#include "core/search.h"

#include "base/utf8.h"
#include "core/search_sql.h"
#include "core/search_token.h"

#include <stdlib.h>

enum { RARE_MAX = 400, STAGE_ROWS = 200, SNIPPET_CHARS = 120, SNIPPET_BEFORE = 30 };

struct posting_writer {
    struct tx *tx;
    int64_t doc;
};

static enum status add(const struct posting_writer *w, int64_t token, int64_t rank)
{
    int64_t changed;
    struct search_posting_add_in in = {.token = token, .rank = rank, .doc = w->doc};
    return search_posting_add(w->tx, &in, &changed);
}

static enum status add_pair(const struct posting_writer *w, uint32_t first, uint32_t second, int64_t rank)
{
    TRY(add(w, search_token(first, second), rank));
    uint32_t x = search_initial(first), y = search_initial(second);
    return x == first && y == second ? ST_OK : add(w, search_token(x, y), rank);
}

static enum status add_piece(const struct posting_writer *w, struct str piece, int64_t field)
{
    uint32_t before = 0;
    size_t n, at = 0;
    for (size_t i = 0; i < piece.n; i += n, at++) {
        uint32_t c = utf8_next(str_drop(piece, i), &n);
        TRY(add_pair(w, c, 0, 2 * field + (at != 0)));
        if (before)
            TRY(add_pair(w, before, c, 2 * field + (at != 1)));
        before = c;
    }
    return ST_OK;
}

static enum status add_field(const struct posting_writer *w, struct str fold, int64_t field)
{
    struct str piece;
    while (fold.n && str_next(&fold, '\n', &piece))
        TRY(add_piece(w, piece, field));
    return ST_OK;
}

static enum status put_doc(struct tx *t, struct str part_of, const struct search_doc *d)
{
    struct arena *a = db_arena(tx_db(t));
    struct str fold[SEARCH_FIELDS];
    int64_t changed;
    for (int f = 0; f < SEARCH_FIELDS; f++)
        fold[f] = search_fold(a, &d->field[f]);
    struct posting_writer w = {t, tx_new_id(t)};
    struct search_doc_add_in in = {.id = w.doc,
                                   .kind = d->kind,
                                   .ref = d->ref,
                                   .part_of = part_of,
                                   .owner_org = d->owner_org,
                                   .audience = d->only_owner,
                                   .title = d->title,
                                   .shown = d->shown,
                                   .name_fold = fold[SEARCH_NAME],
                                   .process_fold = fold[SEARCH_PROCESS],
                                   .text_fold = fold[SEARCH_TEXT]};
    TRY(search_doc_add(t, &in, &changed));
    for (int f = 0; f < SEARCH_FIELDS; f++)
        TRY(add_field(&w, fold[f], f));
    return ST_OK;
}

enum status search_put(struct tx *t, struct str part_of, const struct search_docs *docs)
{
    struct search_part_list old;
    TRY(search_part(tx_db(t), part_of, &old));
    for (size_t i = 0; i < old.n; i++) {
        int64_t changed;
        TRY(search_posting_clear(t, old.v[i].id, &changed));
        TRY(search_doc_clear(t, old.v[i].id, &changed));
    }
    for (size_t i = 0; i < docs->n; i++)
        TRY(put_doc(t, part_of, &docs->v[i]));
    return ST_OK;
}

struct query {
    struct db *db;
    struct arena *arena;
    const struct search_ask *ask;
    struct search_words words;
    struct search_policy policy;
    int64_t begin;               /* token of the first word's beginning */
    struct opt_int inner, other; /* the last tokens of the first and the second word: fewer texts to judge */
    struct search_hits *out;
};

static struct str cut(struct str shown, const struct search_spans *spans)
{
    size_t from = spans->n ? spans->v[0].from : 0, chars = SNIPPET_BEFORE;
    while (from && chars) {
        from--;
        chars -= ((unsigned char)shown.p[from] & 0xc0) != 0x80;
    }
    return utf8_head(str_drop(shown, from), SNIPPET_CHARS);
}

static bool is_after(const struct search_cursor *c, int64_t rank, int64_t doc)
{
    return rank > c->rank || (rank == c->rank && doc > c->doc);
}

/* The hit of a row, false: a word is not there, or the row was on an earlier page. `band` < 0: of any rank. */
static bool judge(struct query *q, const struct search_row *r, int64_t band, struct search_hit *hit)
{
    const struct str fold[SEARCH_FIELDS] = {r->name_fold, r->process_fold, r->text_fold};
    int64_t rank = search_rank(fold, q->words.v[0]);
    if (rank < 0 || !is_after(&q->ask->after, rank, r->id) || (band >= 0 && rank != band))
        return false;
    for (size_t i = 1; i < q->words.n; i++)
        if (search_rank(fold, q->words.v[i]) < 0)
            return false;
    *hit = (struct search_hit){.rank = rank,
                               .doc = r->id,
                               .kind = r->kind,
                               .ref = r->ref,
                               .part_of = r->part_of,
                               .title = r->title,
                               .snippet = r->shown};
    return true;
}

static int hit_order(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static enum status answer_rare(struct query *q, int64_t token)
{
    struct search_row_list rows;
    struct search_hit hit;
    TRY(search_rare(q->db, &(struct search_rare_in){.token = token, .search_policy = &q->policy, .limit = RARE_MAX},
                    &rows));
    for (size_t i = 0; i < rows.n; i++)
        if (judge(q, &rows.v[i], -1, &hit))
            VEC_PUSH(q->arena, q->out, hit);
    if (q->out->n)
        qsort(q->out->v, q->out->n, sizeof *q->out->v, hit_order);
    return ST_OK;
}

/* Rank by rank: hits of one come in the order of ids. */
static enum status answer_band(struct query *q, int64_t band)
{
    int64_t at = 0, stored = band / 3 * 2 + (band % 3 == 2);
    struct search_row_list rows;
    if (band == q->ask->after.rank)
        at = q->ask->after.doc;
    do {
        struct search_hit hit;
        TRY(search_stage(q->db,
                         &(struct search_stage_in){.token = q->begin,
                                                   .rank = stored,
                                                   .after = at,
                                                   .inner = q->inner,
                                                   .other = q->other,
                                                   .search_policy = &q->policy,
                                                   .limit = STAGE_ROWS},
                         &rows));
        for (size_t i = 0; i < rows.n && q->out->n <= q->ask->limit; i++) {
            at = rows.v[i].id;
            if (judge(q, &rows.v[i], band, &hit))
                VEC_PUSH(q->arena, q->out, hit);
        }
    } while (rows.n == STAGE_ROWS && q->out->n <= q->ask->limit);
    return ST_OK;
}

static enum status answer(struct query *q)
{
    int64_t rarest = 0, fewest = RARE_MAX + 1;
    for (size_t w = 0; w < q->words.n; w++) {
        struct search_tokens tokens;
        search_word_tokens(q->arena, q->words.v[w], &tokens);
        if (w == 0)
            q->begin = tokens.v[0];
        if (w == 0 && tokens.n > 1)
            q->inner = opt_int(tokens.v[tokens.n - 1]);
        if (w == 1)
            q->other = opt_int(tokens.v[tokens.n - 1]);
        for (size_t i = 0; i < tokens.n && fewest; i++) {
            struct search_frequency_row row;
            TRY(search_frequency(q->db, tokens.v[i], RARE_MAX + 1, &row));
            if (row.n < fewest) {
                fewest = row.n;
                rarest = tokens.v[i];
            }
        }
    }
    if (fewest <= RARE_MAX)
        return fewest ? answer_rare(q, rarest) : ST_OK;
    for (int64_t band = q->ask->after.rank; band < 3 * SEARCH_FIELDS && q->out->n <= q->ask->limit; band++)
        TRY(answer_band(q, band));
    return ST_OK;
}

static void finish(struct query *q)
{
    struct search_hits *out = q->out;
    out->more = out->n > q->ask->limit;
    if (out->more) {
        out->n = q->ask->limit;
        out->next = (struct search_cursor){out->v[out->n - 1].rank, out->v[out->n - 1].doc};
    }
    for (size_t i = 0; i < out->n; i++) {
        struct search_hit *h = &out->v[i];
        search_mark(q->arena, h->title, &q->words, &h->title_spans);
        search_mark(q->arena, h->snippet, &q->words, &h->snippet_spans);
        h->snippet = cut(h->snippet, &h->snippet_spans);
        search_mark(q->arena, h->snippet, &q->words, &h->snippet_spans);
    }
}

enum status search_query(struct db *db, const struct search_ask *ask, struct search_hits *out)
{
    struct query q = {.db = db,
                      .arena = db_arena(db),
                      .ask = ask,
                      .policy = {.kind = ask->kind, .viewer_org = ask->viewer_org},
                      .out = out};
    *out = (struct search_hits){.v = NULL};
    TRY(search_words_read(q.arena, ask->words, &q.words));
    if (!q.words.n)
        return ST_OK;
    TRY(db_read_begin(db));
    enum status st = answer(&q);
    db_read_end(db);
    if (st == ST_OK)
        finish(&q);
    return st;
}

enum status search_state_read(struct db *db, struct str *version, int64_t *seq)
{
    struct search_state_get_row row;
    TRY(search_state_get(db, &row));
    *version = row.version;
    *seq = row.seq;
    return ST_OK;
}

enum status search_state_write(struct tx *t, struct str version, int64_t seq)
{
    int64_t changed;
    return search_state_put(t, version, seq, &changed);
}
