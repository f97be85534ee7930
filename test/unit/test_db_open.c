/* Opening, migrating, lost connections, limits, ids: the same on both engines. */
#include "store_test.h"

#include "db/id.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#undef system /* the tests run PostgreSQL's own programs */

enum { FIRMS = 150 };

static void test_migrations(void **state)
{
    (void)state;
    struct fixture *f = fixture_empty(NULL);
    int applied = -1;
    assert_ok(store_migrate(f->store, embedded_shop, &applied));
    assert_int_equal(applied, 3);
    assert_ok(store_migrate(f->store, embedded_shop, &applied));
    assert_int_equal(applied, 0);

    struct embedded fewer[] = {embedded_shop[0], embedded_shop[1], {NULL, NULL, 0}};
    assert_int_equal(store_migrate(f->store, fewer, NULL), ST_UNSUPPORTED);

    struct embedded edited[] = {embedded_shop[0], embedded_shop[1], embedded_shop[2], {NULL, NULL, 0}};
    edited[1].n--;
    assert_int_equal(store_migrate(f->store, edited, NULL), ST_CONFLICT);

    static const unsigned char broken[] =
        "CREATE TABLE half (id bigint PRIMARY KEY);\nCREATE TABLE oops (id bigint,,);\n";
    static const unsigned char whole[] = "CREATE TABLE half (id bigint PRIMARY KEY);\n";
    struct embedded more[] = {embedded_shop[0],
                              embedded_shop[1],
                              embedded_shop[2],
                              {"0903_x.sql", broken, sizeof broken - 1},
                              {NULL, NULL, 0}};
    assert_int_equal(store_migrate(f->store, more, NULL), ST_BUG);
    more[3] = (struct embedded){"0903_x.sql", whole, sizeof whole - 1};
    assert_ok(store_migrate(f->store, more, &applied));
    assert_int_equal(applied, 1);

    struct embedded wrong[] = {embedded_shop[1], embedded_shop[0], {NULL, NULL, 0}};
    assert_int_equal(store_migrate(f->store, wrong, NULL), ST_BUG);
    fixture_free(f);
}

static void test_slow_query_is_stopped(void **state)
{
    (void)state;
    struct fixture *f = fixture_shop(&(struct store_options){.query_max_ms = 200});
    struct count_to_row row;
    assert_int_equal(count_to(f->db, INT64_C(4000000000), &row), ST_TIMEOUT);
    assert_ok(count_to(f->db, 100, &row));
    assert_int_equal(row.n, 100);
    fixture_free(f);
}

static void test_reopen(void **state)
{
    struct fixture *f = *state;
    set_counter(f, "c", 12);
    db_release(f->db);
    store_close(f->store);
    f->store = NULL;
    if (!on_postgres) {
        struct stat s;
        assert_int_equal(stat(f->url, &s), 0);
        assert_int_equal(s.st_mode & 0777, 0600);
    }
    assert_ok(store_open(f->url, NULL, &f->store));
    f->db = db_acquire(f->store, &f->arena);
    assert_int_equal(get_counter(f, "c"), 12);
    db_release(f->db);
    store_close(f->store);
    f->store = NULL;
}

/* A damaged file, and a database that does not sort by bytes. */
static void test_refused_at_open(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    add_firms(f, 1, FIRMS);
    db_release(f->db);
    store_close(f->store);
    f->store = NULL;
    if (on_postgres) {
        char url[700], command[300];
        snprintf(command, sizeof command, "createdb -T template0 -E SQL_ASCII --locale=C %s_ascii", f->name);
        assert_int_equal(system(command), 0);
        snprintf(url, sizeof url, "postgres:///%s_ascii?host=%s&user=ppuri", f->name, getenv("PGHOST"));
        assert_int_equal(store_open(url, NULL, &s), ST_UNSUPPORTED);
        assert_int_equal(store_open("postgres:///none?host=/nowhere", NULL, &s), ST_BUSY);
        return;
    }
    int fd = open(f->url, O_RDWR);
    static const char junk[30000] = "junk";
    assert_int_equal(pwrite(fd, junk, sizeof junk, 4096 * 3 + 20), sizeof junk);
    close(fd);
    assert_int_equal(store_open(f->url, NULL, &s), ST_IO);
    assert_int_equal(store_open("/nowhere/x.db", NULL, &s), ST_IO);
}

static void test_lost_connections(void **state)
{
    struct fixture *f = *state;
    struct db *other = db_acquire(f->store, &f->arena);
    struct counter_get_row row;
    char command[300];
    set_counter(f, "c", 3);
    assert_ok(counter_get(other, STR("c"), &row));
    snprintf(
        command, sizeof command,
        "psql -q -d postgres -c \"select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'\" >&2",
        f->name);
    for (int i = 0; i < 2; i++) {
        if (on_postgres)
            assert_int_equal(system(command), 0);
        assert_int_equal(get_counter(f, "c"), 3 + i);
        if (on_postgres)
            assert_int_equal(system(command), 0);
        set_counter(f, "c", 4 + i);
        assert_ok(counter_get(other, STR("c"), &row));
    }
    db_release(other);
}

static void test_like(void **state)
{
    struct fixture *f = *state;
    assert_true(str_eq(db_like_prefix(&f->arena, STR("5%_a!")), STR("5!%!_a!!%")));
    assert_true(str_eq(db_like_part(&f->arena, STR("가")), STR("%가%")));
    assert_true(str_eq(db_like_part(&f->arena, STR("")), STR("%%")));
}

static void test_ids(void **state)
{
    struct fixture *f = *state;
    struct id_source s;
    id_source_init(&s, 1023);
    int64_t last = 0;
    static const int64_t clock_ms[] = {ID_EPOCH_MS, ID_EPOCH_MS + 5, ID_EPOCH_MS + 2, 0, ID_EPOCH_MS + 5};
    for (int i = 0; i < 5 * 5000; i++) {
        int64_t id = id_next_at(&s, clock_ms[i / 5000]);
        assert_true(id > last && (id >> 12 & 1023) == 1023);
        last = id;
    }
    assert_int_equal(id_ms(id_next_at(&s, ID_EPOCH_MS + 90000)), ID_EPOCH_MS + 90000);
    assert_true(db_new_id(f->db) < db_new_id(f->db));
}

#define SHOP(t) cmocka_unit_test_setup_teardown(t, shop_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_migrations),
        cmocka_unit_test(test_slow_query_is_stopped),
        SHOP(test_reopen),
        SHOP(test_refused_at_open),
        SHOP(test_lost_connections),
        SHOP(test_like),
        SHOP(test_ids),
    };
    return run_on_both("store opening tests", tests, sizeof tests / sizeof tests[0]);
}
