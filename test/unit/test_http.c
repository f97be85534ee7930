/* http/: the pure parts, each as a table of inputs and what must come of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"
#include "http/body.h"
#include "http/form.h"
#include "http/guard.h"
#include "http/metrics.h"
#include "http/multipart.h"
#include "http/response.h"
#include "http/server.h"
#include "http/sweep.h"
#include "http/workers.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool is(struct str s, const char *want)
{
    return str_eq(s, str_c(want));
}

/* "Name: value" lines to a header list, without any repair. */
static struct pair_list headers_of(struct arena *a, const char *lines)
{
    struct pair_list list = {NULL, 0, 0};
    struct str rest = str_c(lines), line;
    while (str_next(&rest, '|', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':');
        if (colon < 0)
            continue;
        struct str value = str_drop(line, (size_t)colon + 1);
        while (value.n && value.p[0] == ' ')
            value = str_drop(value, 1);
        VEC_PUSH(a, &list, ((struct pair){str_n(line.p, (size_t)colon), value}));
    }
    return list;
}

static void test_guard(void **state)
{
    (void)state;
    static const struct {
        const char *headers;
        enum guard_fault want;
    } table[] = {
        {"Host: a", GUARD_OK},
        {"Host: 127.0.0.1:8080|Content-Length: 5", GUARD_OK},
        {"Host: [::1]:80|Transfer-Encoding: chunked", GUARD_OK},
        {"Host: a|transfer-encoding: Chunked", GUARD_OK},
        {"Host: a|X-A: b\tc|Cookie: a=b", GUARD_OK},
        {"", GUARD_HOST},
        {"X-Host: a", GUARD_HOST},
        {"Host: a|Host: a", GUARD_HOST},
        {"Host: a|host: b", GUARD_HOST},
        {"Host:", GUARD_HOST},
        {"Host: a b", GUARD_HOST},
        {"Host: a@b", GUARD_HOST},
        {"Host: a/b", GUARD_HOST},
        {"Host: a,b", GUARD_HOST},
        {"Host: a|Content-Length: 5|Content-Length: 5", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: 5|content-length: 6", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: 5, 5", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: +5", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: -1", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: 0x5", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: 5 ", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length:", GUARD_CONTENT_LENGTH},
        {"Host: a|Content-Length: 1234567890123456789", GUARD_CONTENT_LENGTH},
        {"Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding: gzip, chunked", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding: identity", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding: xchunked", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding: chunked ", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding: \tchunked", GUARD_TRANSFER_ENCODING},
        {"Host: a|Transfer-Encoding:", GUARD_TRANSFER_ENCODING},
        {"Host: a|Content-Length: 5|Transfer-Encoding: chunked", GUARD_BOTH_LENGTHS},
        {"Host: a|Transfer-Encoding: chunked|Content-Length: 0", GUARD_BOTH_LENGTHS},
        {"Host: a|Content-Length : 5", GUARD_FIELD_NAME},
        {"Host: a| X: 5", GUARD_FIELD_NAME},
        {"Host: a|: 5", GUARD_FIELD_NAME},
        {"Host: a|X\x80: 5", GUARD_FIELD_NAME},
        {"Host: a|X(Y): 5", GUARD_FIELD_NAME},
        {"Host: a|X: a\x01", GUARD_FIELD_VALUE},
        {"Host: a|X: a\rb", GUARD_FIELD_VALUE},
        {"Host: a|X: a\x7f", GUARD_FIELD_VALUE},
    };
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct pair_list list = headers_of(&a, table[i].headers);
        enum guard_fault got = guard_check(&list);
        if (got != table[i].want)
            fail_msg("%s: %s", table[i].headers, guard_word(got));
    }
}

static void test_guard_bounds(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct pair_list list = headers_of(&a, "Host: a");
    for (size_t i = 1; i < GUARD_HEADERS_MAX; i++)
        VEC_PUSH(&a, &list, ((struct pair){STR("X"), STR("y")}));
    assert_int_equal(guard_check(&list), GUARD_OK);
    VEC_PUSH(&a, &list, ((struct pair){STR("X"), STR("y")}));
    assert_int_equal(guard_check(&list), GUARD_TOO_MANY);
    assert_int_equal(guard_http(GUARD_TOO_MANY), 431);
    list = headers_of(&a, "Host: a");
    char *big = arena_alloc(&a, GUARD_HEADER_BYTES_MAX);
    memset(big, 'y', GUARD_HEADER_BYTES_MAX);
    VEC_PUSH(&a, &list, ((struct pair){STR("X"), str_n(big, GUARD_HEADER_BYTES_MAX)}));
    assert_int_equal(guard_check(&list), GUARD_TOO_LARGE);
    list.v[1].value.n -= 100;
    assert_int_equal(guard_check(&list), GUARD_OK);
}

/* Path segments as [a][b], query as {a=b}, "/" behind for a final slash; "!" when refused. */
static struct str uri_shown(struct arena *a, const char *raw, size_t n)
{
    struct uri uri;
    if (uri_parse(a, str_n(raw, n), &uri) != ST_OK)
        return STR("!");
    struct str out = STR("");
    for (size_t i = 0; i < uri.path.n; i++)
        out = arena_printf(a, STR_FMT "[" STR_FMT "]", STR_ARG(out), STR_ARG(uri.path.v[i]));
    for (size_t i = 0; i < uri.query.n; i++)
        out = arena_printf(a, STR_FMT "{" STR_FMT "=" STR_FMT "}", STR_ARG(out), STR_ARG(uri.query.v[i].name),
                           STR_ARG(uri.query.v[i].value));
    return uri.slash_end ? arena_printf(a, STR_FMT "/", STR_ARG(out)) : out;
}

static void test_uri(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        const char *want;
    } table[] = {
        {"/", ""},
        {"/a", "[a]"},
        {"/a/b/", "[a][b]/"},
        {"/needs/new?q=a+b&r=%2B", "[needs][new]{q=a b}{r=+}"},
        {"/%EA%B0%80", "[가]"},
        {"/%E1%84%80%E1%85%A1", "[가]"}, /* decomposed: comes out in NFC */
        {"/가", "[가]"},
        {"/a%20b", "[a b]"},
        {"/a+b", "[a+b]"},
        {"/a?y", "[a]{y=}"},
        {"/a?y=", "[a]{y=}"},
        {"/a?=y", "[a]{=y}"},
        {"/a?y=1=2", "[a]{y=1=2}"},
        {"/a?&&y=1&", "[a]{y=1}"},
        {"/a?y=%2f%26", "[a]{y=/&}"},
        {"/a?y=1%0D%0A2%09", "[a]{y=1\r\n2\t}"},
        {"/a?y=a?b", "[a]{y=a?b}"},
        {"/...", "[...]"},
        {"", "!"},
        {"*", "!"},
        {"a", "!"},
        {"http://host/a", "!"},
        {"/needs%2fnew", "!"},
        {"/needs%2Fnew", "!"},
        {"/needs/new%00x", "!"},
        {"/a?q=a%00b", "!"},
        {"/a?q%00=b", "!"},
        {"/a%0d%0ab", "!"},
        {"/a%7f", "!"},
        {"/a%C2%85", "!"},
        {"/a?q=%1b", "!"},
        {"/a%", "!"},
        {"/a%4", "!"},
        {"/a%zz", "!"},
        {"/a%ff", "!"},
        {"/a%C0%AF", "!"},
        {"/a%ED%A0%80", "!"},
        {"/\xff", "!"},
        {"/a?q=\xc3", "!"},
        {"/..", "!"},
        {"/a/../b", "!"},
        {"/a/%2e%2e/b", "!"},
        {"/./a", "!"},
        {"//", "!"},
        {"//evil", "!"},
        {"/a//b", "!"},
        {"/a//", "!"},
        {"/a b", "!"},
        {"/a#b", "!"},
        {"/a\x7f", "!"},
        {"/a\nb", "!"},
    };
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct str got = uri_shown(&a, table[i].raw, strlen(table[i].raw));
        if (!is(got, table[i].want))
            fail_msg("%s: " STR_FMT, table[i].raw, STR_ARG(got));
    }
    assert_true(is(uri_shown(&a, "/a\0b", 4), "!"));
}

static void test_uri_bounds(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 4 << 20);
    struct uri uri;
    char *text = arena_alloc(&a, URI_MAX_BYTES + 2);
    memset(text, 'a', URI_MAX_BYTES + 1);
    text[0] = '/';
    assert_int_equal(uri_parse(&a, str_n(text, URI_MAX_BYTES), &uri), ST_OK);
    assert_int_equal(uri_parse(&a, str_n(text, URI_MAX_BYTES + 1), &uri), ST_TOO_LARGE);
    struct str deep = STR("");
    for (int i = 0; i < URI_SEGMENTS_MAX; i++)
        deep = arena_printf(&a, STR_FMT "/x", STR_ARG(deep));
    assert_int_equal(uri_parse(&a, deep, &uri), ST_OK);
    assert_int_equal(uri_parse(&a, arena_printf(&a, STR_FMT "/x", STR_ARG(deep)), &uri), ST_INVALID);
    struct str query = STR("/?");
    for (int i = 0; i < URI_QUERY_PAIRS_MAX; i++)
        query = arena_printf(&a, STR_FMT "x&", STR_ARG(query));
    assert_int_equal(uri_parse(&a, query, &uri), ST_OK);
    assert_int_equal(uri_parse(&a, arena_printf(&a, STR_FMT "x", STR_ARG(query)), &uri), ST_INVALID);
}

static void test_form(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct pair_list list = {NULL, 0, 0};
    assert_int_equal(form_parse(&a, STR("name=%ED%95%9C%EB%B9%9B+%EC%A0%95%EB%B0%80&x=1&x=2&t=a%0D%0Ab"), 10, &list),
                     ST_OK);
    assert_int_equal(list.n, 4);
    assert_true(is(list.v[0].value, "한빛 정밀"));
    assert_true(is(list.v[2].value, "2"));
    assert_true(is(list.v[3].value, "a\r\nb"));
    list.n = 0;
    assert_int_equal(form_parse(&a, STR("a=1&b=2&c=3"), 2, &list), ST_INVALID);
    list.n = 0;
    assert_int_equal(form_parse(&a, STR("a=%00"), 2, &list), ST_INVALID);
    assert_int_equal(form_parse(&a, (struct str){NULL, 0}, 2, &list), ST_OK);
}

static void test_cookie(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct pair_list list = {NULL, 0, 0};
    assert_int_equal(cookie_parse(&a, STR("a=1; __Host-s=\"xy\";bad name=3; c=d e; nothing; d=4=5"), &list), ST_OK);
    assert_int_equal(list.n, 3);
    assert_true(is(list.v[1].name, "__Host-s") && is(list.v[1].value, "xy"));
    assert_true(is(list.v[2].value, "4=5"));
    struct str many = STR("a=1");
    for (int i = 0; i < COOKIES_MAX; i++)
        many = arena_printf(&a, STR_FMT ";b=2", STR_ARG(many));
    list.n = 0;
    assert_int_equal(cookie_parse(&a, many, &list), ST_INVALID);

    struct str out;
    struct cookie c = {.name = STR("__Host-s"), .value = STR("v"), .max_age_s = -1, .secure = true};
    assert_int_equal(cookie_format(&a, &c, &out), ST_OK);
    assert_true(is(out, "__Host-s=v; Path=/; Secure; HttpOnly; SameSite=Lax"));
    c.max_age_s = 0;
    c.strict = true;
    assert_int_equal(cookie_format(&a, &c, &out), ST_OK);
    assert_true(is(out, "__Host-s=v; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"));
    c.secure = false;
    assert_int_equal(cookie_format(&a, &c, &out), ST_INVALID);
    c = (struct cookie){.name = STR("a"), .value = STR("v; Domain=x")};
    assert_int_equal(cookie_format(&a, &c, &out), ST_INVALID);
}

static void test_encoding_and_etag(void **state)
{
    (void)state;
    struct http_asset all = {.identity = STR("i"), .gzip = STR("g"), .brotli = STR("b")};
    struct http_asset gzip = {.identity = STR("i"), .gzip = STR("g")};
    static const struct {
        const char *accept;
        enum static_encoding all;
        enum static_encoding gzip;
    } table[] = {
        {"", STATIC_IDENTITY, STATIC_IDENTITY},
        {"gzip", STATIC_GZIP, STATIC_GZIP},
        {"gzip, deflate, br", STATIC_BROTLI, STATIC_GZIP},
        {"br;q=0, gzip;q=0.5", STATIC_GZIP, STATIC_GZIP},
        {"*", STATIC_BROTLI, STATIC_GZIP},
        {"*;q=0", STATIC_IDENTITY, STATIC_IDENTITY},
        {"*, br;q=0.0", STATIC_GZIP, STATIC_GZIP},
        {"xgzip, brx", STATIC_IDENTITY, STATIC_IDENTITY},
        {"GZIP ; q=1", STATIC_GZIP, STATIC_GZIP},
        {",,;", STATIC_IDENTITY, STATIC_IDENTITY},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        if (static_encoding(&all, str_c(table[i].accept)) != table[i].all ||
            static_encoding(&gzip, str_c(table[i].accept)) != table[i].gzip)
            fail_msg("%s", table[i].accept);
    }
    assert_true(static_etag_matches(STR("\"a\", W/\"b\""), STR("\"b\"")));
    assert_true(static_etag_matches(STR("*"), STR("\"b\"")));
    assert_false(static_etag_matches(STR("\"a\""), STR("\"b\"")));
    assert_false(static_etag_matches((struct str){NULL, 0}, STR("\"b\"")));
}

static void test_range(void **state)
{
    (void)state;
    static const struct {
        const char *range;
        int64_t size;
        int64_t from; /* -1: refused */
        int64_t n;
        bool partial;
    } table[] = {
        {"", 10, 0, 10, false},
        {"bytes=0-3", 10, 0, 4, true},
        {"bytes=5-", 10, 5, 5, true},
        {"bytes=-3", 10, 7, 3, true},
        {"bytes=-30", 10, 0, 10, true},
        {"bytes=8-99", 10, 8, 2, true},
        {"bytes=10-", 10, -1, 0, false},
        {"bytes=-0", 10, -1, 0, false},
        {"bytes=0-", 0, -1, 0, false},
        {"bytes=4-2", 10, 0, 10, false},
        {"bytes=0-1,3-4", 10, 0, 10, false},
        {"items=0-1", 10, 0, 10, false},
        {"bytes=x-1", 10, 0, 10, false},
        {"bytes=1", 10, 0, 10, false},
        {"bytes=-", 10, 0, 10, false},
        {"bytes=99999999999999999999-", 10, 0, 10, false},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct static_range r;
        enum status st = static_range(str_c(table[i].range), table[i].size, &r);
        if (table[i].from < 0
                ? st != ST_INVALID
                : st != ST_OK || r.from != table[i].from || r.n != table[i].n || r.partial != table[i].partial)
            fail_msg("%s of %lld", table[i].range, (long long)table[i].size);
    }
}

static void test_date(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    assert_true(is(static_date(&a, 784111777000), "Sun, 06 Nov 1994 08:49:37 GMT"));
    int64_t ms;
    assert_true(static_date_parse(STR("Sun, 06 Nov 1994 08:49:37 GMT"), &ms) && ms == 784111777000);
    static const char *const bad[] = {"",
                                      "Sunday, 06-Nov-94 08:49:37 GMT",
                                      "Sun, 31 Feb 2026 08:49:37 GMT",
                                      "Sun, 06 Xyz 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994 24:49:37 GMT",
                                      "Sun, 06 Nov 1994 08:49:37 KST",
                                      "Sun, 06 anF 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994(08:49:37 GMT"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(static_date_parse(str_c(bad[i]), &ms));
}

struct parts {
    struct arena arena;
    struct buf shown; /* (name|file|type:data) a part */
};

static enum status show_begin(void *arg, const struct multipart_head *h)
{
    struct parts *p = arg;
    buf_printf(&p->shown, "(" STR_FMT "|%s" STR_FMT "|" STR_FMT ":", STR_ARG(h->name), h->is_file ? "@" : "",
               STR_ARG(h->file_name), STR_ARG(h->type));
    return ST_OK;
}

static enum status show_data(void *arg, struct str bytes)
{
    buf_add(&((struct parts *)arg)->shown, bytes);
    return ST_OK;
}

static enum status show_end(void *arg)
{
    buf_add_byte(&((struct parts *)arg)->shown, ')');
    return ST_OK;
}

/* Parses in pieces of `step` bytes; "!" when refused. */
static void multipart_shown(struct parts *p, struct str body, size_t step)
{
    buf_clear(&p->shown);
    struct multipart *m = ARENA_NEW(&p->arena, struct multipart);
    multipart_init(m, &p->arena, STR("B"), (struct multipart_sink){show_begin, show_data, show_end, p});
    enum status st = ST_OK;
    for (size_t i = 0; i < body.n && st == ST_OK; i += step)
        st = multipart_feed(m, str_n(body.p + i, body.n - i < step ? body.n - i : step));
    if (st == ST_OK)
        st = multipart_finish(m);
    if (st != ST_OK) {
        buf_clear(&p->shown);
        buf_add_byte(&p->shown, '!');
    }
}

#define PART(disposition, data) "--B\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" data "\r\n"

static const struct {
    const char *body;
    const char *want;
} multipart_table[] = {
    {PART("name=a", "1") "--B--\r\n", "(a||:1)"},
    {PART("name=\"a\"", "1") PART("name=\"b\"", "") "--B--", "(a||:1)(b||:)"},
    {PART("name=\"f\"; filename=\"C:\\\\x\\\\y.txt\"\r\nContent-Type: text/plain", "z") "--B--",
     "(f|@y.txt|text/plain:z)"},
    {PART("name=\"f\"; filename=\"../../etc/passwd\"", "z") "--B--", "(f|@passwd|:z)"},
    {PART("name=\"f\"; filename=\"\"", "") "--B--", "(f|@|:)"},
    {PART("name=\"a%22b\"", "1") "--B--", "(a\"b||:1)"},
    {PART("name=\"a\\\"b\"", "1") "--B--", "(a\"b||:1)"},
    {PART("name=\"도면\"", "한\r\n글") "--B--", "(도면||:한\r\n글)"},
    {PART("name=a", "x\r\n--\r\n--C\r\r\n-") "--B--", "(a||:x\r\n--\r\n--C\r\r\n-)"},
    {PART("name=a", "\r\r\n\r\n-\r\n--A") "--B--", "(a||:\r\r\n\r\n-\r\n--A)"},
    {"preamble\r\n" PART("name=a", "1") "--B--\r\nepilogue", "(a||:1)"},
    {"--B--\r\n", ""},
    {"", "!"},
    {"--B", "!"},
    {PART("name=a", "1"), "!"},
    {PART("name=a", "1") "--B", "!"},
    {PART("name=a", "1") "--Bx", "!"},
    {"--B\r\n\r\nx\r\n--B--", "!"},
    {"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--", "!"},
    {PART("filename=\"x\"", "1") "--B--", "!"},
    {PART("name=\"a", "1") "--B--", "!"},
    {PART("name=\"a\x01\"", "1") "--B--", "!"},
    {PART("name=\"a\xff\"", "1") "--B--", "!"},
    {"--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--", "!"},
    {"--B\r\nbroken\r\n\r\nx\r\n--B--", "!"},
};

static void test_multipart(void **state)
{
    (void)state;
    struct parts p;
    arena_init(&p.arena, 32 << 20);
    buf_init(&p.shown, 1 << 20);
    for (size_t i = 0; i < COUNT(multipart_table); i++)
        for (size_t step = 1; step < 12; step++) {
            multipart_shown(&p, str_c(multipart_table[i].body), step);
            if (!is(buf_str(&p.shown), multipart_table[i].want))
                fail_msg("case %zu by %zu: " STR_FMT, i, step, STR_ARG(buf_str(&p.shown)));
        }
    buf_release(&p.shown);
    arena_release(&p.arena);
}

static void test_multipart_boundary(void **state)
{
    (void)state;
    struct str b;
    assert_true(multipart_boundary(STR("multipart/form-data; boundary=xY1"), &b) && is(b, "xY1"));
    assert_true(multipart_boundary(STR("Multipart/Form-Data; charset=x; Boundary=\"a b\""), &b) == false);
    assert_true(multipart_boundary(STR("multipart/form-data; boundary=\"a'b\""), &b) && is(b, "a'b"));
    assert_false(multipart_boundary(STR("multipart/form-data"), &b));
    assert_false(multipart_boundary(STR("multipart/form-data; boundary="), &b));
    assert_false(multipart_boundary(STR("multipart/mixed; boundary=x"), &b));
    assert_false(multipart_boundary(
        STR("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890"),
        &b));
}

static void test_body_files_are_removed(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    q.headers = headers_of(&a, "Content-Type: multipart/form-data; boundary=B");
    struct http_plan plan = {.body = HTTP_BODY_FORM, .body_bytes_max = 100, .files_max = 1, .file_bytes_max = 10};
    struct body_intake in;
    assert_int_equal(body_begin(&in, &q, &plan, "/tmp"), ST_OK);
    body_feed(&in, STR(PART("name=t", "text") PART("name=f; filename=x", "0123456789") "--B--"));
    assert_int_equal(body_finish(&in), ST_OK);
    assert_int_equal(q.files.n, 1);
    assert_int_equal(q.files.v[0].size_bytes, 10);
    assert_true(is(request_form(&q, STR("t")), "text"));
    const char *path = q.files.v[0].path;
    assert_int_equal(access(path, F_OK), 0);
    body_release(&in);
    assert_int_equal(access(path, F_OK), -1);
}

static enum status body_result(struct http_plan plan, const char *type, struct str body)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    q.headers = headers_of(&a, type);
    struct body_intake in;
    enum status st = body_begin(&in, &q, &plan, "/tmp");
    if (st == ST_OK) {
        body_feed(&in, body);
        st = body_finish(&in);
    }
    body_release(&in);
    return st;
}

static void test_body_bounds(void **state)
{
    (void)state;
    const char *multi = "Content-Type: multipart/form-data; boundary=B";
    struct http_plan form = {.body = HTTP_BODY_FORM, .body_bytes_max = 10, .files_max = 1, .file_bytes_max = 10};
    struct http_plan json = {.body = HTTP_BODY_JSON, .body_bytes_max = 10};
    assert_int_equal(body_result(form, multi, STR(PART("name=f; filename=x", "01234567890") "--B--")), ST_TOO_LARGE);
    assert_int_equal(body_result(form, multi, STR(PART("name=t", "01234567890") "--B--")), ST_TOO_LARGE);
    assert_int_equal(body_result(form, multi, STR(PART("name=t", "0\x01") "--B--")), ST_INVALID);
    assert_int_equal(
        body_result(form, multi, STR(PART("name=f; filename=x", "1") PART("name=f; filename=y", "2") "--B--")),
        ST_TOO_LARGE);
    assert_int_equal(body_result(form, "Content-Type: text/plain", STR("a=b")), ST_UNSUPPORTED);
    assert_int_equal(body_result(form, "Content-Type: application/x-www-form-urlencoded; charset=utf-8", STR("a=b")),
                     ST_OK);
    assert_int_equal(body_result(form, "Content-Type: application/x-www-form-urlencoded", STR("a=%zz")), ST_INVALID);
    assert_int_equal(body_result(json, "Content-Type: application/json", STR("{}")), ST_OK);
    assert_int_equal(body_result(json, "Content-Type: application/json", STR("01234567890")), ST_TOO_LARGE);
    assert_int_equal(body_result(json, "Content-Type: application/xml", STR("{}")), ST_UNSUPPORTED);
}

static void test_response(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    struct http_response r;
    response_init(&r, &q, 1000);
    assert_int_equal(response_header(&r, STR("X-A"), STR("a\r\nSet-Cookie: b")), ST_INVALID);
    assert_int_equal(response_header(&r, STR("X A"), STR("a")), ST_INVALID);
    static const char *const bad[] = {"",        "x",    "//evil",        "/\\evil", "http://x/",
                                      "/a\r\nb", "/a b", "/\xea\xb0\x80", "/a\\b"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(response_redirect(&r, 303, str_c(bad[i])), ST_INVALID);
    assert_int_equal(response_redirect(&r, 303, STR("/firms?q=%EA")), ST_OK);
    assert_int_equal(r.status, 303);
    char *big = arena_alloc(&a, RESPONSE_HEADER_BYTES_MAX);
    memset(big, 'y', RESPONSE_HEADER_BYTES_MAX);
    assert_int_equal(response_header(&r, STR("X"), str_n(big, RESPONSE_HEADER_BYTES_MAX)), ST_INVALID);
    response_error(&r, 431);
    assert_int_equal(r.status, 431);
    assert_true(str_find(buf_str(&r.body), STR("요청 헤더가 너무 큽니다")) > 0);
    q.headers = headers_of(&a, "Accept: application/json");
    response_error(&r, 404);
    assert_true(is(buf_str(&r.body),
                   "{\"type\":\"not-found\",\"title\":\"Not found\",\"title_ko\":\"찾을 수 없습니다\","
                   "\"status\":404}\n"));
    response_release(&r);
}

static void test_forwarded_for(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct http_request q = {.arena = &a};
    static const struct {
        const char *headers;
        const char *want;
    } table[] = {
        {"X: y", "peer"},
        {"X-Forwarded-For: 1.2.3.4", "1.2.3.4"},
        {"X-Forwarded-For: 9.9.9.9, 1.2.3.4", "1.2.3.4"},
        {"X-Forwarded-For: 9.9.9.9|x-forwarded-for: 2001:db8::1", "2001:db8::1"},
        {"X-Forwarded-For: 1.2.3.4, evil", "peer"},
        {"X-Forwarded-For: ", "peer"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        q.headers = headers_of(&a, table[i].headers);
        assert_true(is(request_forwarded_for(&q, STR("peer")), table[i].want));
    }
}

static void test_beyond_loopback_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        bool loopback;
    } table[] = {{"127.0.0.1", true}, {"127.9.9.9", true}, {"::1", true},       {"localhost", true},
                 {"0.0.0.0", false},  {"::", false},       {"10.0.0.1", false}, {"::ffff:127.0.0.1", false}};
    for (size_t i = 0; i < COUNT(table); i++)
        assert_int_equal(http_address_is_loopback(table[i].address), table[i].loopback);
    AUTO_BUF reason;
    buf_init(&reason, 1000);
    struct http_server_options o = http_server_defaults();
    struct http_server *s;
    o.address = "0.0.0.0";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
    assert_true(str_find(buf_str(&reason), STR("--behind-proxy")) > 0);
    buf_clear(&reason);
    o.address = "example.org";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
    o.address = "127.0.0.1";
    o.tls_cert_path = "x";
    assert_int_equal(http_server_start(&o, &(struct http_app){0}, &s, &reason), ST_INVALID);
}

static void count_cut(void *arg)
{
    ++*(int *)arg;
}

static void no_tick(void *arg)
{
    (void)arg;
}

static void nap_ms(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static void test_sweep(void **state)
{
    (void)state;
    int cuts = 0, fds[2], quiet[2];
    char text[16];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, quiet), 0);
    struct sweep *s = sweep_new((struct sweep_options){5, "late", count_cut, no_tick, &cuts});
    struct sweep_entry begun = {.fd = fds[0], .plain = true}, idle = {.fd = quiet[0], .plain = true};
    sweep_add(s, &begun);
    sweep_add(s, &idle);
    sweep_set(s, &begun, SWEEP_BODY, 40);
    sweep_tighten(s, &begun, SWEEP_BODY, 10000);
    sweep_set(s, &idle, SWEEP_IDLE, 40);
    assert_int_equal(recv(fds[1], text, sizeof text, 0), 4);
    assert_int_equal(recv(quiet[1], text, sizeof text, 0), 0);
    sweep_set(s, &begun, SWEEP_SEND, 1);
    nap_ms(30);
    sweep_remove(s, &begun);
    sweep_remove(s, &idle);
    sweep_free(s);
    assert_int_equal(cuts, 2);
    for (int i = 0; i < 2; i++) {
        close(fds[i]);
        close(quiet[i]);
    }
}

static _Atomic int jobs_run, jobs_refused;

static void job_run(void *job)
{
    (void)job;
    nap_ms(20);
    jobs_run++;
}

static void job_refuse(void *job)
{
    (void)job;
    jobs_refused++;
}

static void test_workers(void **state)
{
    (void)state;
    struct workers *w = workers_new(2, 4, (struct workers_job_kind){job_run, job_refuse});
    int accepted = 0;
    for (int i = 0; i < 20; i++)
        if (workers_reserve(w)) {
            workers_push(w, &accepted);
            accepted++;
        }
    assert_in_range(accepted, 4, 8);
    workers_stop(w);
    assert_int_equal(jobs_run + jobs_refused, accepted);
    assert_false(workers_reserve(w));
    workers_free(w);
}

static int sleeps, wakes;

static void on_sleep(void *arg)
{
    (void)arg;
    sleeps++;
}

static void on_wake(void *arg)
{
    (void)arg;
    wakes++;
}

static void test_sse(void **state)
{
    (void)state;
    struct sse_channel *c = sse_new();
    sse_attach(c, (struct sse_waiter){on_sleep, on_wake, NULL});
    char out[200];
    assert_int_equal(sse_take(c, out, sizeof out), 0);
    assert_int_equal(sleeps, 1);
    struct sse_event e = {.name = STR("note"), .id = STR("7"), .data = STR("a\r\nb\ndata: x")};
    assert_int_equal(sse_push(c, &e), ST_OK);
    assert_int_equal(wakes, 1);
    assert_int_equal(sse_push(c, &(struct sse_event){.name = STR("a\nb")}), ST_INVALID);
    const char *want = "event: note\nid: 7\ndata: a \ndata: b\ndata: data: x\n\n";
    assert_int_equal(sse_take(c, out, 10), 10);
    assert_int_equal(sse_take(c, out + 10, sizeof out - 10), (ptrdiff_t)strlen(want) - 10);
    assert_memory_equal(out, want, strlen(want));
    char big[1000] = {0};
    memset(big, 'x', sizeof big);
    e.data = str_n(big, sizeof big);
    enum status st = ST_OK;
    int pushed = 0;
    while (st == ST_OK) {
        st = sse_push(c, &e);
        pushed += st == ST_OK;
    }
    assert_int_equal(st, ST_FULL);
    assert_in_range(pushed, 50, 65);
    assert_int_equal(sse_push(c, &e), ST_NOT_FOUND);
    ptrdiff_t n, total = 0;
    while ((n = sse_take(c, out, sizeof out)) > 0)
        total += n;
    assert_int_equal(n, -1);
    assert_true(total > 50000 && total <= SSE_PENDING_BYTES_MAX);
    sse_unref(c);
}

static int64_t forty_two(void *arg)
{
    (void)arg;
    return 42;
}

static void test_metrics(void **state)
{
    (void)state;
    const char *const classes[] = {"page", "write"};
    struct metrics *m = metrics_new(classes, 2);
    metrics_observe(m, 0, 200, 3000000);
    metrics_observe(m, 7, 503, 30000000000);
    metrics_add(m, METRIC_CUT, 3);
    assert_true(metrics_register(m, &(struct metric_source){"ppuri_x", "gauge", "X", forty_two, NULL}));
    AUTO_BUF out;
    buf_init(&out, 64 << 10);
    metrics_write(m, &out);
    static const char *const lines[] = {"ppuri_http_requests_total{class=\"page\",code=\"2xx\"} 1\n",
                                        "ppuri_http_requests_total{class=\"write\",code=\"5xx\"} 1\n",
                                        "ppuri_http_request_seconds_bucket{class=\"page\",le=\"0.0025\"} 0\n",
                                        "ppuri_http_request_seconds_bucket{class=\"page\",le=\"0.005\"} 1\n",
                                        "ppuri_http_request_seconds_bucket{class=\"write\",le=\"10\"} 0\n",
                                        "ppuri_http_request_seconds_bucket{class=\"write\",le=\"+Inf\"} 1\n",
                                        "ppuri_http_request_seconds_sum{class=\"page\"} 0.003000\n",
                                        "ppuri_http_cut_total 3\n",
                                        "ppuri_x 42\n"};
    for (size_t i = 0; i < COUNT(lines); i++)
        if (str_find(buf_str(&out), str_c(lines[i])) < 0)
            fail_msg("%s", lines[i]);
    metrics_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guard),
        cmocka_unit_test(test_guard_bounds),
        cmocka_unit_test(test_uri),
        cmocka_unit_test(test_uri_bounds),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_cookie),
        cmocka_unit_test(test_encoding_and_etag),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_date),
        cmocka_unit_test(test_multipart),
        cmocka_unit_test(test_multipart_boundary),
        cmocka_unit_test(test_body_files_are_removed),
        cmocka_unit_test(test_body_bounds),
        cmocka_unit_test(test_response),
        cmocka_unit_test(test_forwarded_for),
        cmocka_unit_test(test_beyond_loopback_is_refused),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_workers),
        cmocka_unit_test(test_sse),
        cmocka_unit_test(test_metrics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
