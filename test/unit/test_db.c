/* Queries and writes: the store's contract, the same on both engines. */
#include "store_test.h"

#include <float.h>
#include <stdio.h>

static enum status add_extremes(struct tx *t, void *arg)
{
    (void)arg;
    TRY(region_add(t, &(struct region_add_in){INT64_MAX, STR("대전"), STR("")}, NULL));
    struct firm_add_in in = {.id = 1,
                             .region_id = INT64_MAX,
                             .slug = STR("a"),
                             .name = STR("㈜뿌리 \"'\\ \n%_"),
                             .name_fold = STR("뿌리"),
                             .staff = {INT64_MIN, true},
                             .rating = {0.1 + 0.2, true},
                             .logo = STR("\0\xff\x01\0"),
                             .created_ms = -5};
    TRY(firm_add(t, &in, NULL));
    in = (struct firm_add_in){.id = 2,
                              .region_id = INT64_MAX,
                              .slug = STR("b"),
                              .name = STR(""),
                              .name_fold = STR(""),
                              .rating = {DBL_MAX, true},
                              .logo = STR(""),
                              .created_ms = INT64_MAX};
    TRY(firm_add(t, &in, NULL));
    in = (struct firm_add_in){.id = 3,
                              .region_id = INT64_MAX,
                              .slug = STR("c"),
                              .name = STR("c"),
                              .name_fold = STR("c"),
                              .rating = {-DBL_TRUE_MIN, true}};
    return firm_add(t, &in, NULL);
}

static void test_values_come_back(void **state)
{
    struct fixture *f = *state;
    struct firm_show_row r;
    assert_ok(db_write(f->db, add_extremes, NULL));
    assert_ok(firm_show(f->db, STR("a"), &r));
    assert_true(r.id == 1 && r.region_id == INT64_MAX && r.created_ms == -5 && r.version == 1);
    assert_true(str_eq(r.name, STR("㈜뿌리 \"'\\ \n%_")));
    assert_true(r.staff.has && r.staff.v == INT64_MIN);
    assert_true(r.rating.has && r.rating.v == 0.1 + 0.2);
    assert_true(str_eq(r.logo, STR("\0\xff\x01\0")));
    assert_ok(firm_show(f->db, STR("b"), &r));
    assert_true(r.name.p && r.name.n == 0 && r.logo.p && r.logo.n == 0);
    assert_true(!r.staff.has && r.rating.v == DBL_MAX && r.created_ms == INT64_MAX);
    assert_ok(firm_show(f->db, STR("c"), &r));
    assert_true(!r.logo.p && r.rating.v == -DBL_TRUE_MIN);
    assert_int_equal(firm_show(f->db, STR("d"), &r), ST_NOT_FOUND);
    struct firm_any_row any;
    assert_int_equal(firm_any(f->db, &any), ST_BUG);
    AUTO_BUF out;
    buf_init(&out, 1000);
    struct json_out j;
    jout_init(&j, &out);
    firm_show_json(&j, &r);
    assert_true(str_starts(buf_str(&out), STR("{\"id\":\"3\",\"region_id\":\"9223372036854775807\",\"slug\":\"c\",")));
    assert_true(str_find(buf_str(&out), STR("\"staff\":null")) > 0);
}

static enum status add_wrong_text(struct tx *t, void *arg)
{
    return region_add(t, &(struct region_add_in){1, *(struct str *)arg, STR("")}, NULL);
}

static void test_guards(void **state)
{
    struct fixture *f = *state;
    struct firm_filter filter = {0};
    struct firm_card_list rows;
    struct firm_page_in in = {.firm_filter = &filter, .limit = 10};
    assert_ok(firm_page(f->db, &in, &rows));
    in.limit = 0;
    assert_int_equal(firm_page(f->db, &in, &rows), ST_BUG);
    in = (struct firm_page_in){.firm_filter = &filter, .limit = 10, .sort = (enum firm_page_sort)3};
    assert_int_equal(firm_page(f->db, &in, &rows), ST_BUG);
    in = (struct firm_page_in){.limit = 10};
    assert_int_equal(firm_page(f->db, &in, &rows), ST_BUG);
    struct firm_show_row row;
    struct quote_list_list quotes;
    assert_int_equal(firm_show(f->db, (struct str){NULL, 0}, &row), ST_BUG);
    assert_int_equal(firm_show(f->db, STR("a\0b"), &row), ST_INVALID);
    assert_int_equal(firm_show(f->db, STR("\xed\xa0\x80"), &row), ST_INVALID);
    assert_int_equal(quote_list(f->db, 0, &quotes), ST_BUG);
    struct str texts[] = {STR("a\0b"), STR("\xff"), {NULL, 0}};
    assert_int_equal(db_write(f->db, add_wrong_text, &texts[0]), ST_INVALID);
    assert_int_equal(db_write(f->db, add_wrong_text, &texts[1]), ST_INVALID);
    assert_int_equal(db_write(f->db, add_wrong_text, &texts[2]), ST_BUG);
    struct region_words_list words;
    assert_int_equal(region_words(f->db, STR("a"), &words), on_postgres ? ST_OK : ST_BUG);
}

enum { FIRMS = 150 };

/* The same filter, in C, on what add_firms writes. */
static bool passes(const struct firm_filter *w, int i)
{
    const char *word = i % 5 ? "한빛" : "대덕";
    if (w->region.has && w->region.v != 1 + i % 2)
        return false;
    if (w->prefix.p && !str_starts(str_c(word), str_n(w->prefix.p, 6)))
        return false;
    if (w->least_staff.has && (i % 3 == 0 || i % 7 * 10 < w->least_staff.v))
        return false;
    bool listed = w->listed != FIRM_FILTER_LISTED_NO;
    bool in_ids = !w->ids.v;
    for (size_t k = 0; k < w->ids.n; k++)
        in_ids |= w->ids.v[k] == i;
    return listed && in_ids;
}

static bool ordered(enum firm_page_sort sort, const struct firm_card *a, const struct firm_card *b)
{
    if (sort == FIRM_PAGE_SORT_NAME)
        return str_cmp(a->name, b->name) <= 0;
    if (sort == FIRM_PAGE_SORT_STAFF)
        return (a->staff.has && !b->staff.has) || (a->staff.has == b->staff.has && a->staff.v >= b->staff.v);
    int64_t x = a->id * 37 % 101, y = b->id * 37 % 101;
    return x > y || (x == y && a->id > b->id);
}

static void check_page(struct fixture *f, const struct firm_filter *filter, enum firm_page_sort sort)
{
    struct firm_card_list rows;
    struct firm_count_row count;
    assert_ok(firm_page(f->db, &(struct firm_page_in){.firm_filter = filter, .sort = sort, .limit = 1000}, &rows));
    assert_ok(firm_count(f->db, filter, &count));
    size_t want = 0;
    for (int i = 1; i <= FIRMS; i++)
        want += passes(filter, i);
    assert_int_equal(rows.n, want);
    assert_int_equal(count.n, want);
    for (size_t i = 0; i < rows.n; i++) {
        assert_true(passes(filter, (int)rows.v[i].id));
        assert_true(i == 0 || ordered(sort, &rows.v[i - 1], &rows.v[i]));
    }
}

/* 144 of the 288 variants: more than half the statement cache, each twice. */
static void test_every_filter(void **state)
{
    struct fixture *f = *state;
    static const int64_t ids[] = {3, 4, 10, 11, 12, 40, 77, 150, 9999};
    add_firms(f, 1, FIRMS);
    for (int k = 0; k < 288; k++) {
        struct firm_filter filter = {
            .region = {1 + k % 2, k & 1},
            .prefix = k & 2 ? db_like_prefix(&f->arena, STR("한빛")) : (struct str){NULL, 0},
            .least_staff = {30, (k & 4) != 0},
            .ids = k & 8 ? (struct sql_ints){ids, 9} : (struct sql_ints){NULL, 0},
            .listed = (enum firm_filter_listed)(k / 16 % 3),
        };
        check_page(f, &filter, (enum firm_page_sort)(k / 48 % 3));
    }
}

static void test_paging(void **state)
{
    struct fixture *f = *state;
    struct firm_filter filter = {0};
    struct firm_page_in in = {.firm_filter = &filter, .limit = 7};
    struct firm_card_list rows;
    int seen = 0;
    add_firms(f, 1, FIRMS);
    do {
        assert_ok(firm_page(f->db, &in, &rows));
        seen += (int)rows.n;
        if (rows.n) {
            assert_true(!in.after_id.has || str_cmp(in.after_name, rows.v[0].name) <= 0);
            in.after_id = opt_int(rows.v[rows.n - 1].id);
            in.after_name = rows.v[rows.n - 1].name;
        }
    } while (rows.n);
    assert_int_equal(seen, FIRMS);
}

static void test_lists_and_facets(void **state)
{
    struct fixture *f = *state;
    add_firms(f, 1, 20);
    int64_t many[2000];
    for (int i = 0; i < 2000; i++)
        many[i] = i + 3;
    struct firm_without_list rows;
    assert_ok(firm_without(f->db, (struct sql_ints){many, 2000}, &rows));
    assert_true(rows.n == 2 && rows.v[0].id == 1 && rows.v[1].id == 2);
    assert_ok(firm_without(f->db, (struct sql_ints){NULL, 0}, &rows));
    assert_int_equal(rows.n, 20);
    struct firm_filter filter = {.ids = {many, 0}};
    struct firm_count_row count;
    assert_ok(firm_count(f->db, &filter, &count));
    assert_true(count.n == 0 && count.staff == 0 && !count.best.has);
    filter.ids = (struct sql_ints){NULL, 0};
    struct firm_facet_list facets;
    assert_ok(firm_facet(f->db, &filter, FIRM_FACET_BY_REGION, &facets));
    assert_true(facets.n == 2 && facets.v[0].n == 10 && facets.v[0].k.v == 1);
    assert_ok(firm_facet(f->db, &filter, FIRM_FACET_BY_STAFF, &facets));
    assert_true(facets.v[0].n == 6 && !facets.v[0].k.has);
}

struct quote_result {
    enum status first, second;
    int64_t won;
};

static enum status quote_twice(struct tx *t, void *arg)
{
    struct quote_result *out = arg;
    struct quote_add_row row;
    struct quote_add_in in = {.need_id = 7, .firm_id = 1, .won = 500};
    out->first = quote_add(t, &in, &row);
    out->won = row.won;
    in.won = 600;
    out->second = quote_add(t, &in, &row);
    TRY(firm_rename(t, &(struct firm_rename_in){1, 1, STR("새 이름"), STR("새이름")}, NULL));
    return ST_OK;
}

static void test_returning(void **state)
{
    struct fixture *f = *state;
    struct quote_result r = {ST_BUG, ST_BUG, 0};
    struct quote_list_list quotes;
    struct firm_with_quote_list with;
    struct quote_share_list shares;
    add_firms(f, 1, 3);
    assert_ok(db_write(f->db, quote_twice, &r));
    assert_true(r.first == ST_OK && r.won == 500 && r.second == ST_NOT_FOUND);
    assert_ok(quote_list(f->db, 7, &quotes));
    assert_true(quotes.n == 1 && quotes.v[0].won == 500 && !quotes.v[0].note.p);
    assert_ok(firm_with_quote(f->db, 7, &with));
    assert_true(with.n == 3 && with.v[0].won.v == 500 && !with.v[1].won.has && !with.v[2].won.has);
    assert_ok(quote_share(f->db, 7, &shares));
    assert_true(shares.n == 1 && shares.v[0].share.v == 1.0);
}

struct rename {
    int64_t version, changed;
};

static enum status rename_firm(struct tx *t, void *arg)
{
    struct rename *r = arg;
    TRY(firm_rename(t, &(struct firm_rename_in){1, r->version, STR("가"), STR("가")}, &r->changed));
    return r->changed ? ST_OK : ST_CONFLICT;
}

static void test_optimistic_lock(void **state)
{
    struct fixture *f = *state;
    struct rename r = {1, -1};
    add_firms(f, 1, 1);
    assert_ok(db_write(f->db, rename_firm, &r));
    assert_int_equal(r.changed, 1);
    assert_int_equal(db_write(f->db, rename_firm, &r), ST_CONFLICT);
    assert_int_equal(r.changed, 0);
}

enum wrong { WRONG_UNIQUE, WRONG_FOREIGN, WRONG_CHECK, WRONG_RETURN, WRONG_SWALLOWED };

static enum status write_wrong(struct tx *t, void *arg)
{
    struct firm_add_in in = {.id = 50, .region_id = 1, .slug = STR("x"), .name = STR("x"), .name_fold = STR("x")};
    enum wrong wrong = *(enum wrong *)arg;
    TRY(counter_set(t, STR("c"), 99, NULL));
    if (wrong == WRONG_RETURN)
        return ST_FORBIDDEN;
    in.slug = wrong == WRONG_FOREIGN ? STR("y") : STR("firm-1");
    in.region_id = wrong == WRONG_FOREIGN ? 77 : 1;
    enum status st = wrong == WRONG_CHECK ? firm_unlist(t, 1, 2, NULL) : firm_add(t, &in, NULL);
    if (wrong != WRONG_SWALLOWED)
        return st;
    struct counter_get_row row;
    assert_int_equal(counter_get(tx_db(t), STR("c"), &row), ST_CONFLICT);
    return ST_OK;
}

static void test_failed_writes_store_nothing(void **state)
{
    struct fixture *f = *state;
    static const enum status want[] = {ST_CONFLICT, ST_CONFLICT, ST_BUG, ST_FORBIDDEN, ST_CONFLICT};
    add_firms(f, 1, 1);
    set_counter(f, "c", 1);
    for (int i = 0; i < 5; i++) {
        enum wrong wrong = (enum wrong)i;
        assert_int_equal(db_write(f->db, write_wrong, &wrong), want[i]);
        assert_int_equal(get_counter(f, "c"), 1);
    }
}

static enum status write_inside(struct tx *t, void *arg)
{
    struct fixture *f = arg;
    struct counter_get_row row;
    enum status st;
    TRY(counter_set(t, STR("c"), 5, NULL));
    TRY(counter_get(tx_db(t), STR("c"), &row));
    assert_int_equal(row.n, 5);
    st = counter_get(f->db, STR("c"), &row);
    assert_int_equal(st, ST_BUG);
    st = db_write(f->db, write_inside, arg);
    assert_int_equal(st, ST_BUG);
    st = db_write(tx_db(t), write_inside, arg);
    assert_int_equal(st, ST_BUG);
    return ST_OK;
}

static void test_misuse(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_write(f->db, write_inside, f));
    assert_int_equal(get_counter(f, "c"), 5);
    assert_ok(db_read_begin(f->db));
    assert_int_equal(db_read_begin(f->db), ST_BUG);
    assert_int_equal(db_write(f->db, write_inside, f), ST_BUG);
    assert_int_equal(get_counter(f, "c"), 5);
    db_read_end(f->db);
    assert_ok(db_write(f->db, write_inside, f));
}

struct visits {
    struct db *db;
    int n, stop_at;
    int64_t sum;
};

static enum status visit_firm(void *arg, const struct firm_card *row)
{
    struct visits *v = arg;
    struct firm_show_row again;
    char slug[32];
    snprintf(slug, sizeof slug, "firm-%d", (int)row->id);
    TRY(firm_show(v->db, str_c(slug), &again));
    assert_true(str_eq(again.name, row->name));
    v->sum += row->id;
    return ++v->n == v->stop_at ? ST_FORBIDDEN : ST_OK;
}

static enum status each_inside(struct tx *t, void *arg)
{
    struct visits *v = arg;
    *v = (struct visits){.db = tx_db(t)};
    TRY(firm_delete(t, 1, NULL));
    return firm_each(tx_db(t), visit_firm, v);
}

static void test_each(void **state)
{
    struct fixture *f = *state;
    struct visits v = {.db = f->db};
    for (int i = 0; i < 12; i++)
        add_firms(f, i * 100 + 1, i * 100 + 100);
    assert_ok(firm_each(f->db, visit_firm, &v));
    assert_true(v.n == 1200 && v.sum == 1200 * 1201 / 2);
    v = (struct visits){.db = f->db, .stop_at = 3};
    assert_int_equal(firm_each(f->db, visit_firm, &v), ST_FORBIDDEN);
    assert_int_equal(v.n, 3);
    assert_ok(db_write(f->db, each_inside, &v));
    assert_int_equal(v.n, 1199);
}

static void test_bounds(void **state)
{
    struct fixture *f = *state;
    struct firm_filter filter = {0};
    struct firm_card_list rows;
    add_firms(f, 1, FIRMS);
    AUTO_ARENA small;
    arena_init(&small, 6000);
    struct db *db = db_acquire(f->store, &small);
    struct firm_page_in in = {.firm_filter = &filter, .limit = 1000};
    assert_int_equal(firm_page(db, &in, &rows), ST_TOO_LARGE);
    assert_int_equal(rows.n, 0);
    db_release(db);
    arena_reset(&small);
    db = db_acquire(f->store, &small);
    in.limit = 10;
    assert_ok(firm_page(db, &in, &rows));
    db_release(db);
}

#define SHOP(t) cmocka_unit_test_setup_teardown(t, shop_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP(test_values_come_back), SHOP(test_guards),
        SHOP(test_every_filter),     SHOP(test_paging),
        SHOP(test_lists_and_facets), SHOP(test_returning),
        SHOP(test_optimistic_lock),  SHOP(test_failed_writes_store_nothing),
        SHOP(test_misuse),           SHOP(test_each),
        SHOP(test_bounds),
    };
    return run_on_both("store tests", tests, sizeof tests / sizeof tests[0]);
}
