/* Answers in JSON and the frame of pages. Decides nothing about who may do what. */
#include "core/req.h"

#include "base/embedded.h"
#include "i18n/i18n.h"
#include "views/error.h"

void req_json_begin(struct req *q, struct json_out *j)
{
    q->answer->body.max = REQ_JSON_BYTES_MAX;
    response_type(q->answer, "application/json");
    jout_init(j, &q->answer->body);
}

enum status req_json_end(struct req *q)
{
    buf_add_byte(&q->answer->body, '\n');
    return buf_status(&q->answer->body);
}

enum status req_problem(struct req *q, enum status st, const struct problem_list *problems)
{
    struct json_out j;
    response_reset(q->answer);
    q->answer->status = status_http(st);
    response_type(q->answer, "application/problem+json");
    jout_init(&j, &q->answer->body);
    jout_obj(&j);
    jout_key_str(&j, "type", arena_printf(q->arena, "/problems/%s", status_type(st)));
    jout_key_str(&j, "title", str_c(q->korean ? status_title_ko(st) : status_title_en(st)));
    jout_key_int(&j, "status", status_http(st));
    jout_key_str(&j, "instance", q->http->id);
    if (problems && problems->n) {
        jout_key_arr(&j, "errors");
        for (size_t i = 0; i < problems->n; i++) {
            jout_obj(&j);
            jout_key_str(&j, "field", problems->v[i].field);
            jout_key_str(&j, "code", str_c(problem_word(problems->v[i].code)));
            jout_key_str(&j, "reason", problem_text(q->arena, &problems->v[i], q->korean));
            jout_end(&j);
        }
        jout_end(&j);
    }
    jout_end(&j);
    buf_add_byte(&q->answer->body, '\n');
    return ST_OK;
}

struct str req_lang_of(const struct req *q, struct str text)
{
    bool hangul = false;
    for (size_t i = 0; i + 2 < text.n; i++)
        hangul |= (unsigned char)text.p[i] >= 0xEA && (unsigned char)text.p[i] <= 0xED;
    return q->korean || !hangul ? STR("") : STR("ko");
}

static struct url path(struct req *q, struct str literal)
{
    struct query u;
    query_init(&u, q->arena, literal);
    return query_url(&u);
}

/* The same page with another language or theme: the query as it is, with one parameter anew. */
static struct url this_with(struct req *q, const char *name, struct str value)
{
    struct query u;
    query_init(&u, q->arena, STR(""));
    query_str(&u, name, value);
    for (size_t i = 0; i < q->http->uri.query.n; i++) {
        const struct pair *p = &q->http->uri.query.v[i];
        if (!str_eq(p->name, str_c(name)))
            query_str(&u, arena_c(q->arena, p->name), p->value);
    }
    return query_url(&u);
}

static struct language_links languages(struct req *q)
{
    static const struct {
        struct str lang;
        struct str name;
    } known[] = {{STR_INIT("ko"), STR_INIT("한국어")}, {STR_INIT("en"), STR_INIT("English")}};
    struct language_link *links = ARENA_ARRAY(q->arena, 2, struct language_link);
    for (size_t i = 0; i < 2; i++)
        links[i] = (struct language_link){known[i].lang, known[i].name, this_with(q, "lang", known[i].lang),
                                          str_eq(known[i].lang, q->locale->lang)};
    return (struct language_links){links, 2};
}

static struct link_list themes(struct req *q)
{
    static const struct str words[] = {STR_INIT("system"), STR_INIT("light"), STR_INIT("dark"), STR_INIT("contrast")};
    __extension__ static const struct msg labels[] = {T("기기 설정"), T("밝게"), T("어둡게"), T("고대비")};
    enum { THEMES = sizeof words / sizeof *words };
    struct link *links = ARENA_ARRAY(q->arena, THEMES, struct link);
    for (size_t i = 0; i < THEMES; i++)
        links[i] = (struct link){.label = labels[i],
                                 .url = this_with(q, "theme", words[i]),
                                 .current = q->theme.n ? str_eq(q->theme, words[i]) : i == 0};
    return (struct link_list){links, THEMES};
}

static struct url asset(struct req *q, const char *name)
{
    for (const struct asset *a = embedded_assets; a->name; a++)
        if (strcmp(a->name, name) == 0)
            return path(q, str_c(a->path));
    return path(q, STR("/"));
}

/* The main parts of the product; the one that the page belongs to is marked. */
static struct link_list menu(struct req *q)
{
    const struct {
        struct str part; /* first segment of the path */
        struct msg label;
    } parts[] = {{STR("needs"), T("수요·매칭")}, {STR("firms"), T("기업·역량")}, {STR("vocab"), T("용어집")}};
    enum { PARTS = sizeof parts / sizeof *parts };
    struct link *links = ARENA_ARRAY(q->arena, PARTS, struct link);
    for (size_t i = 0; i < PARTS; i++) {
        struct query u;
        query_init(&u, q->arena, STR("/"));
        query_segment(&u, parts[i].part);
        query_str(&u, "lang", q->korean ? STR("") : STR("en"));
        links[i] = (struct link){.label = parts[i].label,
                                 .url = query_url(&u),
                                 .current = q->http->uri.path.n && str_eq(q->http->uri.path.v[0], parts[i].part)};
    }
    return (struct link_list){links, PARTS};
}

void req_page(struct req *q, struct msg title, struct page *out)
{
    *out = (struct page){.title = title,
                         .council = q->app->council,
                         .version = STR(PPURI_VERSION),
                         .css = asset(q, "ppuri.css"),
                         .suggest = asset(q, "suggest.js"),
                         .home = path(q, STR("/")),
                         .search = path(q, STR("/search")),
                         .menu = menu(q),
                         .languages = languages(q),
                         .themes = themes(q),
                         .theme = q->theme};
}

struct url req_url(struct req *q, const char *path, struct str segment)
{
    struct query u;
    query_init(&u, q->arena, str_c(path));
    query_segment(&u, segment);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

struct url req_url_with(struct req *q, const char *path, const char *name, struct str value)
{
    struct query u;
    query_init(&u, q->arena, str_c(path));
    query_str(&u, name, value);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

struct str req_text(const struct req *q, struct msg m)
{
    return catalogue_find(q->korean ? &catalogue_ko : &catalogue_en, m.id);
}

enum status req_view_end(struct req *q, struct view *v)
{
    enum status st = view_status(v);
    if (st != ST_OK)
        return st;
    response_type(q->answer, "text/html; charset=utf-8");
    /* The view's buffer becomes the answer's: nothing is copied. */
    struct buf empty = q->answer->body;
    q->answer->body = v->out;
    q->answer->body.max = REQ_PAGE_BYTES_MAX + 1;
    v->out = empty;
    return ST_OK;
}

enum status req_error_page(struct req *q, enum status st)
{
    response_reset(q->answer);
    struct page p;
    req_page(q, T("요청을 처리하지 못했습니다"), &p);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    struct str title = str_c(q->korean ? status_title_ko(st) : status_title_en(st));
    error_page(&v, &p, title, q->http->id);
    enum status written = req_view_end(q, &v);
    q->answer->status = status_http(st);
    return written;
}
