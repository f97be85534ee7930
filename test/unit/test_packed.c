/* http/packed: what comes out of the gzip is what went in, whatever stands where, and secrets are never compressed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/random.h"
#include "http/packed.h"

enum { BODY_MAX = 1 << 20 };

static struct str unpacked(struct arena *a, struct str gzip)
{
    z_stream z = {0};
    char *out = arena_raw(a, BODY_MAX, 1);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (z_const Bytef *)(uintptr_t)gzip.p;
    z.avail_in = (uInt)gzip.n;
    z.next_out = (Bytef *)out;
    z.avail_out = BODY_MAX;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    inflateEnd(&z);
    return str_n(out, BODY_MAX - z.avail_out);
}

static void check(struct str body, const struct secrets *found, const struct secrets *sent, struct str want)
{
    AUTO_ARENA a;
    AUTO_BUF plain, gzip;
    struct packed p;
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&plain, BODY_MAX);
    buf_init(&gzip, BODY_MAX);
    packed_cut(&a, body, found, &p);
    packed_write(&p, sent, &plain);
    assert_true(str_eq(buf_str(&plain), want));
    packed_compress(&a, &p);
    packed_write_gzip(&p, sent, &gzip);
    assert_true(str_eq(unpacked(&a, buf_str(&gzip)), want));
}

static void the_text_comes_back(void **state)
{
    (void)state;
    static const struct secrets none = {.v = {{NULL, 0}}};
    static const struct secrets two = {.v = {STR_INIT("abc"), STR_INIT("0123")}};
    static const char *const bodies[] = {"",       "x",          "abc",          "abcabc0123", "<p>abc</p>",
                                         "ab0123", "0123abc012", "aababcab0123", "ababab",     "no secret here"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        check(str_c(bodies[i]), &none, &none, str_c(bodies[i]));
        check(str_c(bodies[i]), &two, &two, str_c(bodies[i]));
    }
}

static void another_visitor_gets_other_secrets(void **state)
{
    (void)state;
    static const struct secrets first = {.v = {STR_INIT("abc"), STR_INIT("0123")}};
    static const struct secrets second = {.v = {STR_INIT("longer"), STR_INIT("9")}};
    check(STR("<a abc><b 0123><c abc>"), &first, &second, STR("<a longer><b 9><c longer>"));
}

static void long_texts_of_every_kind(void **state)
{
    (void)state;
    struct random r;
    random_seed(&r, 7);
    for (int round = 0; round < 200; round++) {
        AUTO_BUF body;
        buf_init(&body, BODY_MAX);
        const struct secrets s = {.v = {STR_INIT("SECRET-ONE"), STR_INIT("SECRET-TWO")}};
        for (uint64_t n = random_below(&r, 40); n; n--) {
            uint64_t kind = random_below(&r, 4), length = random_below(&r, 3000);
            for (uint64_t i = 0; kind < 2 && i < length; i++)
                buf_add_byte(&body, kind ? (char)random_below(&r, 256) : (char)('a' + i % 7));
            if (kind >= 2)
                buf_add(&body, s.v[kind - 2]);
        }
        check(buf_str(&body), &s, &s, buf_str(&body));
    }
}

/* A guess that begins as the secret does is worth as much as one that does not. */
static void the_length_tells_nothing_of_a_secret(void **state)
{
    (void)state;
    const struct secrets s = {.v = {STR_INIT("5e1f0c93a7d24b68")}};
    static const char *const guesses[] = {"5e1f0c93a7d24b60", "6e1f0c93a7d24b68", "f20b97d16ce3854a"};
    size_t length[3];
    for (size_t i = 0; i < 3; i++) {
        AUTO_ARENA a;
        AUTO_BUF out;
        struct packed p;
        arena_init(&a, SIZE_MAX / 2);
        buf_init(&out, BODY_MAX);
        struct str body = arena_printf(&a, "<input value=\"%s\"><p>%s", s.v[0].p, guesses[i]);
        packed_cut(&a, body, &s, &p);
        packed_compress(&a, &p);
        packed_write_gzip(&p, &s, &out);
        assert_non_null(memmem(out.p, out.n, s.v[0].p, s.v[0].n));
        struct secrets other = {.v = {STR_INIT("0000000000000000")}};
        buf_clear(&out);
        packed_write_gzip(&p, &other, &out);
        length[i] = out.n;
    }
    assert_int_equal(length[0], length[1]);
    assert_int_equal(length[0], length[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_text_comes_back),
        cmocka_unit_test(another_visitor_gets_other_secrets),
        cmocka_unit_test(long_texts_of_every_kind),
        cmocka_unit_test(the_length_tells_nothing_of_a_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
