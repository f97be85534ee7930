/* html/form: every kind of field, both readers, numbers as people type them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "html/form.h"
#include "i18n/i18n.h"

__extension__ static const struct choice colours[] = {{STR("red"), T("빨강"), {NULL, 0}},
                                                      {STR("blue"), T("파랑"), {NULL, 0}}};
static const struct choice_list colour_list = {colours, 2};

#define TEST_FORM(F)                                                                                                   \
    F(text, title, T("제목"), 2, 5, .required = true)                                                                  \
    F(int, count, T("수량"), 1, 10000, .required = true, .unit = UNIT_PIECES)                                          \
    F(real, length, T("길이"), 0.1, 5000, .required = false, .unit = UNIT_MM)                                          \
    F(day, due, T("납기"), 20000, 25000, .required = false)                                                            \
    F(bool, open, T("공개"), 0, 0, .required = false)                                                                  \
    F(choice, colour, T("색"), 0, 0, .required = false, .choices = &colour_list)
FORM(test_form, TEST_FORM);

struct fixture {
    struct arena arena;
    struct problem_list problems;
    struct pair pairs[8];
    struct pair_list list;
    struct test_form form;
};

static void start(struct fixture *x)
{
    memset(x, 0, sizeof *x);
    arena_init(&x->arena, 1 << 20);
    problem_list_init(&x->problems, &x->arena);
    x->list.v = x->pairs;
}

static void give(struct fixture *x, const char *name, const char *value)
{
    x->pairs[x->list.n++] = (struct pair){str_c(name), str_c(value)};
}

static bool read(struct fixture *x)
{
    return test_form_read(&x->form, &(struct form_input){&x->list, &x->arena, &x->problems});
}

static void test_good(void **state)
{
    (void)state;
    struct fixture x;
    start(&x);
    give(&x, "title", "  가나다라마 ");
    give(&x, "count", "１，２００ 개");
    give(&x, "length", "1.2 m");
    give(&x, "due", "2027. 3. 31.");
    give(&x, "open", "on");
    give(&x, "colour", "blue");
    give(&x, "csrf", "ignored");
    assert_true(read(&x));
    assert_true(str_eq(x.form.title.value, STR("가나다라마")));
    assert_true(str_eq(x.form.title.field.raw, STR("  가나다라마 ")));
    assert_true(str_eq(x.form.title.field.label.id, STR("제목")));
    assert_true(x.form.count.value.has && x.form.count.value.v == 1200);
    assert_true(x.form.length.value.has && x.form.length.value.v == 1200);
    assert_true(x.form.due.value.has && x.form.due.value.v.n == day_from_civil((struct civil){2027, 3, 31}).n);
    assert_true(x.form.open.value);
    assert_true(str_eq(x.form.colour.value, STR("blue")));
    assert_int_equal(x.problems.n, 0);
    arena_release(&x.arena);
}

static void test_bad(void **state)
{
    (void)state;
    struct fixture x;
    start(&x);
    give(&x, "title", "가나다라마바");
    give(&x, "count", "20000");
    give(&x, "length", "3 kg");
    give(&x, "due", "2027-02-30");
    give(&x, "colour", "green");
    assert_false(read(&x));
    static const enum problem_code want[] = {PROBLEM_TOO_LONG, PROBLEM_RANGE, PROBLEM_TYPE, PROBLEM_DATE, PROBLEM_CODE};
    assert_int_equal(x.problems.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(x.problems.v[i].code, want[i]);
    assert_true(str_eq(x.problems.v[1].field, STR("count")));
    assert_true(str_eq(x.form.count.field.raw, STR("20000")) && !x.form.count.value.has);
    struct field_list errors = form_errors(test_form_spec(), &x.form, &x.arena);
    assert_int_equal(errors.n, 5);
    AUTO_BUF b;
    buf_init(&b, 1000);
    const struct phrase *p = &errors.v[1]->error;
    const struct locale *ko = i18n_locale(LANGUAGE_KO);
    ko->write_msg(ko, &b, p->msg, p->args, p->n);
    assert_true(str_eq(buf_str(&b), STR("10,000 이하여야 합니다.")));
    arena_release(&x.arena);
}

static void test_missing_and_query(void **state)
{
    (void)state;
    struct fixture x;
    start(&x);
    give(&x, "title", "   ");
    assert_false(read(&x));
    assert_int_equal(x.problems.n, 2);
    assert_int_equal(x.problems.v[0].code, PROBLEM_MISSING);
    give(&x, "count", "99999999");
    give(&x, "colour", "red");
    give(&x, "length", "12");
    struct form_input in = {&x.list, &x.arena, NULL};
    test_form_query(&x.form, &in);
    assert_false(x.form.count.value.has || x.form.count.field.bad || x.form.title.field.bad);
    assert_int_equal(x.form.count.field.raw.n, 0);
    assert_true(x.form.length.value.v == 12 && str_eq(x.form.colour.value, STR("red")));
    assert_int_equal(form_errors(test_form_spec(), &x.form, &x.arena).n, 0);
    arena_release(&x.arena);
}

static void test_text_forms(void **state)
{
    (void)state;
    struct fixture x;
    start(&x);
    give(&x, "title", "a\r\nb");
    give(&x, "count", "3");
    assert_true(read(&x));
    assert_true(str_eq(x.form.title.value, STR("a\nb")));
    const char *const refused[] = {"a\x01"
                                   "b",
                                   "\xff\xff\xff"};
    for (size_t i = 0; i < 2; i++) {
        x.pairs[0].value = str_c(refused[i]);
        assert_false(read(&x));
        assert_int_equal(x.problems.v[x.problems.n - 1].code, PROBLEM_NOT_TEXT);
    }
    x.pairs[0].value = STR("가나"); /* decomposed on entry: two characters in NFC */
    x.pairs[0].value = STR("\xe1\x84\x80\xe1\x85\xa1\xe1\x84\x82\xe1\x85\xa1");
    assert_true(read(&x));
    assert_true(str_eq(x.form.title.value, STR("가나")));
    arena_release(&x.arena);
}

static void test_set_and_choices_of_data(void **state)
{
    (void)state;
    struct fixture x;
    start(&x);
    test_form_init(&x.form);
    text_field_set(&x.form.title, STR("x"));
    int_field_set(&x.form.count, &x.arena, opt_int(12));
    real_field_set(&x.form.length, &x.arena, opt_real(0.1));
    day_field_set(&x.form.due, &x.arena, (struct opt_day){{20543}, true});
    choice_field_set(&x.form.colour, STR("red"));
    bool_field_set(&x.form.open, true);
    assert_true(str_eq(x.form.count.field.raw, STR("12")) && str_eq(x.form.length.field.raw, STR("0.1")));
    assert_true(str_eq(x.form.due.field.raw, STR("2026-03-31")));
    struct choice own = {STR("mine"), {{NULL, 0}}, STR("내 것")};
    struct choice_list list = {&own, 1};
    x.form.colour.choices = &list;
    give(&x, "title", "제목");
    give(&x, "count", "1");
    give(&x, "colour", "mine");
    assert_true(read(&x));
    assert_true(str_eq(x.form.colour.value, STR("mine")));
    field_fail(&x.form.title.field, (struct phrase){.msg = T("이미 있습니다.")});
    assert_true(x.form.title.field.bad);
    arena_release(&x.arena);
}

struct number_case {
    const char *text;
    enum unit unit;
    double want; /* NAN: refused */
};

static const struct number_case cases[] = {
    {"1,200", UNIT_NONE, 1200},
    {"１２００", UNIT_NONE, 1200},
    {"1.2 m", UNIT_MM, 1200},
    {"1.2m", UNIT_MM, 1200},
    {"12 cm", UNIT_MM, 120},
    {"1 m 20 cm", UNIT_MM, 1200},
    {"480", UNIT_MM, 480},
    {"5 ㎜", UNIT_MM, 5},
    {"2 t", UNIT_KG, 2000},
    {"500 g", UNIT_KG, 0.5},
    {"1,250만 원", UNIT_WON, 12500000},
    {"3억 2,000만 원", UNIT_WON, 320000000},
    {"12,500,000원", UNIT_WON, 12500000},
    {"1.5억", UNIT_WON, 150000000},
    {"백만", UNIT_WON, NAN},
    {"3주", UNIT_DAYS, 21},
    {"-5", UNIT_NONE, -5},
    {"−5", UNIT_NONE, -5},
    {"0.5", UNIT_NONE, 0.5},
    {"1,234,567.5", UNIT_NONE, 1234567.5},
    {"12 %", UNIT_PERCENT, 12},
    {"1,2", UNIT_NONE, NAN},
    {"1,20", UNIT_NONE, NAN},
    {",200", UNIT_NONE, NAN},
    {"1,200,", UNIT_NONE, NAN},
    {"1234,567", UNIT_NONE, NAN},
    {"1.2.3", UNIT_NONE, NAN},
    {"1.", UNIT_NONE, NAN},
    {".5", UNIT_NONE, NAN},
    {"", UNIT_NONE, NAN},
    {"-", UNIT_NONE, NAN},
    {"5 kg", UNIT_MM, NAN},
    {"5 mm", UNIT_NONE, NAN},
    {"1e5", UNIT_NONE, NAN},
    {"nan", UNIT_NONE, NAN},
    {"0x10", UNIT_NONE, NAN},
    {"2,000만 3억", UNIT_WON, NAN},
    {"1 m 2 m", UNIT_MM, NAN},
    {"1 2", UNIT_NONE, 12},
};

static void test_numbers(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = NAN;
        bool good = form_number(&a, str_c(cases[i].text), cases[i].unit, &x);
        if (good != !isnan(cases[i].want) || (good && fabs(x - cases[i].want) > 1e-6))
            fail_msg("\"%s\": %d %f", cases[i].text, good, x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_missing_and_query),
        cmocka_unit_test(test_text_forms),
        cmocka_unit_test(test_set_and_choices_of_data),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
