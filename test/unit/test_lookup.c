/* vocab/lookup: words of a tree in texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vocab/lookup.h"

static const char tree_csv[] = "code,parent,ko,en,synonyms\n"
                               "HEAT,,열처리,Heat treatment,야끼\n"
                               "HEAT.VACUUM,HEAT,진공 열처리,Vacuum heat treatment,진공열처리품\n"
                               "CASTING,,주조,Casting,주물|주조품\n"
                               "PCB,,인쇄회로기판,Printed circuit board,PCB|P-CB 기판\n"
                               "MIM,,분말 사출,MIM process,MIM\n"
                               "SIZE,,치수,Size,20 mm 가공\n"
                               "PIN,,핀,Pin,주물\n";

struct fixture {
    struct arena arena;
    struct tree tree;
    struct lookup lookup;
};

static struct fixture f;

static int open_tree(void **state)
{
    (void)state;
    struct csv_table table;
    struct str why;
    size_t bad_line;
    arena_init(&f.arena, 16 << 20);
    if (csv_read(&f.arena, str_c(tree_csv), &table, &bad_line) != ST_OK ||
        tree_load(&f.arena, &table, &f.tree, &why) != ST_OK)
        return 1;
    lookup_build(&f.arena, &f.tree, &f.lookup);
    return 0;
}

static int close_tree(void **state)
{
    (void)state;
    arena_release(&f.arena);
    return 0;
}

/* Every word found, as "written=CODE" separated by blanks. */
static struct str scan(const char *text)
{
    struct lookup_text t;
    struct lookup_hit hit;
    struct str found = STR("");
    lookup_prepare(&f.arena, str_c(text), &t);
    for (size_t at = 0; lookup_find_next(&f.lookup, &t, at, &hit); at = hit.to) {
        struct str word = str_n(text + hit.from, hit.to - hit.from);
        found = arena_printf(&f.arena, STR_FMT "[" STR_FMT "=" STR_FMT "]", STR_ARG(found), STR_ARG(word),
                             STR_ARG(f.tree.v[hit.node].code));
    }
    return found;
}

static void check(const char *text, const char *want)
{
    struct str got = scan(text);
    if (!str_eq(got, str_c(want)))
        fail_msg("\"%s\": %s expected, " STR_FMT " found", text, want, STR_ARG(got));
}

static void test_longest_word_and_exact_bytes(void **state)
{
    (void)state;
    check("", "");
    check("부품을 진공 열처리 한다", "[진공 열처리=HEAT.VACUUM]");
    check("진공열처리품과 열처리", "[진공열처리품=HEAT.VACUUM][열처리=HEAT]");
    check("  VACUUM\theat-treatment  ", "[VACUUM\theat-treatment=HEAT.VACUUM]");
    check("ＰＣＢ, P.C.B.", "[ＰＣＢ=PCB][P.C.B=PCB]");
    check("두께 20㎜ 가공", "[20㎜ 가공=SIZE]");
}

static void test_boundaries(void **state)
{
    (void)state;
    check("FPCB PCBs PCB1 PCB용 고PCB", "[PCB=PCB][PCB=PCB]");
    check("MIMIC, MIM.", "[MIM=MIM]");
    check("자동차주조품을", "[주조품=CASTING]");
    check("자주 조립", "");
    check("맥주 조성 주조 회사", "[주조=CASTING]");
    check("핀 제조, 머리핀, 핀셋", "[핀=PIN]");
}

static void test_kinds_and_shared_words(void **state)
{
    (void)state;
    struct lookup_hit hit;
    assert_true(lookup_exact(&f.lookup, &f.arena, STR("HEAT.VACUUM"), &hit));
    assert_int_equal(hit.kind, LOOKUP_CODE);
    assert_true(lookup_exact(&f.lookup, &f.arena, STR("진공-열처리"), &hit));
    assert_int_equal(hit.kind, LOOKUP_NAME);
    assert_false(hit.shared);
    assert_true(lookup_exact(&f.lookup, &f.arena, STR("야끼"), &hit));
    assert_int_equal(hit.kind, LOOKUP_SYNONYM);
    assert_true(lookup_exact(&f.lookup, &f.arena, STR("주물"), &hit));
    assert_true(hit.shared);
    assert_false(lookup_exact(&f.lookup, &f.arena, STR("heat"), &hit));
    assert_false(lookup_exact(&f.lookup, &f.arena, STR("열처리 로"), &hit));
    assert_false(lookup_exact(&f.lookup, &f.arena, STR(""), &hit));
}

static void test_added_words(void **state)
{
    (void)state;
    struct lookup_hit hit;
    lookup_add(&f.arena, &f.lookup, STR("주강 제품"), 2);
    lookup_index(&f.arena, &f.lookup);
    assert_true(lookup_exact(&f.lookup, &f.arena, STR("주강제품"), &hit));
    assert_int_equal(hit.node, 2);
    for (size_t i = 1; i < f.lookup.n; i++)
        assert_true(str_cmp(f.lookup.v[i - 1].key, f.lookup.v[i].key) <= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_longest_word_and_exact_bytes),
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_kinds_and_shared_words),
        cmocka_unit_test(test_added_words),
    };
    return cmocka_run_group_tests(tests, open_tree, close_tree);
}
