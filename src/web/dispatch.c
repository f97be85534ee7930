/*
 * Finds the route by its segments, in the order of the table; a path that is there for another method is 405.
 * Everything a handler needs is made here, and everything it leaves undone (error answers, language cookie) is done
 * here.
 */
#include "web/dispatch.h"

#include "core/page_cache.h"
#include "core/rate.h"
#include "core/session.h"
#include "core/token.h"
#include "i18n/i18n.h"

#include <strings.h>

enum { JSON_BODY_MAX = 1 << 20, FORM_BODY_MAX = 1 << 20 };

/* Segment by segment; ":name" takes any one and gives it in *param. */
static bool path_matches(const char *pattern, const struct str_list *path, struct str *param)
{
    struct str rest = str_c(pattern), segment;
    rest = str_drop(rest, 1);
    size_t i = 0;
    while (rest.n && str_next(&rest, '/', &segment)) {
        if (i == path->n)
            return false;
        if (segment.p[0] == ':')
            *param = path->v[i];
        else if (!str_eq(segment, path->v[i]))
            return false;
        i++;
    }
    return i == path->n;
}

static const struct route *find_route(const struct http_request *http, struct str *param, bool *other_method)
{
    *other_method = false;
    for (const struct route *r = web_routes; r->path; r++) {
        if (!path_matches(r->path, &http->uri.path, param))
            continue;
        if (r->method == http->method)
            return r;
        *other_method = true;
    }
    return NULL;
}

static struct http_plan classify(const struct http_request *http, void *arg)
{
    const struct app *app = arg;
    struct str param = STR("");
    bool other_method;
    const struct route *r = find_route(http, &param, &other_method);
    if (!r)
        return (struct http_plan){.name = "none", .route_class = RATE_PAGE};
    bool pool = r->method != HTTP_GET || (store_is_postgres(app->store) && r->rate >= RATE_PAGE);
    return (struct http_plan){.route = r,
                              .name = r->name,
                              .route_class = (int)r->rate,
                              .in_pool = pool,
                              .body = r->body,
                              .body_bytes_max = r->body == HTTP_BODY_JSON ? JSON_BODY_MAX : FORM_BODY_MAX};
}

static bool accepts_english(struct str accept)
{
    struct str rest = accept, piece;
    while (rest.n && str_next(&rest, ',', &piece)) {
        struct str tag = utf8_head(str_trim(piece), 2);
        if (str_eq(tag, STR("ko")))
            return false;
        if (str_eq(tag, STR("en")))
            return true;
    }
    return false;
}

/* ?lang= is remembered in a cookie; without either the browser's wish counts, and Korean is the first language. */
static enum language language_of(struct req *q)
{
    enum language language;
    struct str asked = request_query(q->http, STR("lang"));
    if (i18n_language(asked, &language)) {
        struct cookie c = {.name = STR("lang"), .value = asked, .max_age_s = 365 * 86400};
        if (response_cookie(q->answer, &c) != ST_OK)
            return language;
        return language;
    }
    if (i18n_language(request_cookie(q->http, STR("lang")), &language))
        return language;
    return accepts_english(request_header(q->http, STR("accept-language"))) ? LANGUAGE_EN : LANGUAGE_KO;
}

/* ?theme= is remembered in a cookie; "system" forgets it. */
static struct str theme_of(struct req *q)
{
    static const struct str known[] = {STR_INIT("light"), STR_INIT("dark"), STR_INIT("contrast")};
    struct str asked = request_query(q->http, STR("theme")), kept = request_cookie(q->http, STR("theme"));
    bool system = str_eq(asked, STR("system"));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(asked, known[i]) || (!asked.n && str_eq(kept, known[i]))) {
            struct cookie c = {.name = STR("theme"), .value = known[i], .max_age_s = 365 * 86400};
            return !asked.n || response_cookie(q->answer, &c) == ST_OK ? known[i] : STR("");
        }
    struct cookie gone = {.name = STR("theme"), .value = STR("system"), .max_age_s = 0};
    enum status st = system ? response_cookie(q->answer, &gone) : ST_OK;
    (void)st; /* an answer with too many headers is still an answer */
    return STR("");
}

static bool is_api(const struct http_request *http)
{
    return (http->uri.path.n && str_eq(http->uri.path.v[0], STR("api"))) || request_wants_json(http);
}

static enum status fail(struct req *q, enum status st)
{
    enum status written = is_api(q->http) ? req_problem(q, st, NULL) : req_error_page(q, st);
    if (written == ST_OK && st == ST_UNAUTHENTICATED && is_api(q->http))
        written = response_header(q->answer, STR("WWW-Authenticate"), STR("Bearer"));
    if (written == ST_OK && st == ST_RATE)
        written = response_header(q->answer, STR("Retry-After"), STR("1"));
    response_pack(q->answer);
    return written;
}

/* The operator's own machine, not a client that a proxy names. */
static bool is_local(const struct http_request *http)
{
    return str_eq(http->remote, STR("127.0.0.1")) || str_eq(http->remote, STR("::1"));
}

/* A program shows its token; one that is not known is refused even where a visitor may go. */
static enum status identify(struct req *q)
{
    struct str given = request_header(q->http, STR("authorization"));
    if (!given.n)
        return ST_OK;
    struct str scheme, rest = given;
    str_next(&rest, ' ', &scheme);
    if (scheme.n != 6 || strncasecmp(scheme.p, "bearer", 6) != 0)
        return ST_UNAUTHENTICATED;
    return token_check(q->db, str_trim(rest), &q->role, &q->actor);
}

static enum status run(struct req *q)
{
    bool other_method = false;
    const struct route *route = find_route(q->http, &q->param, &other_method);
    if (!route)
        return other_method ? ST_METHOD : ST_NOT_FOUND;
    if (!is_local(q->http) && !rate_allow(q->app->rates, q->http->remote, route->rate, time_steady_ns()))
        return ST_RATE;
    TRY(identify(q));
    if (!access_allows(route->access, q->role))
        return q->role == ROLE_VISITOR ? ST_UNAUTHENTICATED : ST_NOT_FOUND;
    if (route->body == HTTP_BODY_FORM && !session_csrf_ok(q))
        return ST_FORBIDDEN;
    TRY(route->handler(q));
    return page_answer(q);
}

static enum status handle(struct http_request *http, struct http_response *answer, void *arg)
{
    struct app *app = arg;
    struct req q = {.app = app,
                    .http = http,
                    .answer = answer,
                    .arena = http->arena,
                    .role = ROLE_VISITOR,
                    .actor = STR("visitor")};
    enum language language = language_of(&q);
    q.locale = i18n_locale(language);
    q.korean = language == LANGUAGE_KO;
    q.theme = theme_of(&q);
    q.today = app_today(app);
    q.db = db_acquire(app->store, http->arena);
    enum status st = run(&q);
    db_release(q.db);
    return st == ST_OK ? ST_OK : fail(&q, st);
}

struct http_app web_app(struct app *app)
{
    return (struct http_app){.classify = classify, .handle = handle, .arg = app};
}
