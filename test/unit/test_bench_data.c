/* Test data of the benches: the same for a seed, of the promised size, and nothing that the readers would refuse. */
#include "match/need_read.h"
#include "match/scan.h"
#include "match/supply_read.h"
#include "match/supply_write.h"
#include "test/bench/needs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FIRMS = 1500, TEXT_MAX = 1 << 26 };

struct data {
    struct arena arena;
    struct vocab vocab;
};

static int set_up(void **state)
{
    struct data *d = calloc(1, sizeof *d);
    struct str why;
    arena_init(&d->arena, SIZE_MAX / 2);
    assert_int_equal(vocab_load(&d->arena, embedded_vocab, &d->vocab, &why), ST_OK);
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct data *d = *state;
    arena_release(&d->arena);
    free(d);
    return 0;
}

static struct supply draw(struct data *d, size_t firms, uint64_t seed)
{
    struct supply out;
    struct str why = STR("");
    struct firms_plan plan = {firms, seed};
    if (firms_supply(&d->arena, &d->vocab, &plan, &out, &why) != ST_OK)
        fail_msg(STR_FMT, STR_ARG(why));
    return out;
}

static struct str lines_of(struct data *d, const struct supply *s)
{
    AUTO_BUF b;
    buf_init(&b, TEXT_MAX);
    for (size_t i = 0; i < s->n; i++) {
        struct json_out j;
        jout_init(&j, &b);
        supply_write_site(&d->arena, &d->vocab, &j, s->v[i]);
        buf_add_byte(&b, '\n');
    }
    assert_int_equal(buf_status(&b), ST_OK);
    return arena_str(&d->arena, buf_str(&b));
}

static void same_seed_same_bytes(void **state)
{
    struct data *d = *state;
    struct supply a = draw(d, FIRMS, 7), b = draw(d, FIRMS, 7), other = draw(d, FIRMS, 8);
    struct str text = lines_of(d, &a);
    assert_true(str_eq(text, lines_of(d, &b)));
    assert_false(str_eq(text, lines_of(d, &other)));
    struct supply smaller = draw(d, FIRMS / 2, 7);
    assert_true(str_starts(text, lines_of(d, &smaller)));
}

static void counts_are_as_promised(void **state)
{
    struct data *d = *state;
    struct supply s = draw(d, FIRMS, 7);
    double rows = (double)supply_capabilities(&s) / FIRMS;
    assert_in_range(s.n, FIRMS, FIRMS * 12 / 10);
    assert_true(rows > 2.2 && rows < 2.6);
    size_t blank_sizes = 0, listless = 0, processes = 0;
    bool *offered = ARENA_ARRAY(&d->arena, d->vocab.processes.n, bool);
    for (size_t i = 0; i < s.n; i++) {
        listless += !s.v[i]->certificates.known;
        for (size_t k = 0; k < s.v[i]->capabilities.n; k++) {
            const struct capability *c = &s.v[i]->capabilities.v[k];
            blank_sizes += !c->size_mm.n;
            processes += !offered[c->process];
            offered[c->process] = true;
        }
    }
    assert_in_range(blank_sizes, FIRMS / 4, FIRMS * 3 / 2);
    assert_in_range(listless, FIRMS / 10, FIRMS / 2);
    assert_in_range(processes, 200, d->vocab.processes.n);
}

static void report_bad(void *arg, size_t line, const struct problem *p)
{
    struct str why = problem_text(arg, p, false);
    print_error("line %zu: " STR_FMT "\n", line, STR_ARG(why));
}

static void every_line_is_read_back(void **state)
{
    struct data *d = *state;
    struct supply s = draw(d, FIRMS, 9), again = {NULL, 0, 0};
    struct line_report report = {report_bad, &d->arena};
    size_t bad;
    struct str text = lines_of(d, &s);
    supply_read_lines(&d->arena, &d->vocab, text, &report, &again, &bad);
    assert_int_equal(bad, 0);
    assert_int_equal(again.n, s.n);
    assert_true(str_eq(text, lines_of(d, &again)));
}

static struct str_list draw_needs(struct data *d, bool chains, uint64_t seed)
{
    struct str_list out = {NULL, 0, 0};
    struct str why = STR("");
    struct needs_plan plan = {30, seed};
    enum status st = chains ? needs_chain(&d->arena, &d->vocab, &plan, &out, &why)
                            : needs_single(&d->arena, &d->vocab, &plan, &out, &why);
    if (st != ST_OK)
        fail_msg(STR_FMT, STR_ARG(why));
    assert_int_equal(out.n, plan.count);
    return out;
}

static struct need read_need(struct data *d, struct str text)
{
    struct need need;
    struct problem_list problems;
    problem_list_init(&problems, &d->arena);
    if (need_read_text(&d->arena, &d->vocab, text, &need, &problems) != ST_OK)
        fail_msg(STR_FMT, STR_ARG(text));
    return need;
}

static void needs_are_selective(void **state)
{
    struct data *d = *state;
    struct str_list needs = draw_needs(d, false, 7), again = draw_needs(d, false, 7);
    struct supply s = draw(d, 2 * FIRMS, 7);
    size_t rows = supply_capabilities(&s), kinds[CRITERION_COUNT] = {0}, rare = 0, common = 0;
    for (size_t i = 0; i < needs.n; i++) {
        struct match_answer answer;
        assert_true(str_eq(needs.v[i], again.v[i]));
        struct need need = read_need(d, needs.v[i]);
        for (size_t k = 0; k < need.steps.v[0].criteria.n; k++)
            kinds[need.steps.v[0].criteria.v[k].kind]++;
        match_scan(&d->arena, &d->vocab, &need, &s, day_from_civil(FIRMS_TODAY), 20, &answer);
        uint64_t found = answer.v[0].count[CLASS_MEETS] + answer.v[0].count[CLASS_ASK];
        assert_true((double)found < 0.2 * (double)rows);
        rare += found < rows / 500;
        common += found > rows / 100;
    }
    assert_true(rare >= 5 && common >= 5);
    static const enum criterion_kind asked[] = {CRITERION_MATERIAL,  CRITERION_ENVELOPE,    CRITERION_MASS,
                                                CRITERION_TOLERANCE, CRITERION_ROUGHNESS,   CRITERION_QUANTITY,
                                                CRITERION_DUE,       CRITERION_CERTIFICATE, CRITERION_PLACE};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        assert_in_range(kinds[asked[i]], 3, 2 * needs.n);
}

static void chains_have_two_to_six_steps(void **state)
{
    struct data *d = *state;
    struct str_list needs = draw_needs(d, true, 7);
    size_t of_length[NEEDS_CHAIN_MOST + 1] = {0};
    for (size_t i = 0; i < needs.n; i++) {
        struct need need = read_need(d, needs.v[i]);
        assert_in_range(need.steps.n, NEEDS_CHAIN_LEAST, NEEDS_CHAIN_MOST);
        of_length[need.steps.n]++;
    }
    for (size_t n = NEEDS_CHAIN_LEAST; n <= NEEDS_CHAIN_MOST; n++)
        assert_int_equal(of_length[n], 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_bytes),         cmocka_unit_test(counts_are_as_promised),
        cmocka_unit_test(every_line_is_read_back),      cmocka_unit_test(needs_are_selective),
        cmocka_unit_test(chains_have_two_to_six_steps),
    };
    return cmocka_run_group_tests_name("bench_data", tests, set_up, tear_down);
}
