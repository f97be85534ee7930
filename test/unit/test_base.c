/* base/: memory, text, numbers, calendar, JSON and CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/map.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/random.h"
#include "base/time.h"
#include "base/utf8.h"
#include "base/vec.h"

static bool is(struct str s, const char *want)
{
    return str_eq(s, str_c(want));
}

static void test_arena_and_vec(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct str_list list = {NULL, 0, 0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(&a, &list, arena_printf(&a, "%d", i));
    assert_int_equal(list.n, 1000);
    assert_true(is(list.v[999], "999"));
    assert_int_equal((uintptr_t)arena_alloc(&a, 3) % 16, 0);
    arena_reset(&a);
    assert_int_equal(a.used, 0);
}

static void test_buf_has_a_maximum(void **state)
{
    (void)state;
    AUTO_BUF b;
    buf_init(&b, 10);
    buf_add(&b, STR("123456789"));
    assert_int_equal(buf_status(&b), ST_OK);
    buf_add(&b, STR("xy"));
    assert_int_equal(buf_status(&b), ST_TOO_LARGE);
    assert_true(is(buf_str(&b), "123456789"));
}

static void test_str(void **state)
{
    (void)state;
    struct str rest = STR("a||b"), piece;
    assert_true(str_next(&rest, '|', &piece) && is(piece, "a"));
    assert_true(str_next(&rest, '|', &piece) && piece.n == 0);
    assert_true(str_next(&rest, '|', &piece) && is(piece, "b"));
    assert_false(str_next(&rest, '|', &piece));
    int64_t i = 7;
    double d = 7;
    assert_true(str_to_int(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_false(str_to_int(STR("9223372036854775808"), &i));
    assert_false(str_to_int(STR("1 "), &i));
    assert_true(str_to_real(STR("-1.5e3"), &d) && d == -1500);
    assert_false(str_to_real(STR("nan"), &d));
    assert_false(str_to_real(STR("1e999"), &d));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
}

static void test_map(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 22);
    struct map m;
    map_init(&m, &a);
    for (int i = 0; i < 5000; i++)
        assert_true(map_add(&m, arena_printf(&a, "key %d", i), i));
    int64_t v;
    assert_true(map_get(&m, STR("key 4321"), &v) && v == 4321);
    assert_false(map_get(&m, STR("key 5000"), &v));
    assert_false(map_add(&m, STR("key 7"), 8));
}

static void check_rising(const struct str_list *l, char first)
{
    for (size_t i = 0; i < l->n; i++)
        assert_true(l->v[i].n == i && *l->v[i].p == first);
}

/* Alone a vector grows where it is; behind another one it moves. */
static void test_vectors(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 22);
    struct str_list x = {NULL, 0, 0}, y = {NULL, 0, 0};
    for (size_t i = 0; i < 3000; i++) {
        VEC_PUSH(&a, &x, str_n("x", i));
        if (i % 2)
            VEC_PUSH(&a, &y, str_n("y", i / 2));
        struct str *zeroed = VEC_ADD(&a, &y);
        assert_true(!zeroed->p && !zeroed->n);
        y.n--;
    }
    assert_true(x.n == 3000 && y.n == 1500);
    check_rising(&x, 'x');
    check_rising(&y, 'y');
}

static void test_utf8(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 16);
    assert_true(utf8_valid(STR("금형 é")));
    assert_false(utf8_valid(STR("\xed\xa0\x80")));
    assert_false(utf8_valid(STR("\xc0\x80")));
    assert_false(utf8_valid(str_n("a\0b", 3)));
    assert_int_equal(utf8_length(STR("금형 A")), 4);
    assert_true(is(utf8_head(STR("금형 A"), 2), "금형"));
    assert_true(is(utf8_nfc(&a, STR("\xe1\x84\x80\xe1\x85\xb3\xe1\x86\xb7")), "금"));
    assert_true(is(utf8_nfc(&a, STR("가 → e\xcc\x81")), "가 → é")); /* é from two signs */
    assert_true(is(utf8_nfc(&a, STR("→ ㎛ ▽")), "→ ㎛ ▽"));
    assert_true(is(utf8_fold(&a, STR("ＡＭＳ Straße")), "ams strasse"));
    assert_true(is(utf8_fold_tight(&a, STR("AMS-28 01.B_")), "ams2801b"));
}

static void test_calendar(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 16);
    struct day d;
    assert_true(day_parse(STR("1970-01-01"), &d) && d.n == 0);
    assert_true(day_parse(STR("2028-02-29"), &d));
    assert_true(is(day_iso(&a, d), "2028-02-29"));
    assert_false(day_parse(STR("2027-02-29"), &d));
    assert_false(day_parse(STR("2027-2-09"), &d));
    assert_true(day_parse(STR("2026-11-22"), &d));
    assert_int_equal(day_weekday(d), 0);
    /* 16:00 UTC is the next day in Korea. */
    assert_true(is(day_iso(&a, day_of_ms(1795363200000, TIME_KOREA_OFFSET_MIN)), "2026-11-23"));
    assert_true(is(time_iso(&a, 1795363200000), "2026-11-22T16:00:00Z"));
}

static void test_json(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct json j;
    struct json_error e;
    assert_int_equal(json_parse(&a, STR("{\"b\":[1,2.5,null],\"a\":\"\\u00e9\"}"), &j, &e), ST_OK);
    assert_true(is(j.keys[0], "b") && is(j.keys[1], "a"));
    const struct json *b = json_get(&j, STR("b"));
    assert_true(b->n == 3 && b->items[0].kind == JSON_IS_INT && b->items[1].real == 2.5);
    assert_int_equal(json_parse(&a, STR("{\"a\":1,\"a\":2}"), &j, &e), ST_INVALID);
    assert_int_equal(json_parse(&a, STR("{}x"), &j, &e), ST_INVALID);
    assert_int_equal(json_parse(&a, STR("\"\\u0000\""), &j, &e), ST_INVALID);
    assert_int_equal(json_parse(&a, STR("\n\n[1,"), &j, &e), ST_INVALID);
    assert_int_equal(e.line, 3);
    char deep[200];
    memset(deep, '[', 100);
    memset(deep + 100, ']', 100);
    assert_int_equal(json_parse(&a, str_n(deep, 200), &j, &e), ST_INVALID);

    AUTO_BUF out;
    buf_init(&out, 1000);
    struct json_out w;
    jout_init(&w, &out);
    jout_obj(&w);
    jout_key_str(&w, "s", STR("<a\n\"\\\x01"));
    jout_key_arr(&w, "v");
    jout_real(&w, 0.1);
    jout_real(&w, 87.4213);
    jout_int(&w, -3);
    jout_end(&w);
    jout_key_opt_int(&w, "none", (struct opt_int){0, false});
    jout_end(&w);
    assert_true(is(buf_str(&out), "{\"s\":\"\\u003ca\\n\\\"\\\\\\u0001\",\"v\":[0.1,87.4213,-3],\"none\":null}"));

    buf_clear(&out);
    jout_init(&w, &out);
    jout_obj(&w);
    jout_key_id(&w, "id", INT64_MAX);
    jout_key_opt_id(&w, "a", opt_int(-5));
    jout_key_opt_id(&w, "b", (struct opt_int){0, false});
    jout_key_opt_str(&w, "c", STR(""));
    jout_key_opt_str(&w, "d", (struct str){NULL, 0});
    jout_end(&w);
    assert_true(is(buf_str(&out), "{\"id\":\"9223372036854775807\",\"a\":\"-5\",\"b\":null,\"c\":\"\",\"d\":null}"));

    static const char whole[] = "{\"z\":{\"a\":[],\"b\":{}},\"r\":\"x\",\"n\":[1,-2.5,true,false,null,\"\\u003c\"]}";
    assert_int_equal(json_parse(&a, str_c(whole), &j, &e), ST_OK);
    buf_clear(&out);
    jout_init(&w, &out);
    jout_json(&w, &j);
    assert_true(is(buf_str(&out), whole));
    buf_clear(&out);
    jout_init(&w, &out);
    jout_obj(&w);
    jout_key_int(&w, "r", 7);
    jout_members(&w, json_get(&j, STR("z")), (struct str){NULL, 0});
    jout_end(&w);
    assert_true(is(buf_str(&out), "{\"r\":7,\"a\":[],\"b\":{}}"));
    buf_clear(&out);
    jout_init(&w, &out);
    jout_obj(&w);
    jout_members(&w, &j, STR("z"));
    jout_end(&w);
    assert_true(is(buf_str(&out), "{\"r\":\"x\",\"n\":[1,-2.5,true,false,null,\"\\u003c\"]}"));
}

static void test_csv(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct csv_table t;
    size_t bad;
    assert_int_equal(csv_read(&a, STR("\xef\xbb\xbfx,y\r\n\"a,\"\"b\",\"two\nlines\"\r\n\r\n,c"), &t, &bad), ST_OK);
    assert_int_equal(t.n, 3);
    assert_true(is(t.v[0].v[0], "x"));
    assert_true(is(t.v[1].v[0], "a,\"b") && is(t.v[1].v[1], "two\nlines"));
    assert_int_equal(t.v[2].line, 5);
    assert_true(t.v[2].v[0].n == 0 && is(t.v[2].v[1], "c"));
    assert_int_equal(csv_read(&a, STR("x\n\"open"), &t, &bad), ST_INVALID);
    assert_int_equal(bad, 2);
}

static void test_hash_random_problem(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 16);
    assert_true(hash_fnv1a(FNV1A_64_START, STR("foobar")) == UINT64_C(0x85944171f73967e8));
    struct random r, again;
    random_seed(&r, 5);
    random_seed(&again, 5);
    for (int i = 0; i < 100; i++) {
        assert_true(random_below(&r, 10) < 10);
        random_below(&again, 10);
    }
    assert_true(random_next(&r) == random_next(&again));
    struct problem p = {STR("a.b"), PROBLEM_CODE, STR("X")};
    assert_true(is(problem_text(&a, &p, false), "a.b: has an unknown code: X"));
    assert_true(is(problem_text(&a, &p, true), "a.b: 모르는 코드입니다: X"));
}

/* As printf writes it, for drawn numbers, ties and the ends of the range. */
static void test_number_fixed(void **state)
{
    (void)state;
    static const double hard[] = {0,    -0.0,           0.5,         1.5, 2.5,  0.125, 0.375,  0.045, 1.005, -0.004,
                                  -2.5, 999999.9999995, 123456789.5, 1e9, 1e15, 1e18,  -1e300, 5e-324};
    struct random r;
    random_seed(&r, 11);
    for (int i = 0; i < 200000; i++) {
        double v = i < (int)(sizeof hard / sizeof *hard)
                       ? hard[i]
                       : (random_unit(&r) - 0.5) * (double)(1 << random_below(&r, 31));
        if (i % 7 == 0)
            v = (double)(int64_t)(v * 16) / 16;
        for (int d = 0; d <= 6; d++) {
            char want[NUMBER_FIXED_MAX], got[NUMBER_FIXED_MAX];
            snprintf(want, sizeof want, "%.*f", d, v);
            assert_int_equal(number_fixed(got, v, d), strlen(want));
            assert_string_equal(got, want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number_fixed),
        cmocka_unit_test(test_arena_and_vec),
        cmocka_unit_test(test_buf_has_a_maximum),
        cmocka_unit_test(test_str),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_hash_random_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
