/* html/: escaping in every place a compiled view knows, references, the query builder, assets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "html/emit.h"
#include "html/escape.h"
#include "html/trusted.h"
#include "html/url.h"
#include "i18n/i18n.h"
#include "views/components.h"
#include "views/places.h"

#define EVIL         "<img src=x onerror=alert(1)>\"'&"
#define EVIL_ESCAPED "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"
#define EVIL_PART    "%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%22%27%26"

static struct url own(struct arena *a, const char *path)
{
    struct query q;
    query_init(&q, a, str_c(path));
    return query_url(&q);
}

static bool has(struct view *v, const char *want)
{
    bool found = str_find(buf_str(&v->out), str_c(want)) >= 0;
    if (!found)
        printf("not found: %s\nin: " STR_FMT "\n", want, STR_ARG(buf_str(&v->out)));
    return found;
}

static void show_places(struct view *v, struct arena *a, struct str s)
{
    buf_clear(&v->out);
    places(v, s, own(a, "/own"), html_trusted(STR("<b>ok</b>")), day_from_civil((struct civil){2027, 3, 31}), 2,
           0.1 + 0.2);
    assert_int_equal(view_status(v), ST_OK);
}

static void test_evil_text_in_every_place(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    AUTO_VIEW v;
    view_init(&v, i18n_locale(LANGUAGE_KO), 1 << 20);
    show_places(&v, &a, STR(EVIL));
    assert_true(has(&v, "<p class=\"a\nb\">" EVIL_ESCAPED
                        "   <b>ok</b> 2 0.3 2027. 3. 31.(수) 50 % \"quoted\" back\\slash 뿌리</p>"));
    assert_true(has(&v, "<p title=\"" EVIL_ESCAPED "\" data-x='2' aria-label=\"업체\" id=\"x\" hidden>a</p>"));
    assert_true(has(&v, "<a href=\"#\">1</a> <a href=\"/own#x\">2</a>"));
    assert_true(has(&v, "<a href=\"/p/" EVIL_PART "?q=" EVIL_PART "&amp;n=2&amp;d=2027-03-31\">3</a>"));
    assert_true(has(&v, "<a href=\"/a/" EVIL_PART "\">4</a> <a href=\"/own\">5</a> <a href=\"/x" EVIL_PART "\">6</a>"));
    assert_true(has(&v, "<a href=\"mailto:" EVIL_PART "\">7</a> <a href=\"https://example.com/" EVIL_PART "\">8</a>"));
    assert_true(has(&v, "<a href=\"/own\">9</a> <a href=\"other.html\">10</a>"));
    assert_true(has(&v, "<script src=\"/own\" nonce=\"" EVIL_ESCAPED "\" async></script>"));
    assert_true(has(&v, "<pre>\n  kept   " EVIL_ESCAPED "\n</pre>"));
    assert_true(has(&v, "<textarea name=\"a\">\n" EVIL_ESCAPED "</textarea><textarea name=\"b\">\n" EVIL_ESCAPED
                        "</textarea>"));
    assert_true(has(&v, "<title>" EVIL_ESCAPED " 업체 a < b</title>"));
    assert_true(has(&v, "<input checked value=\"" EVIL_ESCAPED "\" title=\"업체\">"));
    assert_true(has(&v, "<svg viewBox=\"0 0 2 10\"><title>" EVIL_ESCAPED "</title><path d=\"" EVIL_ESCAPED "\"/>"));
    assert_true(has(&v, "<use href=\"#i-" EVIL_PART "\"/><g><circle r=\"0.30000000000000004\"/></g></svg>"));
    assert_true(str_find(buf_str(&v.out), STR("<img src=x")) < 0);
}

static void test_missing_and_empty(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    AUTO_VIEW v;
    view_init(&v, i18n_locale(LANGUAGE_EN), 1 << 20);
    show_places(&v, &a, (struct str){NULL, 0});
    assert_true(has(&v, "<input checked title=\"Firms\">"));
    assert_true(has(&v, "31 March 2027 (Wed)"));
    buf_clear(&v.out);
    nested(&v, &(struct str){"x", 1});
    assert_string_equal(
        arena_c(&a, buf_str(&v.out)),
        "<div>\n<section><h2>ga</h2><div>\n<section><h2>na</h2><b>x</b>\n\n</section></div>\n</section></div>");
    buf_clear(&v.out);
    strings(&v, "\"", 'x');
    assert_string_equal(arena_c(&a, buf_str(&v.out)), "}-brace\n}}");
    buf_clear(&v.out);
    empty(&v);
    assert_int_equal(v.out.n, 0);
}

static void test_page_has_a_maximum(void **state)
{
    (void)state;
    AUTO_VIEW v;
    view_init(&v, i18n_locale(LANGUAGE_KO), 100);
    icon_sprite(&v);
    assert_int_equal(view_status(&v), ST_TOO_LARGE);
}

static void test_escape_runs(void **state)
{
    (void)state;
    AUTO_BUF b;
    buf_init(&b, 1 << 16);
    /* every length and every position of the one bad byte around the four-byte steps */
    for (size_t n = 0; n < 20; n++) {
        for (size_t at = 0; at < n; at++) {
            char text[20];
            memset(text, 'a', sizeof text);
            text[at] = '<';
            buf_clear(&b);
            escape_html(&b, str_n(text, n));
            assert_int_equal(b.n, n + 3);
            assert_true(str_find(buf_str(&b), STR("&lt;")) == (ptrdiff_t)at);
        }
    }
    buf_clear(&b);
    escape_html(&b, str_n("\0a\xff\xed\xa0\x80", 6));
    assert_true(str_eq(buf_str(&b), str_n("a\xff\xed\xa0\x80", 5)));
    buf_clear(&b);
    escape_url_part(&b, STR("가 a/b?c&d=e+f:.~-_%"));
    assert_true(str_eq(buf_str(&b), STR("%EA%B0%80%20a%2Fb%3Fc%26d%3De%2Bf%3A.~-_%25")));
}

static void test_safe_references(void **state)
{
    (void)state;
    static const char *const good[] = {
        "", "/", "/a/b?c=d#e", "?a=b", "#x", "https://a.example/x", "HTTP://a", "mailto:a@b.example", "tel:+8242"};
    static const char *const bad[] = {"javascript:alert(1)",
                                      "JavaScript:x",
                                      " javascript:x",
                                      "java\tscript:x",
                                      "\x01javascript:x",
                                      "//a.example",
                                      "/\\a.example",
                                      "\\\\a",
                                      "/\t/a.example",
                                      "data:text/html,x",
                                      "vbscript:x",
                                      "blob:x",
                                      "file:///etc/passwd",
                                      "https:",
                                      "https:a",
                                      "relative",
                                      "a:b",
                                      "https://a\nb"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(url_is_safe(str_c(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (url_is_safe(str_c(bad[i])))
            fail_msg("let through: %s", bad[i]);
    }
}

static void test_query_builder(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct query q;
    query_init(&q, &a, STR("/firms"));
    query_segment(&q, STR("한빛/정밀"));
    query_str(&q, "q", STR("a&b"));
    query_str(&q, "none", STR(""));
    query_int(&q, "page", -2);
    assert_string_equal(query_url(&q).s.p, "/firms/%ED%95%9C%EB%B9%9B%2F%EC%A0%95%EB%B0%80?q=a%26b&page=-2");
    query_init(&q, &a, STR("/"));
    query_segment(&q, STR("x"));
    assert_string_equal(query_url(&q).s.p, "/x");
    const char *const refused[] = {"//evil.example", "evil", "/\\evil"};
    for (size_t i = 0; i < 3; i++)
        assert_true(str_eq(own(&a, refused[i]).s, STR("#")));
    query_init(&q, &a, STR("/a"));
    query_segment(&q, STR(".."));
    assert_true(str_eq(query_url(&q).s, STR("#")));
    query_init(&q, &a, STR(""));
    query_str(&q, "q", STR("x"));
    assert_string_equal(query_url(&q).s.p, "?q=x");
    char big[5000];
    memset(big, 'a', sizeof big);
    query_str(&q, "big", str_n(big, sizeof big));
    assert_true(str_eq(query_url(&q).s, STR("#")));
}

static void test_assets(void **state)
{
    (void)state;
    const struct asset *css = &embedded_assets[0];
    assert_string_equal(css->name, "ppuri.css");
    assert_string_equal(css->type, "text/css; charset=utf-8");
    assert_int_equal(strncmp(css->path, "/assets/ppuri.", 14), 0);
    assert_int_equal(strlen(css->path), 14 + 16 + 4);
    assert_true(str_eq(asset_url(embedded_assets, "ppuri.css").s, str_c(css->path)));
    assert_true(str_eq(asset_url(embedded_assets, "none.css").s, STR("#")));
    assert_true(css->plain.n < 30 << 10);
    assert_true(css->br.n > 0 && css->br.n < css->gzip.n && css->gzip.n < css->plain.n);
    assert_int_equal(css->gzip.bytes[0], 0x1f);
    assert_int_equal(css->gzip.bytes[4] | css->gzip.bytes[5] | css->gzip.bytes[6] | css->gzip.bytes[7], 0);
}

/* font.css names files by their content: each is there, and the letters of every page are few bytes. */
static void test_fonts(void **state)
{
    (void)state;
    const struct asset *rules = embedded_assets, *core = embedded_assets;
    while (rules->name && strcmp(rules->name, "font.css") != 0)
        rules++;
    while (core->name && strcmp(core->name, "ppuri-core.woff2") != 0)
        core++;
    assert_non_null(rules->name);
    assert_non_null(core->name);
    assert_true(core->plain.n < 80000);
    size_t named = 0;
    struct str rest = str_n((const char *)rules->plain.bytes, rules->plain.n);
    for (ptrdiff_t at; (at = str_find(rest, STR("url("))) >= 0; named++) {
        rest = str_drop(rest, (size_t)at + 4);
        const struct asset *file = embedded_assets;
        while (file->name && !str_starts(rest, str_c(file->path)))
            file++;
        assert_non_null(file->name);
    }
    assert_true(named >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evil_text_in_every_place),
        cmocka_unit_test(test_missing_and_empty),
        cmocka_unit_test(test_page_has_a_maximum),
        cmocka_unit_test(test_escape_runs),
        cmocka_unit_test(test_safe_references),
        cmocka_unit_test(test_query_builder),
        cmocka_unit_test(test_assets),
        cmocka_unit_test(test_fonts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
