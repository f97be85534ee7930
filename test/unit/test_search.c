/* The search index equals a plain scan, whatever is put, replaced and taken away, and while others read. */
#include "core/search.h"

#include "base/buf.h"
#include "base/random.h"
#include "base/utf8.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { DOCS = 1000, QUERIES = 300, CHANGES = 6000, READERS = 3 };

struct fixture {
    struct arena arena;
    struct search *index;
};

static int setup(void **state)
{
    static struct fixture f;
    arena_init(&f.arena, SIZE_MAX / 2);
    f.index = search_new();
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    search_free(f->index);
    arena_release(&f->arena);
    return 0;
}

static struct str_list one(struct arena *a, const char *s)
{
    struct str_list l = {NULL, 0, 0};
    if (*s)
        VEC_PUSH(a, &l, str_c(s));
    return l;
}

static void store(struct fixture *f, const char *ref, const char *name, const char *process, const char *text)
{
    struct search_doc d = {.kind = SEARCH_FIRM,
                           .ref = str_c(ref),
                           .title = str_c(name),
                           .shown = str_c(text),
                           .field = {one(&f->arena, name), one(&f->arena, process), one(&f->arena, text)}};
    search_put(f->index, str_c(ref), &(struct search_docs){&d, 1, 1});
}

static struct search_hits ask(struct fixture *f, const char *words)
{
    struct search_hits hits;
    assert_int_equal(
        search_query(f->index, &f->arena, &(struct search_ask){.words = str_c(words), .limit = 100}, &hits), ST_OK);
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
    assert_refs(f, "scm440", "E A");
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
    struct search_doc d = {.kind = SEARCH_NEED,
                           .ref = STR("N-1"),
                           .owner_org = 7,
                           .only_owner = true,
                           .title = STR("비밀 금형"),
                           .shown = STR(""),
                           .field = {one(&f->arena, "비밀 금형")}};
    struct search_hits hits;
    search_put(f->index, STR("N-1"), &(struct search_docs){&d, 1, 1});
    assert_refs(f, "금형", "");
    for (int64_t org = 7; org < 9; org++) {
        struct search_ask a = {.words = STR("금형"), .limit = 1, .viewer_org = org};
        assert_int_equal(search_query(f->index, &f->arena, &a, &hits), ST_OK);
        assert_int_equal(hits.n, org == 7);
        assert_int_equal(hits.count[SEARCH_NEED], org == 7);
    }
}

static void test_bounds(void **state)
{
    struct fixture *f = *state;
    struct search_hits hits;
    store(f, "A", "금형", "", "");
    struct search_ask nine = {.words = STR("a b c d e f g h i"), .limit = 1};
    assert_int_equal(search_query(f->index, &f->arena, &nine, &hits), ST_TOO_LARGE);
    struct search_ask far = {.words = STR("금형"), .limit = 1, .skip = SEARCH_SKIP_MAX + 1};
    assert_int_equal(search_query(f->index, &f->arena, &far, &hits), ST_OK);
    assert_int_equal(hits.n, 0);
    struct search_ask needs = {.words = STR("금형"), .limit = 1, .kinds = 1u << SEARCH_NEED};
    assert_int_equal(search_query(f->index, &f->arena, &needs, &hits), ST_OK);
    assert_int_equal(hits.n, 0);
    assert_int_equal(hits.count[SEARCH_FIRM], 1);
}

static const char *random_text(struct arena *a, struct random *r, int least, int most)
{
    static const char *const signs[] = {"금", "형", "열", "처", "리", "사", "출", "주",
                                        "조", "a",  "B",  "4",  "0",  " ",  "-",  "한"};
    AUTO_BUF b;
    buf_init(&b, 1000);
    for (int n = least + (int)random_below(r, (uint64_t)(most - least + 1)); n; n--)
        buf_add_c(&b, signs[random_below(r, sizeof signs / sizeof *signs)]);
    return arena_c(a, buf_str(&b));
}

/* What the index was told, for the scan: a part of no, one or two documents. */
struct told {
    struct search_docs docs;
    struct str fold[2][SEARCH_FIELDS];
};

struct world {
    struct arena *arena;
    struct search *index;
    struct random r;
    struct told *all;
};

static void tell(struct world *w, int part)
{
    struct told *t = &w->all[part];
    *t = (struct told){.docs = {NULL, 0, 0}};
    for (uint64_t n = random_below(&w->r, 3); n; n--) {
        struct search_doc *d = VEC_ADD(w->arena, &t->docs);
        const char *name = random_text(w->arena, &w->r, 0, 8);
        *d = (struct search_doc){
            .kind = (enum search_kind)random_below(&w->r, SEARCH_KINDS), .title = str_c(name), .shown = STR("")};
        d->ref = arena_printf(w->arena, "%d", 2 * part + (int)n - 1);
        for (int k = 0; k < SEARCH_FIELDS; k++) {
            d->field[k] = one(w->arena, k ? random_text(w->arena, &w->r, 0, 8) : name);
            if (random_below(&w->r, 2))
                VEC_PUSH(w->arena, &d->field[k], str_c(random_text(w->arena, &w->r, 0, 4)));
            t->fold[t->docs.n - 1][k] = search_fold(w->arena, &d->field[k]);
        }
    }
    search_put(w->index, arena_printf(w->arena, "site/%d", part), &t->docs);
}

static bool found_by_scan(const struct str fold[SEARCH_FIELDS], const struct search_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (search_rank(fold, words->v[i]) < 0)
            return false;
    return words->n > 0;
}

static size_t scan(const struct world *w, const struct search_words *words, int64_t count[SEARCH_KINDS])
{
    size_t n = 0;
    memset(count, 0, SEARCH_KINDS * sizeof *count);
    for (int i = 0; i < DOCS; i++)
        for (size_t k = 0; k < w->all[i].docs.n; k++)
            if (found_by_scan(w->all[i].fold[k], words)) {
                count[w->all[i].docs.v[k].kind]++;
                n++;
            }
    return n;
}

static const struct str *fold_of(const struct world *w, struct str ref)
{
    for (int i = 0; i < DOCS; i++)
        for (size_t k = 0; k < w->all[i].docs.n; k++)
            if (str_eq(w->all[i].docs.v[k].ref, ref))
                return w->all[i].fold[k];
    return NULL;
}

static bool in_order(const struct search_hit *a, const struct search_hit *b)
{
    int by_title = str_cmp(a->title, b->title);
    return a->rank != b->rank ? a->rank < b->rank : by_title ? by_title < 0 : str_cmp(a->ref, b->ref) < 0;
}

/* Every page of a query in order, compared with ranks and counts of the scan. */
static size_t compare(struct world *w, const char *text)
{
    struct search_words words;
    struct search_hits hits;
    struct search_hit last = {.rank = -1};
    int64_t count[SEARCH_KINDS];
    size_t got = 0;
    assert_int_equal(search_words_read(w->arena, str_c(text), &words), ST_OK);
    size_t want = scan(w, &words, count);
    struct search_ask a = {.words = str_c(text), .limit = 70};
    do {
        assert_int_equal(search_query(w->index, w->arena, &a, &hits), ST_OK);
        for (size_t i = 0; i < hits.n; i++) {
            assert_int_equal(hits.v[i].rank, search_rank(fold_of(w, hits.v[i].ref), words.v[0]));
            assert_true(last.rank < 0 || in_order(&last, &hits.v[i]));
            last = hits.v[i];
            bool shown = hits.v[i].title_spans.n || hits.v[i].snippet_spans.n;
            assert_true(shown ? !hits.v[i].other.n : search_rank_in_piece(hits.v[i].other, words.v[0]) >= 0);
        }
        if (words.n)
            assert_memory_equal(hits.count, count, sizeof count);
        got += hits.n;
        a.skip += a.limit;
    } while (hits.more);
    if (got != want)
        fail_msg("'%s': %zu by a scan, %zu by the index", text, want, got);
    return got;
}

static void test_scan(void **state)
{
    struct fixture *f = *state;
    struct world w = {.arena = &f->arena, .index = f->index, .all = ARENA_ARRAY(&f->arena, DOCS, struct told)};
    static const char *const initials[] = {"ㅇㅊㄹ", "ㄱㅎ", "금ㅎ", "ㅈ", "ㅅㅊ a"};
    size_t found = 0;
    memset(w.all, 0, DOCS * sizeof *w.all);
    random_seed(&w.r, 70);
    for (int i = 0; i < DOCS; i++)
        tell(&w, i);
    /* Enough changes that the index is made anew on the way. */
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < QUERIES / 3; i++)
            found += compare(&w, random_text(w.arena, &w.r, 1, 4));
        for (size_t i = 0; i < 5; i++)
            found += compare(&w, initials[i]);
        for (int i = 0; i < CHANGES / 3; i++)
            tell(&w, (int)random_below(&w.r, DOCS));
    }
    printf("%d queries, %d changes, %zu hits as by a scan\n", QUERIES + 15, CHANGES, found);
    assert_true(found > 1000);
}

struct reader {
    struct search *index;
    uint64_t seed;
    bool *stop;
    int64_t wrong;
};

/* Every part has two documents of one text: an answer with one of them alone is torn. */
static void *read_on(void *arg)
{
    struct reader *r = arg;
    while (!__atomic_load_n(r->stop, __ATOMIC_ACQUIRE)) {
        AUTO_ARENA a;
        struct search_hits hits;
        arena_init(&a, SIZE_MAX / 2);
        r->wrong +=
            search_query(r->index, &a, &(struct search_ask){.words = STR("금형"), .limit = 100}, &hits) != ST_OK;
        r->wrong += hits.count[SEARCH_FIRM] != hits.count[SEARCH_NEED];
    }
    return NULL;
}

static void test_threads(void **state)
{
    struct fixture *f = *state;
    struct reader readers[READERS];
    pthread_t threads[READERS];
    bool stop = false;
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){f->index, (uint64_t)i, &stop, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
    }
    for (int i = 0; i < CHANGES; i++) {
        AUTO_ARENA a;
        arena_init(&a, SIZE_MAX / 2);
        struct search_doc d[2] = {{.kind = SEARCH_FIRM}, {.kind = SEARCH_NEED}};
        for (int k = 0; k < 2; k++) {
            d[k].ref = d[k].title = arena_printf(&a, "%d-%d", i % 50, k);
            d[k].shown = STR("");
            d[k].field[SEARCH_NAME] = one(&a, i % 3 ? "사출금형" : "주조");
        }
        search_put(f->index, arena_printf(&a, "%d", i % 50), &(struct search_docs){d, 2, 2});
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
    for (int i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(readers[i].wrong, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words, setup, teardown),
        cmocka_unit_test_setup_teardown(test_policy, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bounds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scan, setup, teardown),
        cmocka_unit_test_setup_teardown(test_threads, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
