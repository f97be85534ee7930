/* GET /search and GET /api/v1/suggest: what is found, with the words marked. */
#include "feature/search/search_page.h"

#include "base/utf8.h"
#include "core/search.h"
#include "views/search.h"

enum { PAGE_HITS = 20, SUGGEST_HITS = 8, WORDS_BYTES_MAX = 1000 };

enum status search_show(struct req *q);
enum status search_suggest(struct req *q);

static const struct str kinds[] = {STR_INIT(""), STR_INIT("firm"), STR_INIT("capability"), STR_INIT("need")};

static bool known_kind(struct str kind)
{
    for (size_t i = 0; i < 4; i++)
        if (str_eq(kind, kinds[i]))
            return true;
    return false;
}

static struct msg label_of(struct str kind)
{
    if (str_eq(kind, STR("firm")))
        return T("기업");
    if (str_eq(kind, STR("capability")))
        return T("역량");
    return str_eq(kind, STR("need")) ? T("수요") : T("모두");
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
    struct query u;
    bool need = str_eq(h->kind, STR("need"));
    query_init(&u, q->arena, need ? STR("/needs") : STR("/firms"));
    query_segment(&u, need ? h->ref : str_drop(h->part_of, STR("site/").n));
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

static struct url again(struct req *q, struct str words, struct str kind, const struct search_cursor *after)
{
    struct query u;
    query_init(&u, q->arena, STR("/search"));
    query_str(&u, "q", words);
    query_str(&u, "kind", kind);
    if (after) {
        query_int(&u, "rank", after->rank);
        query_int(&u, "after", after->doc);
    }
    return query_url(&u);
}

static enum status find(struct req *q, struct search_page *page, struct search_ask *ask)
{
    struct search_hits hits;
    enum status st = search_query(q->db, ask, &hits);
    page->too_long = st == ST_TOO_LARGE;
    if (page->too_long)
        return ST_OK;
    TRY(st);
    for (size_t i = 0; i < hits.n; i++) {
        const struct search_hit *h = &hits.v[i];
        struct search_line *l = VEC_ADD(q->arena, &page->lines);
        l->kind = label_of(h->kind);
        l->url = url_of(q, h);
        l->title_lang = req_lang_of(q, h->title);
        l->snippet_lang = req_lang_of(q, h->snippet);
        cut_pieces(q->arena, h->title, &h->title_spans, &l->title);
        cut_pieces(q->arena, h->snippet, &h->snippet_spans, &l->snippet);
    }
    if (hits.more)
        page->more = again(q, page->words, page->kind, &hits.next);
    return ST_OK;
}

static int64_t number_or_0(struct req *q, struct str name)
{
    int64_t n;
    return str_to_int(request_query(q->http, name), &n) && n > 0 ? n : 0;
}

enum status search_show(struct req *q)
{
    struct search_page page = {.words = str_trim(request_query(q->http, STR("q"))),
                               .kind = request_query(q->http, STR("kind"))};
    if (!known_kind(page.kind))
        return ST_NOT_FOUND;
    for (size_t i = 0; i < 4; i++)
        page.tabs[i] = (struct link){.label = label_of(kinds[i]),
                                     .url = again(q, page.words, kinds[i], NULL),
                                     .current = str_eq(page.kind, kinds[i])};
    struct search_ask ask = {.words = page.words,
                             .kind = page.kind.n ? page.kind : (struct str){NULL, 0},
                             .limit = PAGE_HITS,
                             .after = {number_or_0(q, STR("rank")), number_or_0(q, STR("after"))}};
    page.too_long = page.words.n > WORDS_BYTES_MAX;
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
    struct str words = str_trim(request_query(q->http, STR("q")));
    if (words.n > WORDS_BYTES_MAX)
        return ST_INVALID;
    enum status st = search_query(q->db, &(struct search_ask){.words = words, .limit = SUGGEST_HITS}, &hits);
    TRY(st == ST_TOO_LARGE ? ST_INVALID : st);
    req_json_begin(q, &j);
    jout_obj(&j);
    jout_key_arr(&j, "results");
    for (size_t i = 0; i < hits.n; i++) {
        jout_obj(&j);
        jout_key_str(&j, "kind", hits.v[i].kind);
        jout_key_str(&j, "ref", hits.v[i].ref);
        jout_key_str(&j, "title", hits.v[i].title);
        jout_end(&j);
    }
    jout_end(&j);
    jout_end(&j);
    return req_json_end(q);
}
