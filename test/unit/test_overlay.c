/* The council's vocabulary entries: what they may change, and that both stores keep and give them back the same. */
#include "store_test.h"

#include "core/audit.h"
#include "core/change.h"
#include "feature/vocabulary/overlay_store.h"
#include "vocab/words.h"

#include <stdio.h>

static struct overlay_write write_of(enum vocab_list list, const char *code)
{
    return (struct overlay_write){.entry = {.list = list, .code = str_c(code)}, .actor = STR("cli")};
}

static struct overlay_write daejeon(void)
{
    struct overlay_write w = write_of(LIST_PROCESSES, "HEAT.DAEJEON");
    w.entry.parent = STR("HEAT");
    w.entry.ko = STR("대전식 열처리");
    w.entry.en = STR("Daejeon heat treatment");
    w.entry.synonyms = STR("대전열|소입");
    return w;
}

static void load(struct fixture *f, struct vocab *v)
{
    struct vocab_overlay overlay;
    struct overlay_refusals refusals = {NULL, 0, 0};
    struct str why;
    assert_ok(overlay_load(f->db, &overlay));
    assert_ok(vocab_load_over(&f->arena, embedded_vocab, &overlay, v, &refusals, &why));
    assert_int_equal(refusals.n, 0);
}

static struct str code_of_word(struct fixture *f, const struct vocab *v, const char *word)
{
    struct words *words = ARENA_NEW(&f->arena, struct words);
    struct lookup_hit hit;
    words_build(&f->arena, v, words);
    if (!lookup_exact(&words->processes, &f->arena, str_c(word), &hit))
        return STR("");
    return v->processes.v[hit.node].code;
}

static void assert_str(struct str got, const char *want)
{
    if (!str_eq(got, str_c(want)))
        fail_msg("%s expected, " STR_FMT " found", want, STR_ARG(got));
}

static void test_added(void **state)
{
    struct fixture *f = *state;
    struct vocab before, after;
    const char *why;
    uint32_t node, above;
    load(f, &before);
    assert_int_equal(before.version.n, 16);
    struct overlay_write w = daejeon();
    assert_ok(overlay_put(f->db, &w, &why));
    load(f, &after);
    assert_true(tree_find(&after.processes, STR("HEAT"), &above));
    assert_true(tree_find(&after.processes, STR("HEAT.DAEJEON"), &node));
    assert_int_equal(after.processes.v[node].parent, above);
    assert_true(tree_below(&after.processes, node, above));
    assert_int_equal(after.processes.n, before.processes.n + 1);
    assert_true(str_starts(after.version, before.version) && after.version.n > 17);
    assert_str(code_of_word(f, &after, "대전열"), "HEAT.DAEJEON");
}

/* A word that the council gives to one entry is taken from the others. */
static void test_words_are_taken(void **state)
{
    struct fixture *f = *state;
    struct vocab v;
    const char *why;
    struct overlay_write w = daejeon();
    load(f, &v);
    assert_str(code_of_word(f, &v, "소입"), "HEAT.QUENCH_TEMPER.QUENCH");
    assert_ok(overlay_put(f->db, &w, &why));
    load(f, &v);
    assert_str(code_of_word(f, &v, "소입"), "HEAT.DAEJEON");
    struct overlay_write end = write_of(LIST_PROCESSES, "HEAT.DAEJEON");
    assert_ok(overlay_end(f->db, &end, &why));
    load(f, &v);
    assert_str(code_of_word(f, &v, "소입"), "HEAT.QUENCH_TEMPER.QUENCH");
    assert_str(code_of_word(f, &v, "대전열"), "");
    assert_int_equal(overlay_end(f->db, &end, &why), ST_NOT_FOUND);
}

static void test_names_of_the_program(void **state)
{
    struct fixture *f = *state;
    struct vocab v;
    const char *why;
    uint32_t node;
    struct overlay_write w = write_of(LIST_PROCESSES, "HEAT.VACUUM");
    w.entry.ko = STR("진공로 처리");
    w.entry.synonyms = STR("우리말");
    assert_ok(overlay_put(f->db, &w, &why));
    load(f, &v);
    assert_true(tree_find(&v.processes, STR("HEAT.VACUUM"), &node));
    assert_str(v.processes.v[node].ko, "진공로 처리");
    assert_str(v.processes.v[node].en, "Vacuum heat treatment");
    assert_str(code_of_word(f, &v, "우리말"), "HEAT.VACUUM");
    assert_str(code_of_word(f, &v, "진공로"), "HEAT.VACUUM");
}

static void test_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum vocab_list list;
        const char *code, *parent, *ko, *en, *why;
    } rows[] = {
        {LIST_PROCESSES, "HEAT.VACUUM", "CASTING", "", "", "a code of the program keeps its parent"},
        {LIST_PROCESSES, "HEAT.X", "HEAT", "엑스", "", "a new code needs a Korean and an English name"},
        {LIST_PROCESSES, "NONE.X", "NONE", "엑스", "X", "its parent is in no list"},
        {LIST_PROCESSES, "HEAT.X", "", "엑스", "X", "its parent is missing"},
        {LIST_PROCESSES, "COLD.X", "HEAT", "엑스", "X", "the code must begin with the parent's and a dot"},
        {LIST_PROCESSES, "heat.x", "HEAT", "엑스", "X",
         "a code is made of upper-case words, digits and _ joined by dots"},
        {LIST_PROCESSES, "HEAT..X", "HEAT", "엑스", "X",
         "a code is made of upper-case words, digits and _ joined by dots"},
        {LIST_PROCESSES, "HEAT.X", "HEAT", "\xff", "X", "a text is no UTF-8 or too long"},
        {LIST_MATERIALS, "STEEL.ALLOY.SCM440.X", "STEEL.ALLOY.SCM440", "엑스", "X", "there is nothing below a grade"},
        {LIST_REGIONS, "KR.30.999", "KR.30", "엑스", "X", "a region needs lat and lon"},
        {LIST_INDUSTRIES, "SPACE.X", "SPACE", "엑스", "X", "this list has no levels"},
    };
    int64_t seq;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *why = NULL;
        struct overlay_write w = write_of(rows[i].list, rows[i].code);
        w.entry.parent = str_c(rows[i].parent);
        w.entry.ko = str_c(rows[i].ko);
        w.entry.en = str_c(rows[i].en);
        assert_int_equal(overlay_put(f->db, &w, &why), ST_INVALID);
        assert_string_equal(why, rows[i].why);
    }
    assert_ok(overlay_seq(f->db, &seq));
    assert_int_equal(seq, 0);
}

static void test_every_list(void **state)
{
    struct fixture *f = *state;
    struct vocab v;
    const char *why;
    uint32_t node, other;
    struct overlay_write grade = write_of(LIST_MATERIALS, "STEEL.ALLOY.X1"), held = write_of(LIST_CERTIFICATES, "DJ1"),
                         town = write_of(LIST_REGIONS, "KR.30.999"), trade = write_of(LIST_INDUSTRIES, "DRONE");
    struct overlay_write *all[] = {&grade, &held, &town, &trade};
    grade.entry.parent = STR("STEEL.ALLOY");
    grade.entry.density_kg_m3 = opt_real(7810.5);
    held.entry.kind = STR("system");
    held.entry.implies = STR("IATF16949");
    town.entry.parent = STR("KR.30");
    town.entry.has_point = true;
    town.entry.at = (struct coordinates){36.25, 127.5};
    for (size_t i = 0; i < 4; i++) {
        all[i]->entry.ko = STR("엑스");
        all[i]->entry.en = STR("X one");
        assert_ok(overlay_put(f->db, all[i], &why));
    }
    load(f, &v);
    assert_true(tree_find(&v.materials, STR("STEEL.ALLOY.X1"), &node));
    assert_int_equal(v.material_level[node], MATERIAL_GRADE);
    assert_true(v.density_kg_m3[node].has && v.density_kg_m3[node].v > 7810.4);
    assert_true(tree_find(&v.certificates, STR("DJ1"), &node));
    assert_true(tree_find(&v.certificates, STR("ISO9001"), &other));
    assert_true(vocab_certificate_implies(&v, node, other));
    assert_false(vocab_certificate_implies(&v, other, node));
    assert_true(tree_find(&v.regions, STR("KR.30.999"), &node));
    assert_true(v.centroid[node].lat > 36.2 && v.centroid[node].lon > 127.4);
    assert_true(tree_find(&v.industries, STR("DRONE"), &node));
}

static void test_what_is_below_stays(void **state)
{
    struct fixture *f = *state;
    const char *why = NULL;
    struct overlay_write above = daejeon(), below = daejeon();
    below.entry.code = STR("HEAT.DAEJEON.SUB");
    below.entry.parent = STR("HEAT.DAEJEON");
    below.entry.synonyms = STR("");
    assert_ok(overlay_put(f->db, &above, &why));
    assert_ok(overlay_put(f->db, &below, &why));
    assert_int_equal(overlay_end(f->db, &above, &why), ST_INVALID);
    assert_string_equal(why, "entries below it would no longer fit");
    assert_ok(overlay_end(f->db, &below, &why));
    assert_ok(overlay_end(f->db, &above, &why));
}

/* Each write is one change and one row of the audit chain; seq grows, also by an end. */
static void test_traces(void **state)
{
    struct fixture *f = *state;
    const char *why;
    int64_t first, second, third, change;
    struct audit_report report;
    struct overlay_write w = daejeon();
    assert_ok(overlay_put(f->db, &w, &why));
    assert_ok(overlay_seq(f->db, &first));
    w.entry.ko = STR("대전 열처리");
    assert_ok(overlay_put(f->db, &w, &why));
    assert_ok(overlay_seq(f->db, &second));
    assert_ok(overlay_end(f->db, &w, &why));
    assert_ok(overlay_seq(f->db, &third));
    assert_ok(change_seq(f->db, &change));
    assert_true(0 < first && first < second && second < third);
    assert_int_equal(change, third);
    assert_ok(audit_verify(f->db, &report));
    assert_int_equal(report.fault, AUDIT_WHOLE);
    assert_int_equal(report.rows, 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_added),   TEST(test_words_are_taken), TEST(test_names_of_the_program),
        TEST(test_refused), TEST(test_every_list),      TEST(test_what_is_below_stays),
        TEST(test_traces),
    };
    return run_on_both("overlay", tests, sizeof tests / sizeof tests[0]);
}
