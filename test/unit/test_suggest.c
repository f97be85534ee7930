/* vocab/suggest: what is offered while a word is being typed, as tables over the real vocabulary; old codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "vocab/words.h"

static struct arena arena;
static struct vocab vocab;
static struct words words;

static int load(void **state)
{
    (void)state;
    struct str why;
    arena_init(&arena, 512U << 20);
    if (vocab_load(&arena, embedded_vocab, &vocab, &why) != ST_OK) {
        print_error(STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    words_build(&arena, &vocab, &words);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct suggest_hits find(const char *text, enum vocab_list list, size_t limit)
{
    struct suggest_hits hits;
    struct suggest_question q = {str_c(text), list, limit};
    suggest_find(&words.suggest, &arena, &q, &hits);
    return hits;
}

static struct str code_of(const struct suggest_hit *h)
{
    return vocab_tree(&vocab, h->list)->v[h->node].code;
}

static void test_first(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum vocab_list list;
        const char *first;
        enum suggest_rank rank;
    } rows[] = {
        {"열처리", VOCAB_LISTS, "HEAT", SUGGEST_EXACT},
        {"열 처리", LIST_PROCESSES, "HEAT", SUGGEST_EXACT},
        {"ㅇㅊㄹ", LIST_PROCESSES, "HEAT", SUGGEST_NAME},
        {"열ㅊ", LIST_PROCESSES, "HEAT", SUGGEST_NAME},
        {"열처", LIST_PROCESSES, "HEAT", SUGGEST_NAME},
        {"열ㅊㄹ", LIST_PROCESSES, "HEAT", SUGGEST_NAME},
        {"열철", LIST_PROCESSES, "HEAT", SUGGEST_NAME},
        {"소입", LIST_PROCESSES, "HEAT.QUENCH_TEMPER.QUENCH", SUGGEST_EXACT},
        {"ㅈㅈ", LIST_PROCESSES, "CASTING", SUGGEST_NAME},
        {"casting", VOCAB_LISTS, "CASTING", SUGGEST_EXACT},
        {"cast", LIST_PROCESSES, "CASTING", SUGGEST_NAME},
        {"HEAT.VACUUM", VOCAB_LISTS, "HEAT.VACUUM", SUGGEST_EXACT},
        {"scm440", VOCAB_LISTS, "STEEL.ALLOY.SCM440", SUGGEST_EXACT},
        {"SCM44", LIST_MATERIALS, "STEEL.ALLOY.SCM440", SUGGEST_NAME},
        {"as9100", VOCAB_LISTS, "AS9100", SUGGEST_EXACT},
        {"AS 9100 D", VOCAB_LISTS, "AS9100", SUGGEST_EXACT},
        {"유성", LIST_REGIONS, "KR.30.200", SUGGEST_EXACT},
        {"유서", LIST_REGIONS, "KR.30.200", SUGGEST_SYNONYM},
        {"대전", VOCAB_LISTS, "KR.30", SUGGEST_EXACT},
        {"ㄷㅈ", LIST_REGIONS, "KR.30", SUGGEST_NAME},
        {"항공", LIST_INDUSTRIES, "AEROSPACE", SUGGEST_EXACT},
        {"방산", LIST_INDUSTRIES, "DEFENSE", SUGGEST_EXACT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct suggest_hits hits = find(rows[i].typed, rows[i].list, 5);
        if (!hits.n)
            fail_msg("%s: nothing", rows[i].typed);
        if (!str_eq(code_of(&hits.v[0]), str_c(rows[i].first)) || hits.v[0].rank != rows[i].rank)
            fail_msg("%s: " STR_FMT " by \"" STR_FMT "\", rank %d", rows[i].typed, STR_ARG(code_of(&hits.v[0])),
                     STR_ARG(hits.v[0].word), hits.v[0].rank);
    }
}

static void test_among(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *code;
    } rows[] = {
        {"ㅈㄱㅇㅊㄹ", "HEAT.VACUUM"},   {"처리", "HEAT"},          {"진공", "HEAT.VACUUM"},
        {"아노다", "SURFACE.ANODIZING"}, {"vacuum", "HEAT.VACUUM"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct suggest_hits hits = find(rows[i].typed, LIST_PROCESSES, 100);
        bool there = false;
        for (size_t k = 0; k < hits.n; k++)
            there |= str_eq(code_of(&hits.v[k]), str_c(rows[i].code));
        if (!there)
            fail_msg("%s does not offer %s", rows[i].typed, rows[i].code);
    }
}

static void test_limits_and_order(void **state)
{
    (void)state;
    static const char *const typed[] = {"ㅇ", "a", "강", "st", "가공", "대", "ㄱㄱ"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct suggest_hits all = find(typed[i], VOCAB_LISTS, 100), few = find(typed[i], VOCAB_LISTS, 7);
        assert_int_equal(few.n, 7);
        for (size_t k = 0; k < all.n; k++) {
            if (k < few.n)
                assert_true(few.v[k].node == all.v[k].node && few.v[k].list == all.v[k].list);
            assert_true(!k || all.v[k - 1].rank <= all.v[k].rank);
            for (size_t m = 0; m < k; m++)
                assert_false(all.v[k].node == all.v[m].node && all.v[k].list == all.v[m].list);
        }
    }
    assert_int_equal(find("", VOCAB_LISTS, 10).n, 0);
    assert_int_equal(find(" . - ", VOCAB_LISTS, 10).n, 0);
    assert_int_equal(find("🜁없는말", VOCAB_LISTS, 10).n, 0);
    assert_int_equal(find("열처리", VOCAB_LISTS, 0).n, 0);
    struct suggest_hits hits = find("열처리", LIST_REGIONS, 10);
    assert_int_equal(hits.n, 0);
}

static void test_near(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *code;
    } rows[] = {{"열처라", "HEAT"}, {"에노다이징", "SURFACE.ANODIZING"}, {"castng", "CASTING"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct suggest_hits hits;
        struct suggest_question q = {str_c(rows[i].typed), LIST_PROCESSES, 3};
        suggest_near(&words.suggest, &arena, &q, &hits);
        bool there = false;
        for (size_t k = 0; k < hits.n; k++)
            there |= str_eq(code_of(&hits.v[k]), str_c(rows[i].code));
        if (!there)
            fail_msg("%s is not near %s", rows[i].typed, rows[i].code);
    }
}

/* A bound with much room, because tests run sanitized and beside each other; script/bench measures. */
static void test_is_quick(void **state)
{
    (void)state;
    static const char *const typed[] = {"ㅇ", "a", "강", "열처리", "ㅇㅊㄹ", "없는말입니다"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        int64_t began = time_steady_ns();
        for (int k = 0; k < 20; k++) {
            AUTO_ARENA a;
            arena_init(&a, 64 << 20);
            struct suggest_hits hits;
            struct suggest_question q = {str_c(typed[i]), VOCAB_LISTS, 12};
            suggest_find(&words.suggest, &a, &q, &hits);
        }
        int64_t each_us = (time_steady_ns() - began) / 20000;
        print_message("%s: %lld us\n", typed[i], (long long)each_us);
        assert_true(each_us < 50000);
    }
}

static void test_renamed_codes(void **state)
{
    (void)state;
    static const struct {
        const char *old;
        const char *new;
    } rows[] = {{"KR.42", "KR.51"},         {"KR.45.110", "KR.52.110"}, {"KR.47.720", "KR.27.720"},
                {"KR.28.170", "KR.28.177"}, {"KR.29.155", "KR.12.270"}, {"KR.36.110", "KR.36"}};
    uint32_t node;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_false(tree_find(&vocab.regions, str_c(rows[i].old), &node));
        assert_true(vocab_find(&vocab, &vocab.regions, str_c(rows[i].old), &node));
        assert_true(str_eq(vocab.regions.v[node].code, str_c(rows[i].new)));
        assert_false(vocab_find(&vocab, &vocab.processes, str_c(rows[i].old), &node));
    }
    /* Split or merged units have no one successor. */
    assert_false(vocab_find(&vocab, &vocab.regions, STR("KR.29"), &node));
    assert_false(vocab_find(&vocab, &vocab.regions, STR("KR.46"), &node));
    assert_false(vocab_find(&vocab, &vocab.regions, STR("KR.28.260"), &node));
    assert_int_equal(vocab.new_codes.n, vocab.renames.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first), cmocka_unit_test(test_among),    cmocka_unit_test(test_limits_and_order),
        cmocka_unit_test(test_near),  cmocka_unit_test(test_is_quick), cmocka_unit_test(test_renamed_codes),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
