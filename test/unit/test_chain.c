/* Chains: search against going through all, over drawn needs and sites full of ties and blanks; order rules. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/random.h"
#include "match/chain_write.h"
#include "match/need_read.h"
#include "match/supply_read.h"

static struct arena lasting;
static struct vocab vocab;

static const char *const processes[] = {"FORMING.FORGING", "HEAT.VACUUM", "MACHINING.TURNING.CNC", "SURFACE.PLATING",
                                        "INSPECTION.NDT.PT"};
enum { PROCESS_COUNT = sizeof processes / sizeof *processes, SITES_MOST = 12 };

static void nobody(void *arg, size_t line, const struct problem *p)
{
    (void)arg;
    fail_msg("line %zu: " STR_FMT " %s", line, STR_ARG(p->field), problem_word(p->code));
}

static const struct line_report report = {nobody, NULL};

static int setup(void **state)
{
    struct str why;
    (void)state;
    arena_init(&lasting, SIZE_MAX / 2);
    return vocab_load(&lasting, embedded_vocab, &vocab, &why) != ST_OK;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&lasting);
    return 0;
}

/* Few different values: ties in cost, days and place are the rule. */
static void draw_capability(struct random *r, struct buf *out, int number)
{
    buf_printf(out, "{\"ref\":\"C-%d\",\"process\":\"%s\"", number, processes[random_below(r, PROCESS_COUNT)]);
    if (random_below(r, 3))
        buf_printf(out, ",\"lead_days\":%d", (int)random_below(r, 4) * 3);
    if (random_below(r, 3))
        buf_printf(out, ",\"price\":{\"setup_won\":%d,\"per_kg_won\":%d}", (int)random_below(r, 3) * 50000,
                   (int)random_below(r, 3) * 2000);
    else if (random_below(r, 2))
        buf_printf(out, ",\"price\":{\"per_piece_won\":%d}", (int)random_below(r, 3) * 12345 + 1);
    if (random_below(r, 2))
        buf_printf(out, ",\"energy_kwh_per_kg\":%.2f", (double)random_below(r, 5) / 4);
    if (random_below(r, 3) == 0)
        buf_printf(out, ",\"mass_kg\":{\"max\":%d}", 1 + (int)random_below(r, 60));
    buf_printf(out, ",\"evidence\":\"%s\"}", random_below(r, 2) ? "self" : "document");
}

static void draw_sites(struct random *r, struct buf *out)
{
    static const char *const places[] = {"",
                                         ",\"region\":\"KR.30.200\"",
                                         ",\"lat\":36.35,\"lon\":127.38",
                                         ",\"lat\":36.43,\"lon\":127.40",
                                         ",\"region\":\"KR.26\"",
                                         ",\"region\":\"KR.50\",\"lat\":33.5,\"lon\":126.5"};
    int sites = 1 + (int)random_below(r, SITES_MOST), capabilities = 0;
    bool scattered = random_below(r, 2);
    for (int s = 0; s < sites; s++) {
        int org = (int)random_below(r, 8);
        buf_printf(out, "{\"org\":{\"name\":\"O%d\"", org);
        if (org < 3)
            buf_printf(out, ",\"reg_no\":\"%d\"", org / 2);
        buf_printf(out, "},\"site\":{\"ref\":\"S-%d\",\"name\":\"site\"", s);
        if (scattered && random_below(r, 4))
            buf_printf(out, ",\"lat\":%.3f,\"lon\":%.3f", 35.5 + (double)random_below(r, 50) * 0.031,
                       126.5 + (double)random_below(r, 50) * 0.037);
        else
            buf_add_c(out, places[random_below(r, sizeof places / sizeof *places)]);
        buf_add_c(out, "},\"capabilities\":[");
        int n = 1 + (int)random_below(r, 4);
        for (int i = 0; i < n; i++) {
            buf_add_c(out, i ? "," : "");
            draw_capability(r, out, ++capabilities);
        }
        buf_add_c(out, "]}\n");
    }
}

static void draw_need(struct random *r, struct buf *out)
{
    int steps = 1 + (int)random_below(r, 4);
    buf_printf(out, "{\"ref\":\"N-%d\"", (int)random_below(r, 1000));
    if (random_below(r, 2))
        buf_printf(out, ",\"due\":\"2027-01-%02d\"", 1 + (int)random_below(r, 28));
    if (random_below(r, 2))
        buf_add_c(out, ",\"deliver_to\":{\"region\":\"KR.30\"}");
    if (random_below(r, 2))
        buf_add_c(out, ",\"origin\":{\"lat\":37.5,\"lon\":127.0}");
    buf_add_c(out, ",\"steps\":[");
    bool mass = random_below(r, 3) != 0;
    for (int i = 0; i < steps; i++) {
        buf_printf(out, "%s{\"process\":\"%s\"", i ? "," : "", processes[random_below(r, PROCESS_COUNT)]);
        if (mass || random_below(r, 2))
            buf_printf(out, ",\"mass_kg\":%d", 1 + (int)random_below(r, 50));
        if (random_below(r, 2))
            buf_printf(out, ",\"quantity\":%d", 1 + (int)random_below(r, 200));
        buf_printf(out, ",\"need\":{\"due\":\"%s\"}}", random_below(r, 2) ? "must" : "prefer");
    }
    buf_add_c(out, "]}");
}

static void write_answer(struct arena *a, struct chain_request *request, bool brute, struct buf *out)
{
    struct chain_answer answer;
    struct json_out j;
    request->brute = brute;
    request->limit_ms = 60000;
    assert_int_equal(chain_find(a, request, &answer), ST_OK);
    assert_true(answer.complete);
    jout_init(&j, out);
    chain_answer_json(a, &j, &answer);
}

/* Gives the number of chains that were shown. */
static size_t compare(uint64_t seed)
{
    AUTO_ARENA a;
    AUTO_BUF sites;
    AUTO_BUF need_text;
    AUTO_BUF by_search;
    AUTO_BUF by_brute;
    struct random r;
    struct need need;
    struct supply supply = {NULL, 0, 0};
    size_t bad;
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&sites, 1 << 20);
    buf_init(&need_text, 1 << 20);
    buf_init(&by_search, 16 << 20);
    buf_init(&by_brute, 16 << 20);
    random_seed(&r, seed);
    draw_sites(&r, &sites);
    draw_need(&r, &need_text);
    struct problem_list problems;
    problem_list_init(&problems, &a);
    assert_int_equal(need_read_text(&a, &vocab, buf_str(&need_text), &need, &problems), ST_OK);
    supply_read_lines(&a, &vocab, buf_str(&sites), &report, &supply, &bad);
    struct chain_request request = {.vocab = &vocab, .need = &need, .k = 1 + random_below(&r, 12)};
    request.objective = (enum chain_objective)random_below(&r, CHAIN_OBJECTIVE_COUNT);
    assert_true(day_parse(STR("2026-12-20"), &request.today));
    chain_candidates(&a, &request, &supply);
    write_answer(&a, &request, false, &by_search);
    write_answer(&a, &request, true, &by_brute);
    if (!str_eq(buf_str(&by_search), buf_str(&by_brute))) {
        fprintf(stderr, STR_FMT "\n" STR_FMT "\nsearch " STR_FMT "\nall    " STR_FMT "\n", STR_ARG(buf_str(&need_text)),
                STR_ARG(buf_str(&sites)), STR_ARG(buf_str(&by_search)), STR_ARG(buf_str(&by_brute)));
        fail_msg("seed %" PRIu64 ", %s", seed, chain_objective_word(request.objective));
    }
    return by_brute.n > 900;
}

/* PPURI_SEED replays one; PPURI_ROUNDS says how many. */
static void test_search_equals_all(void **state)
{
    (void)state;
    const char *one = getenv("PPURI_SEED"), *many = getenv("PPURI_ROUNDS");
    uint64_t first = one ? strtoull(one, NULL, 10) : 1, rounds = one ? 1 : many ? strtoull(many, NULL, 10) : 3000;
    size_t with_chains = 0;
    for (uint64_t i = 0; i < rounds; i++)
        with_chains += compare(first + i);
    print_message("%" PRIu64 " needs, %zu with chains\n", rounds, with_chains);
    assert_true(one || with_chains > rounds / 4);
}

static struct chain_warnings warnings_of(struct arena *a, const char *steps)
{
    struct need need;
    struct chain_warnings out;
    struct problem_list problems;
    problem_list_init(&problems, a);
    assert_int_equal(need_read_text(a, &vocab, arena_printf(a, "{\"steps\":[%s]}", steps), &need, &problems), ST_OK);
    chain_check_order(a, &vocab, &need, &out);
    return out;
}

static bool warns(const struct chain_warnings *w, enum order_kind kind, size_t step, const char *then)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->v[i].rule->kind == kind && w->v[i].step == step &&
            str_eq(vocab.processes.v[w->v[i].rule->then].code, str_c(then)))
            return true;
    return false;
}

static void test_order_rules(void **state)
{
    (void)state;
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    struct chain_warnings w =
        warnings_of(&a, "{\"process\":\"SURFACE.PLATING.CHROME.HARD\"},{\"process\":\"WELDING.ARC.TIG\"}");
    assert_true(warns(&w, ORDER_NOT_AFTER, 1, "SURFACE.PLATING"));
    w = warnings_of(&a, "{\"process\":\"WELDING.ARC.TIG\"},{\"process\":\"SURFACE.PLATING.CHROME.HARD\"}");
    assert_false(warns(&w, ORDER_NOT_AFTER, 0, "SURFACE.PLATING"));

    struct buf text;
    static const struct {
        int hrc;
        const char *more;
        bool wanted;
    } cases[] = {{45, "", true}, {30, "", false}, {45, ",{\"process\":\"HEAT.DEHYDROGENATION\"}", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_init(&text, 4096);
        buf_printf(&text,
                   "{\"process\":\"HEAT.QUENCH_TEMPER\",\"materials\":[\"STEEL\"],\"hardness\":{\"scale\":\"HRC\","
                   "\"min\":%d}},"
                   "{\"process\":\"SURFACE.PLATING.CHROME.HARD\"}%s",
                   cases[i].hrc, cases[i].more);
        buf_add(&text, str_n("", 1));
        w = warnings_of(&a, text.p);
        assert_int_equal(warns(&w, ORDER_NEEDS_AFTER, 1, "HEAT.DEHYDROGENATION"), cases[i].wanted);
        buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search_equals_all),
        cmocka_unit_test(test_order_rules),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
