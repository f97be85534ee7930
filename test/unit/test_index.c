/*
 * The index gives what the scan gives: drawn needs over drawn sites full of blanks, ties and limits that are just met,
 * over a first version, and over later ones in which sites changed, came and went.
 *   PPURI_SEED=n PPURI_ROUNDS=needs PPURI_ROWS=capabilities build/test/test_index
 */
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
#include "match/index.h"
#include "match/need_read.h"
#include "match/supply_read.h"

enum { NEEDS_A_SUPPLY = 50, TEXT_MAX = 1 << 28, ROUNDS = 1000, ROWS = 600 };

static struct arena lasting;
static struct vocab vocab;

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

static const char *one_of(struct random *r, const char *const *words, size_t n)
{
    return words[random_below(r, n)];
}

#define ONE_OF(r, ...)                                                                                                 \
    one_of((r), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Mostly from a few round numbers, so that limits are met exactly and values tie. */
static double number(struct random *r, double scale)
{
    static const double few[] = {0.5, 1, 1, 2, 2, 3, 5, 10};
    if (random_below(r, 8) == 0)
        return scale * (0.1 + 10 * random_unit(r));
    return scale * few[random_below(r, sizeof few / sizeof *few)];
}

static bool given(struct random *r)
{
    return random_below(r, 3) != 0;
}

static void draw_range(struct random *r, struct buf *out, const char *name, double scale)
{
    double a = number(r, scale), b = number(r, scale);
    int which = (int)random_below(r, 4);
    if (which == 0)
        return;
    buf_printf(out, ",\"%s\":{", name);
    if (which != 1)
        buf_printf(out, "\"min\":%.6g%s", a < b ? a : b, which == 2 ? "" : ",");
    if (which != 2)
        buf_printf(out, "\"max\":%.6g", a < b ? b : a);
    buf_add_c(out, "}");
}

static void draw_size(struct random *r, struct buf *out, const char *name)
{
    if (!given(r))
        return;
    buf_printf(out, ",\"%s\":[%.6g,%.6g", name, number(r, 100), number(r, 100));
    if (random_below(r, 2))
        buf_printf(out, ",%.6g", number(r, 100));
    buf_add_c(out, "]");
}

static void draw_tolerance(struct random *r, struct buf *out)
{
    if (!given(r))
        return;
    if (random_below(r, 2))
        buf_printf(out, ",\"tolerance\":{\"it\":%d", 1 + (int)random_below(r, 18));
    else
        buf_printf(out, ",\"tolerance\":{\"mm\":%.6g", number(r, 0.01));
    if (random_below(r, 2))
        buf_printf(out, ",\"at_mm\":%.6g", number(r, 400));
    buf_add_c(out, "}");
}

static void draw_hardness(struct random *r, struct buf *out)
{
    static const char *const scales[] = {"HRC", "HV", "HB", "HRB", "HRA"};
    static const int least[] = {20, 200, 180, 60, 60}, step[] = {4, 40, 30, 4, 3};
    size_t s = random_below(r, 5);
    int a = least[s] + step[s] * (int)random_below(r, 10), b = least[s] + step[s] * (int)random_below(r, 10);
    int which = (int)random_below(r, 4);
    if (which == 0)
        return;
    buf_printf(out, ",\"hardness\":{\"scale\":\"%s\"", scales[s]);
    if (which != 1)
        buf_printf(out, ",\"min\":%d", a < b ? a : b);
    if (which != 2)
        buf_printf(out, ",\"max\":%d", a < b ? b : a);
    buf_add_c(out, "}");
}

static const char *process(struct random *r)
{
    return ONE_OF(r, "HEAT", "HEAT.HARDENING", "HEAT.VACUUM", "HEAT.VACUUM.HARDENING", "HEAT.CASE", "MACHINING",
                  "MACHINING.MILLING", "MACHINING.MILLING.AXIS5", "MACHINING.TURNING.CNC", "FORMING.FORGING",
                  "FORMING.FORGING.OPEN_DIE", "FORMING.FORGING.CLOSED_DIE", "WELDING", "SOFTWARE", "SURFACE.PLATING");
}

static const char *material(struct random *r)
{
    return ONE_OF(r, "STEEL", "STEEL.ALLOY", "STEEL.ALLOY.SCM440", "STEEL.ALLOY.SCM435", "STEEL.TOOL.SKD11", "TITANIUM",
                  "TITANIUM.ALPHA_BETA", "TITANIUM.ALPHA_BETA.TI6AL4V", "ALUMINUM", "IRON");
}

/* Codes that the vocabulary does not have are left out, so the lists above may be wishes. */
static bool known(const struct tree *t, const char *code)
{
    uint32_t node;
    return vocab_find(&vocab, t, str_c(code), &node);
}

static const char *known_process(struct random *r)
{
    const char *code = process(r);
    while (!known(&vocab.processes, code))
        code = process(r);
    return code;
}

static void draw_materials(struct random *r, struct buf *out)
{
    if (!given(r))
        return;
    bool any = false;
    buf_add_c(out, ",\"materials\":[");
    for (int i = 1 + (int)random_below(r, 3); i > 0; i--) {
        const char *code = material(r);
        if (!known(&vocab.materials, code))
            continue;
        buf_printf(out, "%s\"%s\"", any ? "," : "", code);
        any = true;
    }
    buf_add_c(out, "]");
}

static void draw_names(struct random *r, struct buf *out)
{
    if (random_below(r, 2))
        buf_printf(out, ",\"standards\":[\"%s\",\"%s\"]", ONE_OF(r, "AMS 2801", "AMS2801B", "KS D 0001"),
                   ONE_OF(r, "AMS 2750", "MIL-STD-810", "AMS-2801"));
    if (random_below(r, 2))
        buf_printf(out, ",\"tags\":[\"%s\"]", ONE_OF(r, "PLC:LS", "MES", "plc ls"));
}

static void draw_capability(struct random *r, struct buf *out, int ref)
{
    buf_printf(out, "{\"ref\":\"C-%d\",\"process\":\"%s\"", ref, known_process(r));
    draw_materials(r, out);
    draw_size(r, out, "size_mm");
    draw_range(r, out, "mass_kg", 10);
    draw_range(r, out, "thickness_mm", 1);
    draw_range(r, out, "layer_um", 20);
    if (given(r))
        buf_printf(out, ",\"force_t\":{\"max\":%.6g}", number(r, 100));
    draw_tolerance(r, out);
    if (given(r))
        buf_printf(out, ",\"ra_um\":%.6g", number(r, 0.4));
    draw_hardness(r, out);
    int least = 1 + (int)random_below(r, 50);
    if (random_below(r, 2))
        buf_printf(out, ",\"batch\":{\"min\":%d,\"max\":%d}", least, least + (int)random_below(r, 400));
    else if (random_below(r, 2))
        buf_printf(out, ",\"batch\":{\"min\":%d}", least);
    if (random_below(r, 2))
        buf_printf(out, ",\"free_per_month\":%d", (int)random_below(r, 20) * 10);
    if (random_below(r, 2))
        buf_printf(out, ",\"free_kg_per_month\":%d", (int)random_below(r, 20) * 100);
    if (given(r))
        buf_printf(out, ",\"lead_days\":%d", (int)random_below(r, 40));
    draw_names(r, out);
    if (random_below(r, 2))
        buf_printf(out, ",\"industries\":[\"%s\"]", ONE_OF(r, "AEROSPACE", "SPACE", "BIO"));
    buf_printf(out, ",\"evidence\":\"%s\"", ONE_OF(r, "self", "document", "visited", "deal"));
    if (random_below(r, 2))
        buf_printf(out, ",\"text\":\"%s\"", ONE_OF(r, "진공로 2대", "VACUUM furnace", "대형 가공", "자동화 라인"));
    buf_add_c(out, "}");
}

static void draw_certificates(struct random *r, struct buf *out)
{
    if (random_below(r, 4) == 0)
        return;
    buf_add_c(out, ",\"certificates\":[");
    for (int i = (int)random_below(r, 4), first = 1; i > 0; i--, first = 0) {
        buf_printf(out, "%s{\"code\":\"%s\"", first ? "" : ",",
                   ONE_OF(r, "AS9100", "ISO9001", "IATF16949", "NADCAP_HT"));
        if (random_below(r, 3))
            buf_printf(out, ",\"until\":\"2027-%02d-%02d\"", 1 + (int)random_below(r, 3), 1 + (int)random_below(r, 28));
        buf_add_c(out, "}");
    }
    buf_add_c(out, "]");
}

static void draw_place(struct random *r, struct buf *out)
{
    if (given(r))
        buf_printf(out, ",\"region\":\"%s\"", ONE_OF(r, "KR.30.200", "KR.30.230", "KR.30", "KR.26", "KR.36", "DE"));
    if (given(r))
        buf_printf(out, ",\"lat\":%.3f,\"lon\":%.3f", 35.5 + (double)random_below(r, 40) * 0.05,
                   126.5 + (double)random_below(r, 40) * 0.05);
}

static void draw_site(struct random *r, struct buf *out, int site, int *capabilities)
{
    buf_printf(out, "{\"org\":{\"name\":\"%s%d\"},\"site\":{\"ref\":\"S-%d\",\"name\":\"%s\"",
               ONE_OF(r, "대한열처리 ", "Vacuum Tech ", "한밭정밀 "), (int)random_below(r, 30), site,
               ONE_OF(r, "본사", "공장"));
    draw_place(r, out);
    buf_add_c(out, "}");
    draw_certificates(r, out);
    buf_add_c(out, ",\"capabilities\":[");
    for (int i = 1 + (int)random_below(r, 4), first = 1; i > 0; i--, first = 0) {
        buf_add_c(out, first ? "" : ",");
        draw_capability(r, out, ++*capabilities);
    }
    buf_add_c(out, "]}\n");
}

static void draw_levels(struct random *r, struct buf *out)
{
    static const char *const keys[] = {"material",  "envelope",  "mass",     "thickness", "layer", "force",
                                       "tolerance", "roughness", "hardness", "quantity",  "due",   "standard",
                                       "tag",       "industry",  "words",    "place"};
    bool any = false;
    int relaxed = (int)random_below(r, 3);
    buf_add_c(out, ",\"need\":{");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (random_below(r, 3) >= (uint64_t)(1 + relaxed))
            continue;
        buf_printf(out, "%s\"%s\":\"%s\"", any ? "," : "", keys[i], ONE_OF(r, "must", "prefer", "prefer", "off"));
        any = true;
    }
    buf_add_c(out, "}");
}

static void draw_asked_place(struct random *r, struct buf *out, bool delivered)
{
    if (random_below(r, 2))
        return;
    buf_add_c(out, ",\"place\":{");
    if (random_below(r, 2)) {
        buf_printf(out, "\"regions\":[\"%s\",\"%s\"]", ONE_OF(r, "KR.30", "KR.30.200"), ONE_OF(r, "KR", "KR.26"));
        buf_add_c(out, delivered ? "," : "");
    }
    if (delivered)
        buf_printf(out, "\"max_km\":%d", 5 + (int)random_below(r, 20) * 7);
    buf_add_c(out, "}");
}

static void draw_shape(struct random *r, struct buf *out)
{
    draw_materials(r, out);
    draw_size(r, out, "part_mm");
    if (random_below(r, 2))
        buf_printf(out, ",\"mass_kg\":%.6g", number(r, 10));
    if (random_below(r, 3) == 0)
        buf_printf(out, ",\"thickness_mm\":%.6g", number(r, 1));
    if (random_below(r, 3) == 0)
        draw_range(r, out, "layer_um", 20);
    if (random_below(r, 4) == 0)
        buf_printf(out, ",\"force_t\":%.6g", number(r, 100));
    if (random_below(r, 2))
        draw_tolerance(r, out);
    if (random_below(r, 3) == 0)
        buf_printf(out, ",\"ra_um\":%.6g", number(r, 0.4));
    if (random_below(r, 3) == 0)
        draw_hardness(r, out);
}

static void draw_step(struct random *r, struct buf *out, bool delivered)
{
    buf_printf(out, "{\"process\":\"%s\"", known_process(r));
    if (random_below(r, 5))
        draw_shape(r, out);
    if (random_below(r, 2))
        buf_printf(out, ",\"quantity\":%d%s", 1 + (int)random_below(r, 100),
                   random_below(r, 3) ? "" : ",\"quantity_per\":\"month\"");
    if (random_below(r, 3) == 0)
        buf_printf(out, ",\"certificates\":[{\"code\":\"%s\",\"need\":\"%s\"}]", ONE_OF(r, "AS9100", "ISO9001"),
                   ONE_OF(r, "must", "prefer"));
    if (random_below(r, 3) == 0)
        draw_names(r, out);
    draw_asked_place(r, out, delivered);
    if (random_below(r, 4) == 0)
        buf_printf(out, ",\"words\":\"%s\"", ONE_OF(r, "진공", "vacuum", "대한 열처리", "가공"));
    draw_levels(r, out);
    if (random_below(r, 3) == 0)
        buf_printf(out, ",\"weights\":{\"place\":%d,\"due\":%d}", (int)random_below(r, 100), (int)random_below(r, 3));
    buf_add_c(out, "}");
}

static void draw_need(struct random *r, struct buf *out)
{
    bool delivered = random_below(r, 2);
    buf_printf(out, "{\"ref\":\"N-%d\"", (int)random_below(r, 100000));
    if (random_below(r, 2))
        buf_printf(out, ",\"due\":\"%s\"", ONE_OF(r, "2027-01-05", "2027-02-10", "2026-12-20", "2026-12-01"));
    if (delivered)
        buf_add_c(out, ONE_OF(r, ",\"deliver_to\":{\"region\":\"KR.30\"}", ",\"deliver_to\":{\"region\":\"KR.30.200\"}",
                              ",\"deliver_to\":{\"lat\":36.35,\"lon\":127.4}"));
    if (random_below(r, 3) == 0)
        buf_add_c(out, ",\"industry\":[\"AEROSPACE\",\"SPACE\"]");
    buf_add_c(out, ",\"steps\":[");
    draw_step(r, out, delivered);
    if (random_below(r, 4) == 0) {
        buf_add_c(out, ",");
        draw_step(r, out, delivered);
    }
    buf_add_c(out, "]}");
}

static void same_rows(const struct judgement_list *scan, const struct judgement_list *index)
{
    assert_int_equal(scan->n, index->n);
    for (size_t i = 0; i < scan->n; i++) {
        const struct judgement *x = &scan->v[i], *y = &index->v[i];
        if (!str_eq(x->capability->ref, y->capability->ref))
            fail_msg("row %zu: scan " STR_FMT " %.4f, index " STR_FMT " %.4f", i, STR_ARG(x->capability->ref), x->score,
                     STR_ARG(y->capability->ref), y->score);
        assert_int_equal(x->class, y->class);
        assert_true(x->score >= y->score && x->score <= y->score);
        assert_int_equal(x->unknowns, y->unknowns);
        if (x->class == CLASS_NEAR)
            assert_int_equal(x->first_no, y->first_no);
    }
}

static void same_relaxations(const struct relaxation_list *scan, const struct relaxation_list *index)
{
    assert_int_equal(scan->n, index->n);
    for (size_t i = 0; i < scan->n; i++) {
        const struct relaxation *x = &scan->v[i], *y = &index->v[i];
        assert_int_equal(x->criterion, y->criterion);
        assert_int_equal(x->is_process, y->is_process);
        assert_int_equal(x->parent, y->parent);
        assert_int_equal(x->count, y->count);
        assert_int_equal(x->margin.has, y->margin.has);
        if (!(x->margin.v >= y->margin.v && x->margin.v <= y->margin.v))
            fail_msg("criterion %u: margin %.17g by scan (" STR_FMT "), %.17g by index (" STR_FMT ")", x->criterion,
                     x->margin.v, STR_ARG(x->nearest->ref), y->margin.v, STR_ARG(y->nearest->ref));
        if (x->nearest)
            assert_true(str_eq(x->nearest->ref, y->nearest->ref));
    }
}

static void same_step(const struct step_answer *scan, const struct step_answer *index)
{
    for (int c = 0; c <= CLASS_OUT; c++)
        assert_int_equal(scan->count[c], index->count[c]);
    for (int c = 0; c < CRITERION_COUNT; c++)
        assert_int_equal(scan->out_by[c], index->out_by[c]);
    same_rows(&scan->results, &index->results);
    same_rows(&scan->near, &index->near);
    same_relaxations(&scan->relaxations, &index->relaxations);
    assert_int_equal(scan->loosen.n, index->loosen.n);
    for (size_t i = 0; i < scan->loosen.n; i++) {
        assert_int_equal(scan->loosen.v[i].criterion, index->loosen.v[i].criterion);
        assert_int_equal(scan->loosen.v[i].count, index->loosen.v[i].count);
    }
}

struct seen {
    uint64_t class[CLASS_OUT + 1];
    uint64_t relaxed, loosened;
};

static int by_ref(const void *a, const void *b)
{
    const struct judgement *x = a, *y = b;
    return str_cmp(x->capability->ref, y->capability->ref);
}

/* The first of each site, with the figures of a chain. */
static void same_candidates(struct arena *a, const struct need *need, struct day today, const struct match_answer *scan,
                            const struct match_index *index)
{
    struct chain_request lists = {.vocab = &vocab, .need = need, .today = today}, columns = lists;
    struct judgement_list *firsts = ARENA_ARRAY(a, scan->n, struct judgement_list);
    chain_candidates_indexed(a, &columns, index);
    for (size_t i = 0; i < scan->n; i++) {
        struct judgement_list found = {NULL, 0, 0};
        const struct chain_columns *c = &columns.input->step[i];
        firsts[i] = scan->v[i].results;
        chain_first_of_sites(a, &firsts[i]);
        for (size_t k = 0; k < c->n; k++) {
            const struct judgement *j = columns.input->row(columns.input->arg, i, k);
            VEC_PUSH(a, &found, *j);
            assert_int_equal(c->ask[k], j->class == CLASS_ASK);
            assert_int_equal(c->lead_days[k], j->capability->lead_days.has ? j->capability->lead_days.v : -1);
            assert_true(c->org[k] < columns.input->orgs && c->site[k] < columns.input->sites);
        }
        if (found.n)
            qsort(found.v, found.n, sizeof *found.v, by_ref);
        if (firsts[i].n)
            qsort(firsts[i].v, firsts[i].n, sizeof *firsts[i].v, by_ref);
        same_rows(&firsts[i], &found);
    }
}

static void same_text(const struct buf *x, const struct buf *y)
{
    assert_true(str_eq(buf_str(x), buf_str(y)));
}

/* The same chains from columns as from lists. */
static void compare_chains(struct random *r, const struct match_index *index)
{
    AUTO_ARENA a;
    AUTO_BUF text;
    struct buf out[2];
    struct need need;
    struct problem_list problems;
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&text, 1 << 20);
    problem_list_init(&problems, &a);
    draw_need(r, &text);
    if (need_read_text(&a, &vocab, buf_str(&text), &need, &problems) != ST_OK)
        return;
    for (int i = 0; i < 2; i++) {
        struct chain_request request = {.vocab = &vocab, .need = &need, .k = 5, .limit_ms = 60000};
        struct chain_answer answer;
        struct json_out j;
        assert_true(day_parse(STR("2026-12-15"), &request.today));
        if (i)
            chain_candidates_indexed(&a, &request, index);
        else
            chain_candidates(&a, &request, match_index_sites(index));
        assert_int_equal(chain_find(&a, &request, &answer), ST_OK);
        buf_init(&out[i], 1 << 24);
        jout_init(&j, &out[i]);
        chain_answer_json(&a, &j, &answer);
    }
    same_text(&out[0], &out[1]);
    buf_release(&out[0]);
    buf_release(&out[1]);
}

static void compare(struct random *r, const struct match_index *index, struct seen *seen)
{
    AUTO_ARENA a;
    AUTO_BUF text;
    struct need need;
    struct day today;
    struct problem_list problems;
    struct match_answer scan, fast;
    size_t top = (size_t[]){0, 1, 3, 20, 1000000}[random_below(r, 5)];
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&text, 1 << 20);
    problem_list_init(&problems, &a);
    draw_need(r, &text);
    if (need_read_text(&a, &vocab, buf_str(&text), &need, &problems) != ST_OK)
        return;
    assert_true(day_parse(STR("2026-12-15"), &today));
    match_scan(&a, &vocab, &need, match_index_sites(index), today, top, &scan);
    match_index_answer(&a, index, &need, today, top, &fast, NULL);
    for (size_t i = 0; i < scan.n; i++) {
        same_step(&scan.v[i], &fast.v[i]);
        for (int c = 0; c <= CLASS_OUT; c++)
            seen->class[c] += scan.v[i].count[c];
        seen->relaxed += scan.v[i].relaxations.n != 0;
        seen->loosened += scan.v[i].loosen.n != 0;
    }
    if (top == 1000000)
        same_candidates(&a, &need, today, &scan, index);
}

static void read_sites(struct arena *a, struct random *r, size_t rows, struct supply *out)
{
    AUTO_BUF text;
    size_t bad;
    buf_init(&text, TEXT_MAX);
    int capabilities = 0;
    for (int site = 1; capabilities < (int)rows; site++)
        draw_site(r, &text, site, &capabilities);
    supply_read_lines(a, &vocab, buf_str(&text), &report, out, &bad);
}

/* Some sites change, some are new, some go. */
static struct match_index *change(struct random *r, struct match_index *index, int *refs)
{
    AUTO_ARENA a;
    AUTO_BUF text;
    struct supply changed = {NULL, 0, 0};
    struct str_list gone = {NULL, 0, 0};
    const struct supply *sites = match_index_sites(index);
    size_t bad;
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&text, TEXT_MAX);
    for (int i = (int)random_below(r, 4); i > 0; i--)
        draw_site(r, &text, 1000000 + ++*refs, refs);
    for (int i = (int)random_below(r, 4); i > 0 && sites->n; i--) {
        struct str ref = sites->v[random_below(r, sites->n)]->ref;
        int64_t number;
        if (!str_to_int(str_drop(ref, 2), &number))
            fail_msg("a ref");
        if (str_find(buf_str(&text), arena_printf(&a, "\"" STR_FMT "\"", STR_ARG(ref))) < 0)
            draw_site(r, &text, (int)number, refs);
    }
    for (int i = (int)random_below(r, 3); i > 0 && sites->n; i--) {
        struct str ref = sites->v[random_below(r, sites->n)]->ref;
        if (str_find(buf_str(&text), arena_printf(&a, "\"" STR_FMT "\"", STR_ARG(ref))) < 0)
            VEC_PUSH(&a, &gone, ref);
    }
    supply_read_lines(&a, &vocab, buf_str(&text), &report, &changed, &bad);
    struct match_index *next = match_index_next(index, &changed, &gone);
    match_index_unref(index);
    return next;
}

static void check_sites(const struct match_index *index)
{
    const struct supply *sites = match_index_sites(index);
    uint64_t rows = 0;
    for (size_t i = 0; i < sites->n; i++) {
        assert_ptr_equal(match_index_site(index, sites->v[i]->ref), sites->v[i]);
        rows += sites->v[i]->capabilities.n;
    }
    assert_int_equal(rows, match_index_size(index).rows);
    assert_int_equal(sites->n, match_index_size(index).sites);
}

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void test_equal_to_scan(void **state)
{
    uint64_t seed = setting("PPURI_SEED", 1), rounds = setting("PPURI_ROUNDS", ROUNDS),
             rows = setting("PPURI_ROWS", ROWS);
    struct seen seen = {{0}, 0, 0};
    (void)state;
    for (uint64_t done = 0; done < rounds; done += NEEDS_A_SUPPLY, seed++) {
        AUTO_ARENA a;
        struct random r;
        struct supply supply = {NULL, 0, 0};
        int refs = 2000000;
        arena_init(&a, SIZE_MAX / 2);
        random_seed(&r, seed);
        printf("seed %" PRIu64 "\r", seed);
        read_sites(&a, &r, rows, &supply);
        struct match_index *index = match_index_build(&vocab, &supply);
        for (int i = 0; i < NEEDS_A_SUPPLY; i++) {
            compare(&r, index, &seen);
            if (i % 10 == 9)
                compare_chains(&r, index);
            if (i % 5 == 4)
                index = change(&r, index, &refs);
            if (i % 20 == 19) {
                check_sites(index);
                struct match_index *merged = match_index_merged(index);
                match_index_unref(index);
                index = merged;
            }
        }
        check_sites(index);
        match_index_unref(index);
    }
    printf("%" PRIu64 " needs: meets %" PRIu64 ", ask %" PRIu64 ", near %" PRIu64 ", out %" PRIu64 ", relaxed %" PRIu64
           ", loosened %" PRIu64 "\n",
           rounds, seen.class[CLASS_MEETS], seen.class[CLASS_ASK], seen.class[CLASS_NEAR], seen.class[CLASS_OUT],
           seen.relaxed, seen.loosened);
    assert_true(seen.class[CLASS_MEETS] && seen.class[CLASS_ASK] && seen.class[CLASS_NEAR] && seen.relaxed &&
                seen.loosened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_equal_to_scan)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
