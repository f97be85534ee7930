/* Chains that the clock ends: what is then said about the distance to the best holds against the whole answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "match/need_read.h"
#include "test/bench/chain_draw.h"

enum { ROUNDS = 12, CANDIDATES = 20000, STEPS = 4 };

static struct arena lasting;
static struct vocab vocab;
static struct need need;

static int setup(void **state)
{
    static const char text[] =
        "{\"ref\":\"N-1\",\"due\":\"2027-02-10\",\"deliver_to\":{\"region\":\"KR.30\"},\"steps\":["
        "{\"process\":\"FORMING.FORGING\",\"mass_kg\":30,\"quantity\":40},"
        "{\"process\":\"HEAT.VACUUM\",\"mass_kg\":30,\"quantity\":40},"
        "{\"process\":\"MACHINING.TURNING.CNC\",\"mass_kg\":25,\"quantity\":40},"
        "{\"process\":\"SURFACE.PLATING\",\"mass_kg\":25,\"quantity\":40}]}";
    struct str why;
    struct problem_list problems;
    (void)state;
    arena_init(&lasting, SIZE_MAX / 2);
    problem_list_init(&problems, &lasting);
    return vocab_load(&lasting, embedded_vocab, &vocab, &why) != ST_OK ||
           need_read_text(&lasting, &vocab, str_c(text), &need, &problems) != ST_OK;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&lasting);
    return 0;
}

static struct chain_answer find(struct arena *a, const struct chain_draw *drawn, enum chain_objective objective,
                                int64_t limit_ms)
{
    struct chain_request request = {
        .vocab = &vocab, .need = &need, .input = &drawn->input, .objective = objective, .k = 3, .limit_ms = limit_ms};
    struct chain_answer answer;
    assert_true(day_parse(STR("2026-12-20"), &request.today));
    assert_int_equal(chain_find(a, &request, &answer), ST_OK);
    return answer;
}

static void test_gap_holds(void **state)
{
    static const enum chain_objective objectives[] = {CHAIN_COST, CHAIN_TIME, CHAIN_CARBON, CHAIN_SCORE};
    size_t cut = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        AUTO_ARENA a;
        struct chain_draw drawn;
        enum chain_objective objective = objectives[seed % 4];
        arena_init(&a, SIZE_MAX / 2);
        chain_draw(&a, &(struct chain_plan){&vocab, STEPS, CANDIDATES, seed}, &drawn);
        struct chain_answer whole = find(&a, &drawn, objective, 60000);
        assert_true(whole.complete && !whole.gap.has && whole.chains.n == 3);
        for (int64_t limit_ms = 1; limit_ms <= 8; limit_ms *= 2) {
            struct chain_answer part = find(&a, &drawn, objective, limit_ms);
            cut += !part.complete;
            if (part.complete || (part.gap.has && part.gap.v == 0))
                assert_true(part.chains.v[0].value == whole.chains.v[0].value);
            if (part.gap.has)
                assert_true(part.chains.v[0].value - whole.chains.v[0].value <= part.gap.v + 1e-6);
        }
    }
    print_message("%zu of %d answers ended by the clock\n", cut, 4 * ROUNDS);
    assert_true(cut > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gap_holds)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
