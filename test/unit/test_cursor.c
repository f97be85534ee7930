/* Cursors: what was given comes back, for the list and key it was given for, and nothing else is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "core/cursor.h"

static const unsigned char key[CURSOR_KEY_BYTES] = {1, 2, 3}, other_key[CURSOR_KEY_BYTES] = {1, 2, 4};

static void comes_back(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    const struct str places[] = {STR("S-1"), STR("가나다"), STR("<img src=x>\"'&"), str_n("a\0b", 3)};
    for (size_t i = 0; i < 4; i++) {
        struct str at, c = cursor_make(&a, key, STR("/firms?process=HEAT"), places[i]);
        assert_true(cursor_read(&a, key, STR("/firms?process=HEAT"), c, &at));
        assert_true(str_eq(at, places[i]));
        assert_true(str_eq(c, cursor_make(&a, key, STR("/firms?process=HEAT"), places[i])));
        for (size_t k = 0; k < c.n; k++)
            assert_true((c.p[k] >= '0' && c.p[k] <= '9') || (c.p[k] >= 'A' && c.p[k] <= 'Z') ||
                        (c.p[k] >= 'a' && c.p[k] <= 'z') || c.p[k] == '-' || c.p[k] == '_');
    }
}

static void is_bound(void **state)
{
    (void)state;
    AUTO_ARENA a;
    struct str at;
    arena_init(&a, 1 << 20);
    struct str c = cursor_make(&a, key, STR("/firms?process=HEAT"), STR("S-1"));
    assert_false(cursor_read(&a, other_key, STR("/firms?process=HEAT"), c, &at));
    assert_false(cursor_read(&a, key, STR("/firms?process=HEAT.VACUUM"), c, &at));
    assert_false(cursor_read(&a, key, STR("/firms"), c, &at));
    assert_false(cursor_read(&a, key, STR("/needs?process=HEAT"), c, &at));
    /* Where the list ends and the place begins counts. */
    struct str moved = cursor_make(&a, key, STR("/firms"), STR("S-1"));
    assert_false(cursor_read(&a, key, STR("/firm"), moved, &at));
}

static void is_not_forged(void **state)
{
    (void)state;
    AUTO_ARENA a;
    struct str at;
    arena_init(&a, 64 << 20);
    struct str c = cursor_make(&a, key, STR("/firms"), STR("S-1")),
               odd[] = {STR(""), STR("S-1"), STR("AAAA"), STR("%")};
    char text[64];
    memcpy(text, c.p, c.n);
    for (size_t i = 0; i < c.n; i++)
        for (int by = 1; by < 256; by++) {
            text[i] = (char)(c.p[i] ^ by);
            assert_false(cursor_read(&a, key, STR("/firms"), str_n(text, c.n), &at));
            text[i] = c.p[i];
        }
    for (size_t n = 0; n < c.n; n++)
        assert_false(cursor_read(&a, key, STR("/firms"), str_n(c.p, n), &at));
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_false(cursor_read(&a, key, STR("/firms"), odd[i], &at));
}

static void is_bounded(void **state)
{
    (void)state;
    AUTO_ARENA a;
    struct str at;
    arena_init(&a, 1 << 20);
    char *text = arena_alloc(&a, 1 << 16);
    memset(text, 'A', 1 << 16);
    assert_int_equal(cursor_make(&a, key, STR("/firms"), str_n(text, CURSOR_AT_BYTES_MAX + 1)).n, 0);
    assert_int_equal(cursor_make(&a, key, STR("/firms"), STR("")).n, 0);
    struct str c = cursor_make(&a, key, STR("/firms"), str_n(text, CURSOR_AT_BYTES_MAX));
    assert_true(cursor_read(&a, key, STR("/firms"), c, &at));
    assert_int_equal(at.n, CURSOR_AT_BYTES_MAX);
    assert_false(cursor_read(&a, key, STR("/firms"), str_n(text, 1 << 16), &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(is_bound),
        cmocka_unit_test(is_not_forged),
        cmocka_unit_test(is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
