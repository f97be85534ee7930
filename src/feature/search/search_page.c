/* GET /search and GET /api/v1/suggest: what is found, with the words marked. */
#include "feature/search/search_page.h"

#include "base/utf8.h"
#include "core/cursor.h"
#include "core/search.h"
#include "views/search.h"

enum { PAGE_HITS = 20, SUGGEST_HITS = 8, WORDS_BYTES_MAX = 1000 };

enum status search_show(struct req *q);
enum status search_suggest(struct req *q);

static const struct str kind_words[SEARCH_KINDS] = {STR_INIT("firm"), STR_INIT("capability"), STR_INIT("need")};
__extension__ static const struct msg kind_labels[SEARCH_KINDS] = {T("기업"), T("역량"), T("수요")};

/* SEARCH_KINDS: every kind; false: no such word. */
static bool kind_by_word(struct str word, int *kind)
{
    for (*kind = 0; *kind < SEARCH_KINDS; (*kind)++)
        if (str_eq(word, kind_words[*kind]))
            return true;
    return !word.n;
}

static void cut_pieces(struct arena *a, struct str text, const struct search_spans *spans, struct search_pieces *out)
{
    size_t at = 0;
    for (size_t i = 0; i < spans->n; i++) {
        struct search_span s = spans->v[i];
        if (s.from > at)
            VEC_PUSH(a, out, ((struct search_piece){str_n(text.p + at, s.from - at), false}));
        VEC_PUSH(a, out, ((struct search_piece){str_n(text.p + s.from, s.to - s.from), true}));
        at = s.to;
    }
    if (at < text.n)
        VEC_PUSH(a, out, ((struct search_piece){str_drop(text, at), false}));
}

static struct url url_of(struct req *q, const struct search_hit *h)
{
    return h->kind == SEARCH_NEED ? req_url(q, "/needs", h->ref)
                                  : req_url(q, "/firms", str_drop(h->part_of, STR("site/").n));
}

static void ask_again(struct req *q, struct str words, int kind, struct query *u)
{
    query_init(u, q->arena, STR("/search"));
    query_str(u, "q", words);
    query_str(u, "kind", kind < SEARCH_KINDS ? kind_words[kind] : STR(""));
}

/* What the cursors of these hits hold for. */
static struct str list_name(struct req *q, struct str words, int kind)
{
    struct query u;
    ask_again(q, words, kind, &u);
    return query_url(&u).s;
}

static struct url again(struct req *q, struct str words, int kind, size_t skip)
{
    struct query u;
    ask_again(q, words, kind, &u);
    if (skip)
        query_str(
            &u, "after",
            cursor_make(q->arena, q->app->csrf_key, list_name(q, words, kind), arena_printf(q->arena, "%zu", skip)));
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

static void lay_tabs(struct req *q, const int64_t count[SEARCH_KINDS], struct search_page *page)
{
    struct link *tabs = ARENA_ARRAY(q->arena, SEARCH_KINDS + 1, struct link);
    int64_t all = 0;
    for (int kind = 0; kind < SEARCH_KINDS; kind++) {
        all += count[kind];
        tabs[kind + 1] =
            (struct link){kind_labels[kind], STR(""), again(q, page->words, kind, 0), page->kind == kind, count[kind]};
    }
    tabs[0] =
        (struct link){T("모두"), STR(""), again(q, page->words, SEARCH_KINDS, 0), page->kind == SEARCH_KINDS, all};
    page->tabs = (struct link_list){tabs, SEARCH_KINDS + 1};
}

static enum status find(struct req *q, struct search_page *page, struct search_ask *ask)
{
    struct search_hits hits;
    enum status st = search_query(q->app->search, q->arena, ask, &hits);
    page->too_long = st == ST_TOO_LARGE;
    if (page->too_long)
        return ST_OK;
    TRY(st);
    for (size_t i = 0; i < hits.n; i++) {
        const struct search_hit *h = &hits.v[i];
        struct search_line *l = VEC_ADD(q->arena, &page->lines);
        l->kind = kind_labels[h->kind];
        l->url = url_of(q, h);
        l->title_lang = req_lang_of(q, h->title);
        l->snippet_lang = req_lang_of(q, h->snippet);
        l->other = h->other;
        l->other_lang = req_lang_of(q, h->other);
        cut_pieces(q->arena, h->title, &h->title_spans, &l->title);
        cut_pieces(q->arena, h->snippet, &h->snippet_spans, &l->snippet);
    }
    size_t next = ask->skip + ask->limit;
    if (hits.more && next <= SEARCH_SKIP_MAX)
        page->more = again(q, page->words, page->kind, next);
    lay_tabs(q, hits.count, page);
    return ST_OK;
}

enum status search_show(struct req *q)
{
    struct search_page page = {.words = str_trim(request_query(q->http, STR("q"))),
                               .percent = search_percent(q->app->search)};
    if (!kind_by_word(request_query(q->http, STR("kind")), &page.kind))
        return ST_NOT_FOUND;
    struct search_ask ask = {
        .words = page.words, .kinds = page.kind < SEARCH_KINDS ? 1u << page.kind : 0, .limit = PAGE_HITS};
    struct str after;
    int64_t skip = 0;
    page.too_long = page.words.n > WORDS_BYTES_MAX;
    if (cursor_asked(q, list_name(q, page.words, page.kind), &after) != ST_OK || (after.n && !str_to_int(after, &skip)))
        return cursor_refuse(q, again(q, page.words, page.kind, 0));
    ask.skip = (size_t)skip;
    if (!page.too_long)
        TRY(find(q, &page, &ask));
    struct page frame;
    req_page(q, T("검색"), &frame);
    frame.query = page.words;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    search_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

enum status search_suggest(struct req *q)
{
    struct search_hits hits;
    struct json_out j;
    int kind;
    struct search_ask ask = {.words = str_trim(request_query(q->http, STR("q"))), .limit = SUGGEST_HITS};
    if (ask.words.n > WORDS_BYTES_MAX || !kind_by_word(request_query(q->http, STR("kind")), &kind))
        return ST_INVALID;
    ask.kinds = kind < SEARCH_KINDS ? 1u << kind : 0;
    enum status st = search_query(q->app->search, q->arena, &ask, &hits);
    TRY(st == ST_TOO_LARGE ? ST_INVALID : st);
    req_json_begin(q, &j);
    jout_obj(&j);
    jout_key_arr(&j, "results");
    for (size_t i = 0; i < hits.n; i++) {
        jout_obj(&j);
        jout_key_str(&j, "kind", kind_words[hits.v[i].kind]);
        jout_key_str(&j, "ref", hits.v[i].ref);
        jout_key_str(&j, "title", hits.v[i].title);
        jout_key_str(&j, "label", req_text(q, kind_labels[hits.v[i].kind]));
        jout_end(&j);
    }
    jout_end(&j);
    jout_end(&j);
    return req_json_end(q);
}
