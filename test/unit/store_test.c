/* Stores in new folders and new databases. PostgreSQL's own programs make and drop the databases. */
#include "store_test.h"

#include "db/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#undef system /* the tests run PostgreSQL's own programs */

bool on_postgres;

static void run(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

static void make_place(struct fixture *f)
{
    static int number;
    char command[400];
    const char *tmp = getenv("TMPDIR");
    snprintf(f->folder, sizeof f->folder, "%s/store.XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->url, sizeof f->url, "%s/council.db", f->folder);
    if (!on_postgres)
        return;
    snprintf(f->name, sizeof f->name, "t%d_%d", (int)getpid(), ++number);
    snprintf(command, sizeof command, "createdb -T template0 -E UTF8 --locale=C %s", f->name);
    run(command);
    snprintf(f->url, sizeof f->url, "postgres:///%s?host=%s&user=ppuri", f->name, getenv("PGHOST"));
}

struct fixture *fixture_empty(const struct store_options *options)
{
    struct fixture *f = calloc(1, sizeof *f);
    make_place(f);
    assert_ok(store_open(f->url, options, &f->store));
    arena_init(&f->arena, 256 << 20);
    f->db = db_acquire(f->store, &f->arena);
    return f;
}

struct fixture *fixture_shop(const struct store_options *options)
{
    struct fixture *f = fixture_empty(options);
    assert_ok(store_migrate(f->store, embedded_shop, NULL));
    return f;
}

struct fixture *fixture_house(const struct store_options *options)
{
    struct fixture *f = fixture_empty(options);
    assert_ok(store_migrate(f->store, embedded_migrations, NULL));
    return f;
}

const struct sql_column raw_column = {"n", SQL_INT, false, 0};

int64_t raw_number(struct fixture *f, const struct sql_block *block)
{
    int64_t n = 0;
    assert_ok(sql_one(f->db, block, 0, NULL, &n));
    return n;
}

static enum status run_tampering(struct tx *t, void *arg)
{
    return t->db.conn->engine->script(t->db.conn, arg);
}

void tamper(struct fixture *f, const char *sql)
{
    assert_ok(db_write(f->db, run_tampering, (void *)(uintptr_t)sql));
}

int in_child(const struct fixture *f, void (*fn)(struct db *db, void *arg), void *arg)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct arena a;
        struct store *s;
        arena_init(&a, 256 << 20);
        if (store_open(f->url, &(struct store_options){.skip_check = true, .node = 1}, &s) != ST_OK)
            _exit(9);
        struct db *db = db_acquire(s, &a);
        fn(db, arg);
        db_release(db);
        store_close(s);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void fixture_free(struct fixture *f)
{
    char command[400];
    if (f->store) {
        db_release(f->db);
        store_close(f->store);
    }
    arena_release(&f->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    run(command);
    if (f->name[0]) {
        snprintf(command, sizeof command, "dropdb --force %s", f->name);
        run(command);
    }
    free(f);
}

int shop_setup(void **state)
{
    *state = fixture_shop(NULL);
    return 0;
}

int house_setup(void **state)
{
    *state = fixture_house(NULL);
    return 0;
}

int shop_teardown(void **state)
{
    fixture_free(*state);
    return 0;
}

/* Failed tests are counted by cmocka; its exit codes are summed. */
int run_on_both(const char *name, const struct CMUnitTest *tests, size_t n)
{
    on_postgres = false;
    int failed = _cmocka_run_group_tests("sqlite", tests, n, NULL, NULL);
    size_t on_second = 0;
    if (getenv("PPURI_TEST_POSTGRES")) {
        on_postgres = true;
        on_second = n;
        failed += _cmocka_run_group_tests("postgres", tests, n, NULL, NULL);
    } else {
        fprintf(stderr, "PPURI_TEST_POSTGRES is not set: run by test/with_postgres\n");
        failed += getenv("CI") != NULL;
    }
    printf("%s: sqlite %zu, postgres %zu\n", name, n, on_second);
    return failed != 0;
}

struct firms {
    int from, to;
};

static enum status write_firms(struct tx *t, void *arg)
{
    const struct firms *range = arg;
    struct region_show_row region;
    struct arena *a = db_arena(tx_db(t));
    if (region_show(tx_db(t), 1, &region) == ST_NOT_FOUND) {
        TRY(region_add(t, &(struct region_add_in){1, STR("대전"), STR("Daejeon")}, NULL));
        TRY(region_add(t, &(struct region_add_in){2, STR("세종"), STR("Sejong")}, NULL));
    }
    for (int i = range->from; i <= range->to; i++) {
        struct firm_add_in in = {
            .id = i,
            .region_id = 1 + i % 2,
            .slug = arena_printf(a, "firm-%d", i),
            .name = arena_printf(a, "%s정밀 %03d", i % 5 ? "한빛" : "대덕", i),
            .name_fold = arena_printf(a, "%s정밀%03d", i % 5 ? "한빛" : "대덕", i),
            .staff = {i % 7 * 10, i % 3 != 0},
            .rating = {i / 10.0, i % 4 != 0},
            .created_ms = 1000 + i * 37 % 101,
        };
        TRY(firm_add(t, &in, NULL));
    }
    return ST_OK;
}

void add_firms(struct fixture *f, int from, int to)
{
    assert_ok(db_write(f->db, write_firms, &(struct firms){from, to}));
}

struct counter {
    struct str name;
    int64_t n;
};

static enum status write_counter(struct tx *t, void *arg)
{
    const struct counter *c = arg;
    return counter_set(t, c->name, c->n, NULL);
}

void set_counter(struct fixture *f, const char *name, int64_t n)
{
    assert_ok(db_write(f->db, write_counter, &(struct counter){str_c(name), n}));
}

int64_t get_counter(struct fixture *f, const char *name)
{
    struct counter_get_row row;
    assert_ok(counter_get(f->db, str_c(name), &row));
    return row.n;
}
