/* i18n/: particles, plurals, numbers, dates, money, the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "i18n/i18n.h"
#include "i18n/particle.h"
#include "i18n/pattern.h"

static bool writes(const struct locale *l, struct value x, const char *want)
{
    AUTO_BUF b;
    buf_init(&b, 1000);
    l->write_value(l, &b, &x);
    bool same = str_eq(buf_str(&b), str_c(want));
    if (!same)
        printf("want %s, got " STR_FMT "\n", want, STR_ARG(buf_str(&b)));
    return same;
}

static bool follows(const char *word, const char *a, const char *b, const char *want)
{
    AUTO_BUF out;
    buf_init(&out, 1000);
    buf_add_c(&out, word);
    particle_add(&out, str_c(a), str_c(b));
    bool same = str_eq(str_drop(buf_str(&out), strlen(word)), str_c(want));
    if (!same)
        printf("%s: want %s, got " STR_FMT "\n", word, want, STR_ARG(buf_str(&out)));
    return same;
}

static const char *const objects[][2] = {
    {"한빛", "을"},
    {"정밀", "을"},
    {"기계", "를"},
    {"\"정밀\"", "을"},
    {"(주)", "를"},
    {"「기계」", "를"},
    {"한빛정밀(주)", "를"},
    {"기계…", "를"},
    {"0", "을"},
    {"1", "을"},
    {"2", "를"},
    {"3", "을"},
    {"4", "를"},
    {"5", "를"},
    {"6", "을"},
    {"7", "을"},
    {"8", "을"},
    {"9", "를"},
    {"10", "을"},
    {"1,000", "을"},
    {"10000", "을"},
    {"1,000,000,000,000", "를"},
    {"1.5", "를"},
    {"3.0", "을"},
    {"AS9100", "을"},
    {"CNC", "를"},
    {"ERP", "를"},
    {"MRN", "을"},
    {"URL", "을"},
    {"Steel", "을"},
    {"Casting", "을"},
    {"Robot", "을"},
    {"Software", "를"},
    {"Machine", "을"},
    {"table", "을"},
    {"Track", "을"},
    {"480 mm", "를"},
    {"480\xe2\x80\x89mm", "를"},
    {"3 kg", "을"},
    {"50%", "를"},
    {"1,250만 원", "을"},
    {"金屬", "을(를)"},
    {"", "을(를)"},
    {"...", "을(를)"},
    {"정밀 ", "을"},
};

static void test_particles(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        assert_true(follows(objects[i][0], "을", "를", objects[i][1]));
    assert_true(follows("7", "은", "는", "은"));
    assert_true(follows("서울", "으로", "로", "로"));
    assert_true(follows("대전", "으로", "로", "으로"));
    assert_true(follows("세종시", "으로", "로", "로"));
    assert_true(follows("3", "으로", "로", "으로"));
    assert_true(follows("1", "으로", "로", "로"));
    assert_true(follows("8", "으로", "로", "로"));
    assert_true(follows("URL", "으로", "로", "로"));
    assert_true(follows("600 MPa", "으로", "로", "로"));
    assert_true(follows("정밀", "이", "가", "이"));
    assert_true(follows("정밀", "과", "와", "과"));
    assert_true(follows("金", "으로", "로", "(으)로"));
    assert_true(follows("金", "이", "가", "이(가)"));
    assert_true(follows("金", "이", "", "(이)"));
}

static void test_fill(void **state)
{
    (void)state;
    AUTO_BUF b;
    buf_init(&b, 1000);
    const struct locale *ko = i18n_locale(LANGUAGE_KO);
    const struct msg_arg args[] = {{"name", value_c("한빛 \"정밀\"")}, {"n", value_int(1204)}, {"one", value_int(1)}};
    i18n_fill(ko, &b, STR("{name}{을/를} {n}개, {n|firm|firms}, {one|firm|firms}, {none}, {bad"), args, 3);
    assert_true(str_eq(buf_str(&b), STR("한빛 \"정밀\"을 1,204개, firms, firm, none, {bad")));
    buf_clear(&b);
    const struct msg_arg inner[] = {{"x", value_msg(T("업체"))}};
    const struct locale *en = i18n_locale(LANGUAGE_EN);
    i18n_fill(en, &b, STR("{x}!"), inner, 1);
    assert_true(str_eq(buf_str(&b), STR("Firms!")));
}

static void test_pattern_syntax(void **state)
{
    (void)state;
    static const char *const good[] = {"", "업체", "{n}", "{n}개 {n|one|many}", "{name}{으로/로}", "{a_1}", "{n||s}"};
    static const char *const bad[] = {"{",       "}",     "{}", "{N}", "{n|a}", "{n|a|b|c}",
                                      "{를/을}", "{a/b}", "{n", "a}b", "{1}",   "{{n}}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(pattern_error(str_c(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(pattern_error(str_c(bad[i])));
}

static void test_values(void **state)
{
    (void)state;
    const struct locale *ko = i18n_locale(LANGUAGE_KO);
    const struct locale *en = i18n_locale(LANGUAGE_EN);
    struct value day = value_day(day_from_civil((struct civil){2027, 3, 31}));
    assert_true(writes(ko, day, "2027. 3. 31.(수)"));
    assert_true(writes(en, day, "31 March 2027 (Wed)"));
    struct value moment = value_moment((struct moment){1804150800000, 540});
    assert_true(writes(ko, moment, "2027. 3. 4.(목) 18:00"));
    assert_true(writes(en, moment, "4 March 2027 (Thu), 18:00"));
    assert_true(writes(ko, value_moment((struct moment){-1, 0}), "1969. 12. 31.(수) 23:59"));
    static const struct {
        int64_t won;
        const char *text;
    } money[] = {{0, "0원"},
                 {5678, "5,678원"},
                 {10000, "1만 원"},
                 {12500000, "1,250만 원"},
                 {12345678, "1,234만 5,678원"},
                 {320000000, "3억 2,000만 원"},
                 {100000000, "1억 원"},
                 {-20000, "−2만 원"},
                 {1000000000000, "1조 원"},
                 {INT64_MIN, "−922경 3,372조 368억 5,477만 5,808원"}};
    for (size_t i = 0; i < sizeof money / sizeof *money; i++)
        assert_true(writes(ko, value_won((struct won){money[i].won}), money[i].text));
    assert_true(writes(en, value_won((struct won){12500000}), "KRW 12,500,000"));
    assert_true(writes(ko, value_won_exact((struct won_exact){12500000}), "12,500,000원"));
    assert_true(writes(en, value_won_exact((struct won_exact){12500000}), "₩12,500,000"));
    assert_true(writes(ko, value_int(-1234567), "−1,234,567"));
    assert_true(writes(ko, value_int(INT64_MIN), "−9,223,372,036,854,775,808"));
    assert_true(writes(ko, value_plain_int((struct plain_int){2027}), "2027"));
    assert_true(writes(ko, value_real(1234.5), "1,234.5"));
    assert_true(writes(ko, value_real(100), "100"));
    assert_true(writes(ko, value_real(-0.0001), "0"));
    assert_true(writes(ko, value_real(999.9999), "1,000"));
    assert_true(writes(ko, value_fixed((struct fixed){87.35, 1}), "87.3") ||
                writes(ko, value_fixed((struct fixed){87.35, 1}), "87.4"));
    assert_true(writes(ko, value_fixed((struct fixed){80, 1}), "80.0"));
    assert_true(writes(ko, value_quantity((struct quantity){1200, STR("mm")}), "1,200\xe2\x80\x89mm"));
}

static void test_catalogue(void **state)
{
    (void)state;
    assert_true(str_eq(catalogue_find(&catalogue_en, STR("업체")), STR("Firms")));
    assert_true(str_eq(catalogue_find(&catalogue_en, STR("없는 글")), STR("없는 글")));
    assert_true(str_eq(catalogue_find(&catalogue_ko, STR("업체")), STR("업체")));
    enum language l = LANGUAGE_KO;
    assert_true(i18n_language(STR("en"), &l) && l == LANGUAGE_EN);
    assert_false(i18n_language(STR("EN"), &l));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_particles), cmocka_unit_test(test_fill),      cmocka_unit_test(test_pattern_syntax),
        cmocka_unit_test(test_values),    cmocka_unit_test(test_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
