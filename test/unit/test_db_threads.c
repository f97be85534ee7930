/* Many threads on one store: nothing lost or doubled, conflicts repeated, readers see one moment. The same on both
 * engines. */
#include "store_test.h"

#include "db/engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { WRITERS = 32, WRITES = 60 };

struct worker {
    struct fixture *f;
    pthread_t thread;
    int number;
    int stored, busy, wrong;
};

static atomic_int closure_runs;

struct write {
    int64_t id, who, at, total;
};

static enum status write_entry(struct tx *t, void *arg)
{
    struct write *w = arg;
    struct counter_add_row row;
    atomic_fetch_add(&closure_runs, 1);
    w->id = tx_new_id(t);
    TRY(entry_add(t, &(struct entry_add_in){w->id, w->who, w->at, {NULL, 0}}, NULL));
    char name[16];
    snprintf(name, sizeof name, "c%d", (int)(w->who % 8));
    TRY(counter_add(t, str_c(name), 1, &row));
    w->total = row.n;
    return ST_OK;
}

static void *write_many(void *arg)
{
    struct worker *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    for (int i = 0; i < WRITES; i++) {
        arena_reset(&a);
        struct db *db = db_acquire(w->f->store, &a);
        struct write job = {.who = w->number, .at = i};
        enum status st;
        while ((st = db_write(db, write_entry, &job)) == ST_BUSY)
            w->busy++;
        w->stored += st == ST_OK && job.total > 0;
        w->wrong += st != ST_OK;
        db_release(db);
    }
    return NULL;
}

static void run_workers(struct fixture *f, struct worker *w, int n, void *(*fn)(void *))
{
    for (int i = 0; i < n; i++) {
        w[i] = (struct worker){.f = f, .number = i};
        assert_int_equal(pthread_create(&w[i].thread, NULL, fn, &w[i]), 0);
    }
    for (int i = 0; i < n; i++)
        pthread_join(w[i].thread, NULL);
}

static void test_32_writers(void **state)
{
    struct fixture *f = *state;
    struct worker w[WRITERS];
    char name[16];
    for (int i = 0; i < 8; i++) {
        snprintf(name, sizeof name, "c%d", i);
        set_counter(f, name, 0);
    }
    atomic_store(&closure_runs, 0);
    run_workers(f, w, WRITERS, write_many);
    int stored = 0, busy = 0;
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(w[i].wrong, 0);
        stored += w[i].stored;
        busy += w[i].busy;
    }
    struct entry_count_row count;
    struct counter_total_row total;
    assert_ok(entry_count(f->db, &count));
    assert_ok(counter_total(f->db, &total));
    printf("%s: %d threads, %d writes, %d closure runs, %d busy answers repeated\n",
           on_postgres ? "postgres" : "sqlite", WRITERS, stored, atomic_load(&closure_runs), busy);
    assert_int_equal(stored, WRITERS * WRITES);
    assert_int_equal(count.n, stored);
    assert_int_equal(count.distinct_n, stored);
    assert_int_equal(total.n, stored);
}

struct meeting {
    atomic_int arrived;
    atomic_int runs;
};

static struct meeting meeting;

/* Reads, waits until the other one has read too (or 100 ms), writes what it read plus one: a lost update, if one is
 * possible. */
static enum status add_after_meeting(struct tx *t, void *arg)
{
    (void)arg;
    struct counter_get_row row;
    struct timespec tick = {.tv_sec = 0, .tv_nsec = 1000000};
    atomic_fetch_add(&meeting.runs, 1);
    TRY(counter_get(tx_db(t), STR("c"), &row));
    atomic_fetch_add(&meeting.arrived, 1);
    for (int i = 0; i < 100 && atomic_load(&meeting.arrived) < 2; i++)
        nanosleep(&tick, NULL);
    return counter_set(t, STR("c"), row.n + 1, NULL);
}

static void *write_after_meeting(void *arg)
{
    struct worker *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(w->f->store, &a);
    w->wrong = db_write(db, add_after_meeting, NULL) != ST_OK;
    db_release(db);
    return NULL;
}

static void test_conflicting_closures(void **state)
{
    struct fixture *f = *state;
    struct worker w[2];
    set_counter(f, "c", 10);
    atomic_store(&meeting.arrived, 0);
    atomic_store(&meeting.runs, 0);
    run_workers(f, w, 2, write_after_meeting);
    assert_true(!w[0].wrong && !w[1].wrong);
    assert_int_equal(get_counter(f, "c"), 12);
    int runs = atomic_load(&meeting.runs);
    printf("%s: two conflicting closures ran %d times\n", on_postgres ? "postgres" : "sqlite", runs);
    assert_true(on_postgres ? runs >= 3 : runs == 2);
}

static atomic_bool stop;
static atomic_int transfers;

static enum status write_transfer(struct tx *t, void *arg)
{
    (void)arg;
    struct counter_add_row row;
    TRY(counter_add(t, STR("a"), -1, &row));
    return counter_add(t, STR("b"), 1, &row);
}

static void *keep_transferring(void *arg)
{
    struct worker *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    while (!atomic_load(&stop)) {
        arena_reset(&a);
        struct db *db = db_acquire(w->f->store, &a);
        if (db_write(db, write_transfer, NULL) == ST_OK)
            atomic_fetch_add(&transfers, 1);
        db_release(db);
    }
    return NULL;
}

/* Two transfers may be done but not yet counted, so the third is surely a new one; false after 20 s. */
static bool await_transfer(void)
{
    int before = atomic_load(&transfers);
    for (int ms = 0; ms < 20000 && atomic_load(&transfers) < before + 3; ms++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    return atomic_load(&transfers) >= before + 3;
}

enum { SUMS = 20 };

/* How many of SUMS sums, read one by one around a transfer, are not what they always are. */
static int wrong_sums(struct fixture *f, bool together)
{
    int wrong = 0;
    for (int i = 0; i < SUMS; i++) {
        if (together)
            assert_ok(db_read_begin(f->db));
        int64_t a = get_counter(f, "a");
        assert_true(await_transfer());
        wrong += a + get_counter(f, "b") != 1000;
        if (together)
            db_read_end(f->db);
    }
    return wrong;
}

static void test_readers_see_one_moment(void **state)
{
    struct fixture *f = *state;
    struct worker w[2];
    set_counter(f, "a", 500);
    set_counter(f, "b", 500);
    atomic_store(&stop, false);
    atomic_store(&transfers, 0);
    for (int i = 0; i < 2; i++) {
        w[i] = (struct worker){.f = f, .number = i};
        assert_int_equal(pthread_create(&w[i].thread, NULL, keep_transferring, &w[i]), 0);
    }
    int inside = wrong_sums(f, true), outside = wrong_sums(f, false);
    atomic_store(&stop, true);
    for (int i = 0; i < 2; i++)
        pthread_join(w[i].thread, NULL);
    printf("%s: of %d sums, wrong in a read transaction %d, without one (control) %d; %d transfers\n",
           on_postgres ? "postgres" : "sqlite", SUMS, inside, outside, atomic_load(&transfers));
    assert_int_equal(inside, 0);
    assert_int_equal(outside, SUMS);
}

static void *migrate(void *arg)
{
    struct worker *w = arg;
    w->wrong = store_migrate(w->f->store, embedded_shop, &w->stored) != ST_OK;
    return NULL;
}

static void test_racing_migrations(void **state)
{
    (void)state;
    struct fixture *f = fixture_empty(NULL);
    struct worker w[6];
    int applied = 0;
    run_workers(f, w, 6, migrate);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(w[i].wrong, 0);
        applied += w[i].stored;
    }
    assert_int_equal(applied, 3);
    set_counter(f, "c", 1);
    fixture_free(f);
}

static enum status write_slowly(struct tx *t, void *arg)
{
    (void)arg;
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    return counter_set(t, STR("c"), 1, NULL);
}

static void *write_one_slowly(void *arg)
{
    struct worker *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(w->f->store, &a);
    enum status st = db_write(db, write_slowly, NULL);
    w->stored = st == ST_OK;
    w->busy = st == ST_BUSY;
    db_release(db);
    return NULL;
}

/* A full queue, or no free connection in time: ST_BUSY at once, the others are stored. */
static void test_more_than_the_queue(void **state)
{
    (void)state;
    struct fixture *f =
        fixture_shop(&(struct store_options){.connections = 2, .queue_max = 2, .batch_max = 1, .busy_ms = 80});
    struct worker w[12];
    int stored = 0, busy = 0;
    db_release(f->db);
    run_workers(f, w, 12, write_one_slowly);
    for (int i = 0; i < 12; i++) {
        stored += w[i].stored;
        busy += w[i].busy;
    }
    printf("%s: of 12 slow writes %d stored, %d busy\n", on_postgres ? "postgres" : "sqlite", stored, busy);
    assert_true(stored >= 2 && busy >= 1 && stored + busy == 12);
    fixture_free(f);
}

int main(void)
{
#define SHOP(t) cmocka_unit_test_setup_teardown(t, shop_setup, shop_teardown)
    const struct CMUnitTest tests[] = {
        SHOP(test_32_writers),
        SHOP(test_conflicting_closures),
        SHOP(test_readers_see_one_moment),
        cmocka_unit_test(test_racing_migrations),
        cmocka_unit_test(test_more_than_the_queue),
    };
    return run_on_both("store tests with threads", tests, sizeof tests / sizeof tests[0]);
}
