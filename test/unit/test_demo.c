/* The demo region: the same for the same plan, large and wide enough, and nothing that the readers would refuse. */
#include "base/file.h"
#include "base/json.h"
#include "feature/demo/demo.h"
#include "match/need_read.h"
#include "match/supply_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TEXT_MAX = 1 << 26, LISTED_MAX = 1 << 22 };

struct region {
    struct arena arena;
    struct vocab vocab;
    const struct demo_tables *tables;
};

static int set_up(void **state)
{
    struct region *g = calloc(1, sizeof *g);
    struct str why;
    arena_init(&g->arena, SIZE_MAX / 2);
    assert_int_equal(vocab_load(&g->arena, embedded_vocab, &g->vocab, &why), ST_OK);
    enum status st = demo_load(&g->arena, &g->vocab, embedded_demo, &g->tables, &why);
    if (st != ST_OK)
        fail_msg(STR_FMT, STR_ARG(why));
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct region *g = *state;
    arena_release(&g->arena);
    free(g);
    return 0;
}

static struct demo_plan plan_of(int64_t count, uint64_t seed)
{
    return (struct demo_plan){count, seed, day_from_civil((struct civil){2026, 11, 22})};
}

static struct str print(struct region *g, bool sites, struct demo_plan plan)
{
    AUTO_BUF b;
    buf_init(&b, TEXT_MAX);
    enum status st = sites ? demo_sites(&g->arena, g->tables, &plan, &b) : demo_needs(&g->arena, g->tables, &plan, &b);
    assert_int_equal(st, ST_OK);
    return arena_str(&g->arena, buf_str(&b));
}

static void report_bad(void *arg, size_t line, const struct problem *p)
{
    struct region *g = arg;
    struct str why = problem_text(&g->arena, p, false);
    print_error("line %zu: " STR_FMT "\n", line, STR_ARG(why));
}

static struct supply read_sites(struct region *g, struct demo_plan plan)
{
    struct supply supply = {NULL, 0, 0};
    struct line_report report = {report_bad, g};
    size_t bad;
    supply_read_lines(&g->arena, &g->vocab, print(g, true, plan), &report, &supply, &bad);
    assert_int_equal(bad, 0);
    return supply;
}

static struct need read_need(struct region *g, struct str line)
{
    struct need need;
    struct problem_list problems;
    problem_list_init(&problems, &g->arena);
    enum status st = need_read_text(&g->arena, &g->vocab, line, &need, &problems);
    for (size_t i = 0; i < problems.n; i++)
        report_bad(g, i, &problems.v[i]);
    assert_int_equal(st, ST_OK);
    return need;
}

static void test_same_plan_same_bytes(void **state)
{
    struct region *g = *state;
    for (int sites = 0; sites <= 1; sites++) {
        struct str one = print(g, sites, plan_of(60, 7)), again = print(g, sites, plan_of(60, 7));
        struct str other = print(g, sites, plan_of(60, 8));
        assert_true(str_eq(one, again));
        assert_false(str_eq(one, other));
    }
}

static size_t count_capabilities(const struct supply *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += s->v[i]->capabilities.n;
    return n;
}

static void test_sites_are_read_and_many(void **state)
{
    struct region *g = *state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct supply s = read_sites(g, plan_of(DEMO_FIRMS, seed));
        assert_true(s.n >= 200);
        assert_true(count_capabilities(&s) >= (seed == 1 ? 620 : 600));
        for (size_t i = 0; i < s.n; i++)
            assert_in_range(s.v[i]->capabilities.n, 1, 4);
    }
    read_sites(g, plan_of(1, 1));
    read_sites(g, plan_of(40, 1));
    read_sites(g, plan_of(1500, 1));
}

static void test_every_root_is_offered(void **state)
{
    struct region *g = *state;
    struct supply s = read_sites(g, plan_of(DEMO_FIRMS, 1));
    const struct tree *t = &g->vocab.processes;
    for (uint32_t root = 0; root < t->n; root = t->v[root].end) {
        size_t offers = 0;
        for (size_t i = 0; i < s.n; i++)
            for (size_t k = 0; k < s.v[i]->capabilities.n; k++)
                offers += tree_below(t, s.v[i]->capabilities.v[k].process, root);
        if (offers < 5)
            fail_msg(STR_FMT " is offered %zu times", STR_ARG(t->v[root].code), offers);
    }
}

/* Two sites of one firm share its name; two firms never do. */
static void test_names_are_marked_and_single(void **state)
{
    struct region *g = *state;
    struct supply s = read_sites(g, plan_of(DEMO_FIRMS, 1));
    struct map by_name;
    map_init(&by_name, &g->arena);
    int64_t firms = 0, number, seen;
    for (size_t i = 0; i < s.n; i++) {
        const struct organisation *o = &s.v[i]->org;
        assert_true(str_ends(o->name, STR("(가상)")));
        assert_true(str_ends(o->name_en, STR("(demo)")));
        assert_true(str_ends(s.v[i]->address, STR("(가상)")));
        assert_true(str_starts(o->reg_no, STR("000-00-")));
        assert_true(!o->homepage.n || str_ends(o->homepage, STR(".example")));
        assert_true(str_to_int(str_drop(o->reg_no, 7), &number));
        firms += map_add(&by_name, o->name, number);
        assert_true(map_get(&by_name, o->name, &seen) && seen == number);
    }
    assert_int_equal(firms, DEMO_FIRMS);
}

static struct str bare_name(struct str name)
{
    if (str_starts(name, STR("㈜")))
        name = str_drop(name, strlen("㈜"));
    return str_ends(name, STR("(가상)")) ? str_n(name.p, name.n - strlen("(가상)")) : name;
}

/* Reads the list of listed manufacturers when the shared test data is there; PPURI_SHARED names its folder. */
static void test_names_are_not_those_of_listed_firms(void **state)
{
    struct region *g = *state;
    const char *shared = getenv("PPURI_SHARED");
    struct str path =
        arena_printf(&g->arena, "%s/data/suppliers/krx_listed_manufacturing.csv", shared ? shared : "../shared");
    struct str text;
    struct csv_table t = {0};
    size_t bad_line;
    if (file_read(&g->arena, path.p, LISTED_MAX, &text) != ST_OK) {
        print_message("skipped: " STR_FMT " is not there\n", STR_ARG(path));
        assert_null(getenv("CI"));
        skip();
    }
    assert_int_equal(csv_read(&g->arena, text, &t, &bad_line), ST_OK);
    struct map listed;
    map_init(&listed, &g->arena);
    ptrdiff_t column = csv_column(&t.v[0], STR("name"));
    assert_true(t.n > 1000 && column >= 0);
    for (size_t i = 1; i < t.n; i++)
        map_add(&listed, csv_cell(&t.v[i], column), 1);
    struct supply s = read_sites(g, plan_of(1500, 1));
    for (size_t i = 0; i < s.n; i++) {
        int64_t found;
        if (map_get(&listed, bare_name(s.v[i]->org.name), &found))
            fail_msg(STR_FMT " is a listed firm", STR_ARG(s.v[i]->org.name));
    }
}

/* Mass never above the full box or cylinder of the part in the densest material, and dates around today. */
static void check_need(struct region *g, const struct need *n, int32_t today)
{
    assert_in_range(n->steps.n, 1, 5);
    assert_true(n->title.n && n->industries.n && n->due.has && n->created.has);
    assert_in_range(n->due.v.n - today, 20, 200);
    assert_in_range(today - n->created.v.n, 0, 14);
    struct coordinates at;
    assert_true(need_deliver_point(&g->vocab, n, &at));
    for (size_t i = 0; i < n->steps.n; i++) {
        const struct need_step *s = &n->steps.v[i];
        const double *v = s->part_mm.v;
        if (!s->part_mm.n || !s->mass_kg.has || !s->materials.n)
            continue;
        struct opt_real density = g->vocab.density_kg_m3[s->materials.v[0]];
        double mm3 = s->part_mm.n == 3 ? v[0] * v[1] * v[2] : v[0] * v[0] * v[1] * 0.7854;
        assert_true(!density.has || s->mass_kg.v <= mm3 * 1e-9 * density.v * 1.01);
    }
}

static void test_needs_are_read_and_cover_every_root(void **state)
{
    struct region *g = *state;
    struct demo_plan plan = plan_of(DEMO_NEEDS, 1);
    struct str text = print(g, false, plan), line;
    const struct tree *t = &g->vocab.processes;
    bool *asked = ARENA_ARRAY(&g->arena, t->n, bool);
    int64_t needs = 0;
    while (text.n && str_next(&text, '\n', &line)) {
        if (!line.n)
            continue;
        struct need n = read_need(g, line);
        check_need(g, &n, plan.today.n);
        needs++;
        for (size_t i = 0; i < n.steps.n; i++)
            asked[n.steps.v[i].process] = true;
    }
    assert_true(needs == DEMO_NEEDS);
    for (uint32_t root = 0; root < t->n; root = t->v[root].end) {
        bool any = false;
        for (uint32_t i = root; i < t->v[root].end; i++)
            any |= asked[i];
        if (!any)
            fail_msg("no need asks for " STR_FMT, STR_ARG(t->v[root].code));
    }
}

static void test_more_needs_than_sketches(void **state)
{
    struct region *g = *state;
    struct str text = print(g, false, plan_of(300, 3)), line;
    size_t needs = 0;
    while (text.n && str_next(&text, '\n', &line)) {
        if (!line.n)
            continue;
        read_need(g, line);
        needs++;
    }
    assert_int_equal(needs, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_plan_same_bytes),
        cmocka_unit_test(test_sites_are_read_and_many),
        cmocka_unit_test(test_every_root_is_offered),
        cmocka_unit_test(test_names_are_marked_and_single),
        cmocka_unit_test(test_names_are_not_those_of_listed_firms),
        cmocka_unit_test(test_needs_are_read_and_cover_every_root),
        cmocka_unit_test(test_more_needs_than_sketches),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
