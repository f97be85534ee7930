/* http/: guard, targets, forms, cookies, negotiation, multipart: each as a table of inputs and what must come of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "http/cookie.h"
#include "http/form.h"
#include "http/guard.h"
#include "http/multipart.h"
#include "http/static.h"
#include "http/uri.h"
#include "unit/http_help.h"

static const struct {
    const char *headers;
    enum guard_fault want;
} guard_table[] = {
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

static void test_guard(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(guard_table); i++) {
        struct pair_list list = headers_of(&a, guard_table[i].headers);
        enum guard_fault got = guard_check(&list);
        if (got != guard_table[i].want)
            fail_msg("%s: %s", guard_table[i].headers, guard_word(got));
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

static const struct {
    const char *raw;
    const char *want;
} uri_table[] = {
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

static void test_uri(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT(uri_table); i++) {
        struct str got = uri_shown(&a, uri_table[i].raw, strlen(uri_table[i].raw));
        if (!is(got, uri_table[i].want))
            fail_msg("%s: " STR_FMT, uri_table[i].raw, STR_ARG(got));
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
