/* The directory and the needs in a store: what is saved comes back the same, references stay, a bad line touches
   nothing else. The same tests on SQLite and on PostgreSQL. */
#include "store_test.h"

#include "core/change.h"
#include "core/change_sql.h"
#include "feature/directory/directory.h"
#include "feature/directory/directory_sql.h"
#include "feature/need/need_store.h"
#include "match/supply_write.h"
#include "vocab/vocab.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena vocab_arena;
static struct vocab vocab;

/* What an import said, as "line field code detail" lines. */
struct outcome {
    enum status st;
    struct import_report report;
    struct buf bad;
};

static void note_bad(void *arg, size_t line, const struct problem *p)
{
    struct outcome *o = arg;
    buf_printf(&o->bad, "%zu " STR_FMT " %s " STR_FMT "\n", line, STR_ARG(p->field), problem_word(p->code),
               STR_ARG(p->detail));
}

typedef enum status importer(struct db *db, struct str text, const struct import_options *options,
                             struct import_report *out);

static struct outcome import_with(importer *fn, struct db *db, const char *text, bool all_or_nothing)
{
    struct outcome o = {.st = ST_OK};
    buf_init(&o.bad, 1 << 20);
    struct line_report report = {note_bad, &o};
    struct import_options options = {.vocab = &vocab, .all_or_nothing = all_or_nothing, .report = &report};
    o.st = fn(db, str_c(text), &options, &o.report);
    return o;
}

/* "added changed same bad_lines capabilities", then the bad lines. */
static void assert_outcome(struct outcome o, enum status st, const char *counts, const char *bad)
{
    char got[100];
    const struct import_report *r = &o.report;
    snprintf(got, sizeof got, "%zu %zu %zu %zu %zu", r->count[SAVE_ADDED], r->count[SAVE_CHANGED], r->count[SAVE_SAME],
             r->bad_lines, r->capabilities);
    buf_add_byte(&o.bad, '\0');
    assert_string_equal(o.bad.p, bad);
    assert_string_equal(got, counts);
    assert_int_equal(o.st, st);
    assert_int_equal(o.report.stored, st == ST_OK);
    buf_release(&o.bad);
}

static void import_sites(struct fixture *f, const char *text, const char *counts)
{
    assert_outcome(import_with(directory_import, f->db, text, false), ST_OK, counts, "");
}

/* The sites with that reference (NULL: all), a line each, as export prints them. */
static const char *sites_text(struct fixture *f, const char *ref)
{
    struct supply all;
    struct buf b;
    buf_init(&b, 16 << 20);
    assert_ok(directory_load(f->db, &vocab, ref ? str_c(ref) : (struct str){NULL, 0}, &all));
    for (size_t i = 0; i < all.n; i++) {
        struct json_out j;
        jout_init(&j, &b);
        supply_write_site(&f->arena, &vocab, &j, all.v[i]);
        buf_add_byte(&b, '\n');
    }
    assert_ok(buf_status(&b));
    const char *text = arena_c(&f->arena, buf_str(&b));
    buf_release(&b);
    return text;
}

static int64_t last_change(struct fixture *f)
{
    int64_t seq;
    assert_ok(change_seq(f->db, &seq));
    return seq;
}

/* "sites capabilities orgs", without ended ones. */
static void assert_stored(struct fixture *f, int64_t sites, int64_t capabilities, int64_t orgs)
{
    struct directory_counts_row n;
    assert_ok(directory_counts(f->db, &n));
    assert_int_equal(n.sites, sites);
    assert_int_equal(n.capabilities, capabilities);
    assert_int_equal(n.orgs, orgs);
}

/* Rows of a site with the ended ones: "ref" or "ref ended" in the order of the site. */
static const char *capability_rows(struct fixture *f, const char *ref)
{
    struct site_key key;
    struct capability_of_site_list rows;
    struct str text = STR("");
    assert_ok(site_find(f->db, str_c(ref), &key));
    assert_ok(capability_of_site(f->db, key.id, &rows));
    for (size_t i = 0; i < rows.n; i++)
        text = arena_printf(&f->arena, STR_FMT "%s" STR_FMT "%s", STR_ARG(text), i ? ", " : "", STR_ARG(rows.v[i].ref),
                            rows.v[i].ended_ms.has ? " ended" : "");
    return arena_c(&f->arena, text);
}

/* Every field, in the order in which export writes them, so that the text must come back byte by byte. */
static const char full[] =
    "{\"org\":{\"reg_no\":\"314-81-00001\",\"name\":\"㈜한밭\\\"정밀\\\"\",\"name_en\":\"Hanbat \\u003cPrecision> & "
    "Co.\","
    "\"kind\":\"root_firm\",\"homepage\":\"https://hanbat.example/\"},"
    "\"site\":{\"ref\":\"한밭-1\",\"name\":\"본사\",\"address\":\"대전 유성구\\n관평동\",\"region\":\"KR.30.200\","
    "\"lat\":36.42,\"lon\":-127.39},"
    "\"certificates\":[{\"code\":\"AS9100\",\"until\":\"2027-05-31\"},{\"code\":\"ISO9001\"}],"
    "\"capabilities\":[{\"ref\":\"한밭-c1\",\"process\":\"HEAT.VACUUM\",\"materials\":[\"TITANIUM\",\"STEEL\"],"
    "\"size_mm\":[900,1200],\"mass_kg\":{\"min\":0.1,\"max\":900},\"thickness_mm\":{\"min\":0.5,\"max\":300},"
    "\"layer_um\":{\"min\":200,\"max\":1500},\"force_t\":{\"max\":850},\"tolerance\":{\"it\":7,\"at_mm\":120},\"ra_"
    "um\":0.8,"
    "\"hardness\":{\"scale\":\"HRC\",\"min\":20,\"max\":62.5},\"batch\":{\"min\":1,\"max\":5000},\"free_per_month\":"
    "2000.5,"
    "\"free_kg_per_month\":30000,\"lead_days\":0,"
    "\"price\":{\"setup_won\":300000,\"per_piece_won\":12000,\"per_kg_won\":0.125},\"energy_kwh_per_kg\":1.9,"
    "\"standards\":[\"AMS 2801\",\"KS D 0212\"],\"tags\":[\"PLC:LS\",\"진공 "
    "'A'\"],\"industries\":[\"AEROSPACE\",\"DEFENSE\"],"
    "\"evidence\":\"document\",\"text\":\"진공로 2기; -- drop table site\"},"
    "{\"ref\":\"한밭-c2\",\"process\":\"MACHINING\",\"size_mm\":[1,2,3.25],\"mass_kg\":{\"max\":1e-06},"
    "\"tolerance\":{\"mm\":0.005},\"hardness\":{\"scale\":\"HV\",\"max\":900},\"price\":{\"per_kg_won\":0},"
    "\"evidence\":\"self\"}]}\n";

static void test_every_field(void **state)
{
    struct fixture *f = *state;
    import_sites(f, full, "1 0 0 0 2");
    assert_string_equal(sites_text(f, NULL), full);
    assert_string_equal(sites_text(f, "한밭-1"), full);
    assert_string_equal(sites_text(f, "한밭"), "");
    import_sites(f, full, "0 0 1 0 2");
    assert_int_equal(last_change(f), 1);
}

/* Blank, null and absent are the same; an empty list of certificates is not an absent one. */
static void test_blank(void **state)
{
    struct fixture *f = *state;
    import_sites(
        f,
        "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S1\",\"name\":\"본사\"}}\n"
        "{\"org\":{\"name\":\"나\",\"reg_no\":null,\"kind\":\"  "
        "\"},\"site\":{\"ref\":\"S2\",\"name\":\"본사\",\"lat\":null},"
        "\"certificates\":[],\"capabilities\":[{\"ref\":\"c\",\"process\":\"HEAT\",\"materials\":[],\"mass_kg\":{},"
        "\"text\":\" \",\"batch\":null}]}\n"
        "{\"org\":{\"name\":\"다\"},\"site\":{\"ref\":\"S3\",\"name\":\"본사\"},\"certificates\":null,\"capabilities\":"
        "[]}\n",
        "3 0 0 0 1");
    const char *stored = "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S1\",\"name\":\"본사\"}}\n"
                         "{\"org\":{\"name\":\"나\"},\"site\":{\"ref\":\"S2\",\"name\":\"본사\"},\"certificates\":[],"
                         "\"capabilities\":[{\"ref\":\"c\",\"process\":\"HEAT\"}]}\n"
                         "{\"org\":{\"name\":\"다\"},\"site\":{\"ref\":\"S3\",\"name\":\"본사\"}}\n";
    assert_string_equal(sites_text(f, NULL), stored);
    /* The difference between [] and absent alone is a change, in both directions. */
    import_sites(f, "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S1\",\"name\":\"본사\"},\"certificates\":[]}\n",
                 "0 1 0 0 0");
    assert_string_equal(
        sites_text(f, "S1"),
        "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S1\",\"name\":\"본사\"},\"certificates\":[]}\n");
    import_sites(f, stored, "0 1 2 0 1");
    assert_string_equal(sites_text(f, NULL), stored);
}

#define SITE(caps)                                                                                                     \
    "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S\",\"name\":\"본사\"},\"capabilities\":[" caps "]}\n"
#define CAP(ref, rest) "{\"ref\":\"" ref "\",\"process\":\"HEAT.VACUUM\"" rest "}"

static void test_again(void **state)
{
    struct fixture *f = *state;
    import_sites(f, SITE(CAP("a", "") "," CAP("b", ",\"ra_um\":1")), "1 0 0 0 2");
    import_sites(f, SITE(CAP("a", "") "," CAP("b", ",\"ra_um\":1")), "0 0 1 0 2");
    assert_int_equal(last_change(f), 1);
    import_sites(f, SITE(CAP("a", ",\"lead_days\":3") "," CAP("b", ",\"ra_um\":1")), "0 1 0 0 2");
    assert_int_equal(last_change(f), 2);
    /* Gone is ended, not deleted, and cannot be seen. */
    import_sites(f, SITE(CAP("b", ",\"ra_um\":1")), "0 1 0 0 1");
    assert_string_equal(capability_rows(f, "S"), "a ended, b");
    assert_string_equal(sites_text(f, NULL), SITE(CAP("b", ",\"ra_um\":1")));
    assert_stored(f, 1, 1, 1);
    /* It comes back as the same row; the order is the file's. */
    import_sites(f, SITE(CAP("b", "") "," CAP("a", "")), "0 1 0 0 2");
    assert_string_equal(capability_rows(f, "S"), "b, a");
    assert_string_equal(sites_text(f, NULL), SITE(CAP("b", "") "," CAP("a", "")));
    import_sites(f, "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S\",\"name\":\"본사\"}}\n", "0 1 0 0 0");
    assert_string_equal(capability_rows(f, "S"), "b ended, a ended");
    assert_stored(f, 1, 0, 1);
}

/* Nothing but the organisation differs: still a change that followers of the change log see. */
static void test_organisation_changed(void **state)
{
    struct fixture *f = *state;
    import_sites(f, "{\"org\":{\"reg_no\":\"1\",\"name\":\"가\"},\"site\":{\"ref\":\"S\",\"name\":\"본사\"}}\n",
                 "1 0 0 0 0");
    import_sites(f,
                 "{\"org\":{\"reg_no\":\"1\",\"name\":\"새 "
                 "가\",\"homepage\":\"https://a.example\"},\"site\":{\"ref\":\"S\",\"name\":\"본사\"}}\n",
                 "0 1 0 0 0");
    assert_string_equal(sites_text(f, NULL),
                        "{\"org\":{\"reg_no\":\"1\",\"name\":\"새 가\",\"homepage\":\"https://a.example\"},"
                        "\"site\":{\"ref\":\"S\",\"name\":\"본사\"}}\n");
    /* One for the site's first import, then one for the site and one for its organisation. */
    assert_int_equal(last_change(f), 3);
    assert_stored(f, 1, 0, 1);
}

#define BLANK(org, caps) "{\"org\":{\"name\":\"" org "\"},\"site\":{\"name\":\"본사\"},\"capabilities\":[" caps "]}\n"

static void test_blank_refs(void **state)
{
    struct fixture *f = *state;
    const char *file =
        BLANK("가", "{\"process\":\"HEAT\"},{\"process\":\"HEAT\",\"ra_um\":1}") BLANK("나", "{\"process\":\"HEAT\"}");
    const char *stored = "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S-1\",\"name\":\"본사\"},\"capabilities\":[{"
                         "\"ref\":\"C-1\",\"process\":\"HEAT\"},"
                         "{\"ref\":\"C-2\",\"process\":\"HEAT\",\"ra_um\":1}]}\n"
                         "{\"org\":{\"name\":\"나\"},\"site\":{\"ref\":\"S-2\",\"name\":\"본사\"},\"capabilities\":[{"
                         "\"ref\":\"C-3\",\"process\":\"HEAT\"}]}\n";
    import_sites(f, file, "2 0 0 0 3");
    assert_string_equal(sites_text(f, NULL), stored);
    import_sites(f, file, "0 0 2 0 3");
    import_sites(f, stored, "0 0 2 0 3");
    assert_string_equal(sites_text(f, NULL), stored);
    /* One more is the next number; what is known keeps its own. */
    import_sites(f, BLANK("나", "{\"process\":\"MACHINING\"},{\"process\":\"HEAT\"}") BLANK("다", ""), "1 1 0 0 2");
    assert_string_equal(capability_rows(f, "S-2"), "C-4, C-3");
    assert_string_equal(sites_text(f, "S-3"),
                        "{\"org\":{\"name\":\"다\"},\"site\":{\"ref\":\"S-3\",\"name\":\"본사\"}}\n");
    /* A live capability's reference is taken before an ended one's. */
    import_sites(f, BLANK("다", "{\"ref\":\"old\",\"process\":\"HEAT\"}"), "0 1 0 0 1");
    import_sites(f, BLANK("다", "{\"ref\":\"new\",\"process\":\"HEAT\"}"), "0 1 0 0 1");
    import_sites(f, BLANK("다", "{\"process\":\"HEAT\"}"), "0 0 1 0 1");
    assert_string_equal(capability_rows(f, "S-3"), "old ended, new");
}

/* A reference that a later line states is never given to an earlier blank one. */
static void test_blank_refs_beside_given(void **state)
{
    struct fixture *f = *state;
    import_sites(
        f,
        BLANK("가", "{\"process\":\"HEAT\"}") "{\"org\":{\"name\":\"나\"},\"site\":{\"ref\":\"S-1\",\"name\":\"본사\"},"
                                              "\"capabilities\":[{\"ref\":\"C-1\",\"process\":\"HEAT\"}]}\n",
        "2 0 0 0 2");
    assert_stored(f, 2, 2, 2);
    assert_string_equal(capability_rows(f, "S-1"), "C-1");
    assert_string_equal(capability_rows(f, "S-2"), "C-2");
}

static const char conflicting[] = "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"A\",\"name\":\"본사\"},"
                                  "\"capabilities\":[{\"ref\":\"a\",\"process\":\"HEAT\"}]}\n"
                                  "\n"
                                  "{\"org\":{\"name\":\"나\"},\"site\":{\"ref\":\"B\",\"name\":\"본사\"},"
                                  "\"capabilities\":[{\"process\":\"HEAT\"},{\"ref\":\"x\",\"process\":\"HEAT\"}]}\n"
                                  "{\"org\":{\"name\":\"다\"},\"site\":{\"ref\":\"D\",\"name\":\"본사\"},"
                                  "\"capabilities\":[{\"ref\":\"d\",\"process\":\"HEAT\"}]}\n";

static void test_ref_of_another_site(void **state)
{
    struct fixture *f = *state;
    import_sites(f,
                 "{\"org\":{\"name\":\"옛\"},\"site\":{\"ref\":\"X\",\"name\":\"본사\"},\"capabilities\":[{\"ref\":"
                 "\"x\",\"process\":\"HEAT\"}]}\n",
                 "1 0 0 0 1");
    assert_outcome(import_with(directory_import, f->db, conflicting, true), ST_INVALID, "2 0 0 1 2",
                   "3 capabilities[1].ref duplicate x\n");
    assert_stored(f, 1, 1, 1);
    assert_int_equal(last_change(f), 1);
    assert_outcome(import_with(directory_import, f->db, conflicting, false), ST_OK, "2 0 0 1 2",
                   "3 capabilities[1].ref duplicate x\n");
    /* Nothing of the refused line is there, not even its organisation. */
    assert_stored(f, 3, 3, 3);
    assert_string_equal(sites_text(f, "B"), "");
    assert_string_equal(capability_rows(f, "X"), "x");
}

static void test_bad_lines(void **state)
{
    struct fixture *f = *state;
    const char *file = "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"A\",\"name\":\"본사\"}}\n"
                       "{\"org\":{\"name\":\"나\"},\"site\":{\"ref\":\"A\",\"name\":\"본사\"}}\n"
                       "not json\n"
                       "{\"org\":{\"name\":\"다\"},\"site\":{\"ref\":\"D\",\"name\":\"본사\"},\"capabilities\":[{"
                       "\"process\":\"NONE\",\"x\":1}]}\n"
                       "{\"org\":{\"name\":\"라\"},\"site\":{\"ref\":\"E\",\"name\":\"본사\"}}";
    struct outcome o = import_with(directory_import, f->db, file, true);
    assert_int_equal(o.st, ST_INVALID);
    assert_int_equal(o.report.bad_lines, 3);
    assert_false(o.report.stored);
    buf_release(&o.bad);
    assert_stored(f, 0, 0, 0);
    o = import_with(directory_import, f->db, file, false);
    assert_true(str_starts(buf_str(&o.bad), STR("2 site.ref duplicate A\n3  not_json ")));
    assert_true(str_ends(buf_str(&o.bad),
                         STR("\n4 capabilities[0].x unknown_field \n4 capabilities[0].process unknown_code NONE\n")));
    buf_release(&o.bad);
    assert_stored(f, 2, 0, 2);
    /* A text that is no JSON from its first line on is still told from a list nobody knows. */
    o = import_with(directory_import, f->db,
                    "oops\n{\"org\":{\"name\":\"마\"},\"site\":{\"ref\":\"F\",\"name\":\"본사\"}}\n", false);
    assert_int_equal(o.st, ST_OK);
    assert_true(str_starts(buf_str(&o.bad), STR("1  not_json ")));
    buf_release(&o.bad);
    assert_stored(f, 3, 0, 3);
    o = import_with(directory_import, f->db, "oops\nagain\n", false);
    assert_int_equal(o.st, ST_UNSUPPORTED);
    buf_release(&o.bad);
}

struct many {
    int n;
    int fail_at;
};

/* Saves n sites; at fail_at a statement breaks a unique key, and the closure goes on as if nothing had happened. */
static enum status save_many(struct tx *t, void *arg)
{
    const struct many *m = arg;
    struct arena *a = db_arena(tx_db(t));
    for (int i = 1; i <= m->n; i++) {
        struct json json;
        struct json_error error;
        struct site site;
        struct problem_list problems;
        enum save_outcome outcome;
        problem_list_init(&problems, a);
        struct str text = arena_printf(
            a, "{\"org\":{\"name\":\"firm %d\"},\"site\":{\"name\":\"a\"},\"capabilities\":[{\"process\":\"HEAT\"}]}",
            i);
        TRY(json_parse(a, text, &json, &error));
        TRY(supply_read_site(a, &vocab, &json, &site, &problems));
        struct site_saving how = {&vocab, NULL, &problems};
        enum status st = directory_save(t, &how, &site, &outcome);
        int64_t changed;
        if (st == ST_OK && i == m->fail_at)
            st = change_add(t, &(struct change_add_in){1, STR("site"), STR("S-1"), 0}, &changed);
        assert_int_equal(st, m->fail_at && i >= m->fail_at ? ST_CONFLICT : ST_OK);
    }
    return ST_OK;
}

static void test_rolled_back_wholly(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(db_write(f->db, save_many, &(struct many){200, 100}), ST_CONFLICT);
    assert_stored(f, 0, 0, 0);
    assert_int_equal(last_change(f), 0);
    assert_string_equal(sites_text(f, NULL), "");
    assert_ok(db_write(f->db, save_many, &(struct many){200, 0}));
    assert_stored(f, 200, 200, 200);
    assert_int_equal(last_change(f), 200);
}

static const char *needs_text(struct fixture *f)
{
    struct stored_needs all;
    struct str text = STR("");
    assert_ok(need_load(f->db, 100, &all));
    for (size_t i = 0; i < all.n; i++)
        text = arena_printf(&f->arena, STR_FMT STR_FMT " " STR_FMT "\n", STR_ARG(text), STR_ARG(all.v[i].ref),
                            STR_ARG(all.v[i].body));
    return arena_c(&f->arena, text);
}

#define NEED(ref, rest) "{\"ref\":\"" ref "\"," rest "\"steps\":[{\"process\":\"HEAT\"}]}"

static void test_needs(void **state)
{
    struct fixture *f = *state;
    const char *file =
        NEED("n1", "\"created\":\"2026-01-01\",") "\n" NEED("n2", "\"created\":\"2026-01-02\",\"title\":\"둘\",") "\n";
    assert_outcome(import_with(need_import, f->db, file, false), ST_OK, "2 0 0 0 0", "");
    assert_outcome(import_with(need_import, f->db, file, true), ST_OK, "0 0 2 0 0", "");
    assert_int_equal(last_change(f), 2);
    assert_outcome(import_with(need_import, f->db, NEED("n1", "\"created\":\"2026-01-01\",\"title\":\"하나\","), false),
                   ST_OK, "0 1 0 0 0", "");
    assert_string_equal(
        needs_text(f),
        "n2 " NEED(
            "n2",
            "\"created\":\"2026-01-02\",\"title\":\"둘\",") "\n"
                                                            "n1 " NEED(
                                                                "n1",
                                                                "\"created\":\"2026-01-01\",\"title\":\"하나\",") "\n");
    const char *bad = NEED("n3", "") "\n" NEED("n3", "") "\n{\"steps\":[{\"process\":\"HEAT\",\"mass_kg\":0}]}\n";
    assert_outcome(import_with(need_import, f->db, bad, true), ST_INVALID, "0 0 0 2 0",
                   "2 ref duplicate n3\n3 steps[0].mass_kg range > 0\n");
    assert_outcome(import_with(need_import, f->db, bad, false), ST_OK, "1 0 0 2 0",
                   "2 ref duplicate n3\n3 steps[0].mass_kg range > 0\n");
}

/* A blank reference is filled in the stored text too, so that what is exported is known when it comes back. */
static void test_blank_need_refs(void **state)
{
    struct fixture *f = *state;
    const char *file = "{\"created\":\"2026-01-02\",\"steps\":[{\"process\":\"HEAT\",\"mass_kg\":0.1}]}\n"
                       "{\"ref\":\" \",\"created\":\"2026-01-01\",\"steps\":[{\"process\":\"HEAT\"}]}\n" NEED(
                           "N-1", "\"created\":\"2025-01-01\",") "\n";
    const char *stored =
        "N-2 {\"ref\":\"N-2\",\"created\":\"2026-01-02\",\"steps\":[{\"process\":\"HEAT\",\"mass_kg\":0.1}]}\n"
        "N-3 {\"ref\":\"N-3\",\"created\":\"2026-01-01\",\"steps\":[{\"process\":\"HEAT\"}]}\n"
        "N-1 " NEED("N-1", "\"created\":\"2025-01-01\",") "\n";
    assert_outcome(import_with(need_import, f->db, file, false), ST_OK, "3 0 0 0 0", "");
    assert_string_equal(needs_text(f), stored);
}

struct worker {
    struct fixture *f;
    pthread_t thread;
    const char *text;
    struct outcome outcome;
};

static void *import_once(void *arg)
{
    struct worker *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 256 << 20);
    struct db *db = db_acquire(w->f->store, &a);
    w->outcome = import_with(directory_import, db, w->text, false);
    while (w->outcome.st == ST_BUSY) {
        buf_release(&w->outcome.bad);
        w->outcome = import_with(directory_import, db, w->text, false);
    }
    db_release(db);
    return NULL;
}

/* Two at once: own sites, the same blank-ref sites in both, every reference once, nothing lost. */
static void test_two_at_once(void **state)
{
    enum { OWN = 60, SHARED = 20 };
    struct fixture *f = *state;
    struct worker w[2];
    for (int i = 0; i < 2; i++) {
        struct buf b;
        buf_init(&b, 1 << 20);
        for (int n = 0; n < OWN + SHARED; n++)
            buf_printf(&b, BLANK("%s %d", "{\"process\":\"HEAT\"},{\"process\":\"MACHINING\",\"lead_days\":%d}"),
                       n < SHARED ? "both"
                       : i        ? "one"
                                  : "two",
                       n, n);
        w[i] = (struct worker){.f = f, .text = arena_c(&f->arena, buf_str(&b))};
        buf_release(&b);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&w[i].thread, NULL, import_once, &w[i]), 0);
    size_t added = 0, same = 0;
    for (int i = 0; i < 2; i++) {
        pthread_join(w[i].thread, NULL);
        assert_ok(w[i].outcome.st);
        assert_int_equal(w[i].outcome.report.bad_lines, 0);
        added += w[i].outcome.report.count[SAVE_ADDED];
        same += w[i].outcome.report.count[SAVE_SAME];
        buf_release(&w[i].outcome.bad);
    }
    assert_int_equal(added, 2 * OWN + SHARED);
    assert_int_equal(same, SHARED);
    assert_stored(f, 2 * OWN + SHARED, 2 * (2 * OWN + SHARED), 2 * OWN + SHARED);
    assert_int_equal(last_change(f), 2 * OWN + SHARED);
    struct ref_counter_get_row last;
    assert_ok(ref_counter_get(f->db, STR("C"), &last));
    assert_int_equal(last.last, 2 * (2 * OWN + SHARED));
}

int main(void)
{
#define STORE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)
    const struct CMUnitTest tests[] = {
        STORE(test_every_field),
        STORE(test_blank),
        STORE(test_again),
        STORE(test_organisation_changed),
        STORE(test_blank_refs),
        STORE(test_blank_refs_beside_given),
        STORE(test_ref_of_another_site),
        STORE(test_bad_lines),
        STORE(test_rolled_back_wholly),
        STORE(test_needs),
        STORE(test_blank_need_refs),
        STORE(test_two_at_once),
    };
    struct str why = STR("");
    arena_init(&vocab_arena, 256U << 20);
    if (vocab_load(&vocab_arena, embedded_vocab, &vocab, &why) != ST_OK) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    int code = run_on_both("store tests", tests, sizeof tests / sizeof tests[0]);
    arena_release(&vocab_arena);
    return code;
}
