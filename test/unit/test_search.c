/* The search index equals a plain scan, on both stores. */
#include "store_test.h"

#include "base/random.h"
#include "base/utf8.h"
#include "core/search.h"

#include <stdio.h>

enum { DOCS = 1000, QUERIES = 300 };

struct put {
    struct str part;
    struct search_docs docs;
};

static enum status put(struct tx *t, void *arg)
{
    const struct put *p = arg;
    return search_put(t, p->part, &p->docs);
}

static struct str_list one(struct fixture *f, const char *s)
{
    struct str_list l = {NULL, 0, 0};
    if (*s)
        VEC_PUSH(&f->arena, &l, str_c(s));
    return l;
}

static void store(struct fixture *f, const char *ref, const char *name, const char *process, const char *text)
{
    struct search_doc d = {.kind = STR("firm"),
                           .ref = str_c(ref),
                           .title = str_c(name),
                           .shown = str_c(text),
                           .field = {one(f, name), one(f, process), one(f, text)}};
    struct put p = {str_c(ref), {&d, 1, 1}};
    assert_ok(db_write(f->db, put, &p));
}

static struct search_hits ask(struct fixture *f, const char *words)
{
    struct search_hits hits;
    assert_ok(search_query(f->db, &(struct search_ask){.words = str_c(words), .limit = 100}, &hits));
    return hits;
}

static void assert_refs(struct fixture *f, const char *words, const char *want)
{
    struct search_hits hits = ask(f, words);
    char got[200] = "";
    for (size_t i = 0; i < hits.n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s" STR_FMT, i ? " " : "", STR_ARG(hits.v[i].ref));
    if (strcmp(got, want) != 0)
        fail_msg("%s: %s expected, %s found", words, want, got);
}

static void test_words(void **state)
{
    struct fixture *f = *state;
    store(f, "A", "대한열처리", "침탄", "사출금형제작 SCM 440");
    store(f, "B", "열처리", "", "");
    store(f, "C", "열처리산업", "", "");
    store(f, "D", "한국금속", "열처리", "");
    store(f, "E", "다른 업체", "", "진공 열처리 SCM-440");
    assert_refs(f, "금형", "A");
    assert_refs(f, "열처리", "B C A D E");
    assert_refs(f, "ㅇㅊㄹ", "B C A D E");
    assert_refs(f, "열ㅊㄹ", "B C A D E");
    assert_refs(f, "scm440", "A E");
    assert_refs(f, "SCM440 진공", "E");
    assert_refs(f, "열", "B C A D E");
    assert_refs(f, "없는말", "");
    assert_refs(f, " - . ", "");
    struct search_hits hits = ask(f, "scm440 금형");
    assert_int_equal(hits.v[0].snippet_spans.n, 2);
    struct search_span s = hits.v[0].snippet_spans.v[1];
    assert_true(str_eq(str_n(hits.v[0].snippet.p + s.from, s.to - s.from), STR("SCM 440")));
    store(f, "B", "도금", "", "");
    assert_refs(f, "열처리", "C A D E");
}

static void test_policy(void **state)
{
    struct fixture *f = *state;
    struct search_doc d = {.kind = STR("need"),
                           .ref = STR("N-1"),
                           .owner_org = 7,
                           .only_owner = true,
                           .title = STR("비밀 금형"),
                           .shown = STR(""),
                           .field = {one(f, "비밀 금형")}};
    struct put p = {STR("N-1"), {&d, 1, 1}};
    struct search_hits hits;
    assert_ok(db_write(f->db, put, &p));
    assert_refs(f, "금형", "");
    for (int64_t org = 7; org < 9; org++) {
        assert_ok(
            search_query(f->db, &(struct search_ask){.words = STR("금형"), .limit = 1, .viewer_org = org}, &hits));
        assert_int_equal(hits.n, org == 7);
    }
}

static const char *random_text(struct fixture *f, struct random *r, int least, int most)
{
    static const char *const signs[] = {"금", "형", "열", "처", "리", "사", "출", "주",
                                        "조", "a",  "B",  "4",  "0",  " ",  "-",  "한"};
    AUTO_BUF b;
    buf_init(&b, 1000);
    for (int n = least + (int)random_below(r, (uint64_t)(most - least + 1)); n; n--)
        buf_add_c(&b, signs[random_below(r, sizeof signs / sizeof *signs)]);
    return arena_c(&f->arena, buf_str(&b));
}

struct scanned {
    struct str fold[SEARCH_FIELDS];
};

struct bulk {
    struct fixture *f;
    struct random *r;
    struct scanned *all;
};

static enum status put_all(struct tx *t, void *arg)
{
    struct bulk *b = arg;
    for (int i = 0; i < DOCS; i++) {
        struct search_doc d = {.kind = STR("firm"), .title = STR("x"), .shown = STR("")};
        d.ref = arena_printf(&b->f->arena, "%d", i);
        for (int k = 0; k < SEARCH_FIELDS; k++) {
            d.field[k] = one(b->f, random_text(b->f, b->r, 0, 8));
            b->all[i].fold[k] = search_fold(&b->f->arena, &d.field[k]);
        }
        TRY(search_put(t, d.ref, &(struct search_docs){&d, 1, 1}));
    }
    return ST_OK;
}

/* Every page of a query in order, compared with ranks of the scan. */
static size_t compare(struct fixture *f, const struct scanned *all, const char *text)
{
    struct search_words words;
    size_t want = 0, got = 0;
    assert_ok(search_words_read(&f->arena, str_c(text), &words));
    for (int i = 0; i < DOCS && words.n; i++) {
        bool found = true;
        for (size_t w = 0; w < words.n; w++)
            found = found && search_rank(all[i].fold, words.v[w]) >= 0;
        want += found;
    }
    struct search_ask a = {.words = str_c(text), .limit = 70};
    struct search_hits hits;
    struct search_cursor last = {-1, 0};
    do {
        assert_ok(search_query(f->db, &a, &hits));
        for (size_t i = 0; i < hits.n; i++) {
            int64_t at;
            assert_true(str_to_int(hits.v[i].ref, &at));
            assert_int_equal(hits.v[i].rank, search_rank(all[at].fold, words.v[0]));
            assert_true(hits.v[i].rank > last.rank || (hits.v[i].rank == last.rank && hits.v[i].doc > last.doc));
            last = (struct search_cursor){hits.v[i].rank, hits.v[i].doc};
        }
        got += hits.n;
        a.after = hits.next;
    } while (hits.more);
    if (got != want)
        fail_msg("'%s': %zu by a scan, %zu by the index", text, want, got);
    return got;
}

static void test_scan(void **state)
{
    struct fixture *f = *state;
    struct random r;
    random_seed(&r, 70);
    struct bulk b = {f, &r, ARENA_ARRAY(&f->arena, DOCS, struct scanned)};
    size_t found = 0;
    assert_ok(db_write(f->db, put_all, &b));
    for (int i = 0; i < QUERIES; i++)
        found += compare(f, b.all, random_text(f, &r, 1, 4));
    static const char *const initials[] = {"ㅇㅊㄹ", "ㄱㅎ", "금ㅎ", "ㅈ", "ㅅㅊ a"};
    for (size_t i = 0; i < 5; i++)
        found += compare(f, b.all, initials[i]);
    printf("%s: %d queries, %zu hits as by a scan\n", on_postgres ? "postgres" : "sqlite", QUERIES + 5, found);
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, house_setup, shop_teardown),
        cmocka_unit_test_setup_teardown(test_policy, house_setup, shop_teardown),
        cmocka_unit_test_setup_teardown(test_scan, house_setup, shop_teardown),
    };
    return run_on_both("search", tests, sizeof tests / sizeof tests[0]);
}
