/*
 * Faults: a full disk in the middle of a batch, a COMMIT that fails, kill -9 of a process that writes and acknowledges.
 * Each check has a control in which it must fail. The tests of the batch are about SQLite's writer and do nothing on
 * PostgreSQL.
 */
#include "store_test.h"

#include "db/engine.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOBS = 8, BIG_BYTES = 400000 };

struct job {
    struct store *store;
    pthread_t thread;
    int number;
    enum status st;
    struct str body;
};

static atomic_bool gate_open;
static atomic_int gate_seen;

static enum status wait_at_gate(struct tx *t, void *arg)
{
    (void)t;
    (void)arg;
    atomic_store(&gate_seen, 1);
    while (!atomic_load(&gate_open))
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    return ST_OK;
}

static enum status write_body(struct tx *t, void *arg)
{
    struct job *job = arg;
    return entry_add(t, &(struct entry_add_in){job->number + 1, job->number + 1, 1, job->body}, NULL);
}

static void *run_job(void *arg)
{
    struct job *job = arg;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(job->store, &a);
    job->st = db_write(db, job->number < 0 ? wait_at_gate : write_body, job);
    db_release(db);
    return NULL;
}

static void start(struct job *job)
{
    assert_int_equal(pthread_create(&job->thread, NULL, run_job, job), 0);
}

/* One job holds the writer while the others queue up behind it, so that they are one batch, in order. */
static void run_batch(struct fixture *f, struct job *jobs, struct str big, int big_at)
{
    struct job gate = {.store = f->store, .number = -1};
    atomic_store(&gate_open, false);
    atomic_store(&gate_seen, 0);
    start(&gate);
    while (!atomic_load(&gate_seen))
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    for (int i = 0; i < JOBS; i++) {
        jobs[i] = (struct job){.store = f->store, .number = i, .body = i == big_at ? big : STR("small")};
        start(&jobs[i]);
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    atomic_store(&gate_open, true);
    pthread_join(gate.thread, NULL);
    for (int i = 0; i < JOBS; i++)
        pthread_join(jobs[i].thread, NULL);
}

static enum status limit_pages(struct tx *t, void *arg)
{
    return t->db.conn->engine->script(t->db.conn, arg);
}

static bool is_stored(struct fixture *f, int who)
{
    struct entry_list_list rows;
    assert_ok(entry_list(f->db, who, &rows));
    return rows.n > 0;
}

/* Jobs whose answer and whose row don't agree. */
static int count_lies(struct fixture *f, const struct job *jobs)
{
    int lies = 0;
    for (int i = 0; i < JOBS; i++)
        lies += (jobs[i].st == ST_OK) != is_stored(f, i + 1);
    return lies;
}

static struct fixture *fixture_on(const struct engine *e)
{
    struct fixture *f = fixture_shop(NULL);
    db_release(f->db);
    store_close(f->store);
    assert_ok(store_open_engine(e, f->url, NULL, &f->store));
    f->db = db_acquire(f->store, &f->arena);
    return f;
}

static int disk_full_lies(const struct engine *e, struct job *jobs)
{
    struct fixture *f = fixture_on(e);
    char *p = calloc(1, BIG_BYTES);
    assert_ok(db_write(f->db, limit_pages, (void *)(uintptr_t) "PRAGMA max_page_count = 60"));
    run_batch(f, jobs, str_n(p, BIG_BYTES), 3);
    int lies = count_lies(f, jobs);
    /* Space again: the store goes on without a restart. */
    assert_ok(db_write(f->db, limit_pages, (void *)(uintptr_t) "PRAGMA max_page_count = 100000"));
    set_counter(f, "after", 1);
    assert_int_equal(get_counter(f, "after"), 1);
    free(p);
    fixture_free(f);
    return lies;
}

static bool always_in_transaction(struct conn *c)
{
    (void)c;
    return true;
}

/* "ROLLBACK TO" fails too when the transaction is gone: a writer that does not look at that either. */
static enum status careless_control(struct conn *c, enum control op)
{
    enum status st = engine_sqlite.control(c, op);
    return op == CONTROL_UNDO ? ST_OK : st;
}

static void test_disk_full_in_a_batch(void **state)
{
    (void)state;
    struct job jobs[JOBS];
    if (on_postgres)
        return;
    assert_int_equal(disk_full_lies(&engine_sqlite, jobs), 0);
    for (int i = 0; i < JOBS; i++)
        assert_int_equal(jobs[i].st, i == 3 ? ST_FULL : ST_OK);
    struct engine blind = engine_sqlite;
    blind.in_transaction = always_in_transaction;
    blind.control = careless_control;
    int lies = disk_full_lies(&blind, jobs);
    printf("disk full in a batch of %d: 0 wrong answers, %d without looking at autocommit (control)\n", JOBS, lies);
    assert_true(lies > 0);
}

static void limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The operating system refuses to make the log larger: reported, not stored, and over when there is room again. */
static void test_write_refused(void **state)
{
    (void)state;
    struct job jobs[JOBS];
    struct stat s;
    char path[700];
    if (on_postgres)
        return;
    struct fixture *f = fixture_shop(NULL);
    char *p = calloc(1, BIG_BYTES);
    signal(SIGXFSZ, SIG_IGN);
    snprintf(path, sizeof path, "%s-wal", f->url);
    assert_int_equal(stat(path, &s), 0);
    limit_file_size((rlim_t)s.st_size + 100000);
    run_batch(f, jobs, str_n(p, BIG_BYTES), 3);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(count_lies(f, jobs), 0);
    assert_true(jobs[3].st == ST_IO || jobs[3].st == ST_FULL);
    assert_int_equal(jobs[7].st, ST_OK);
    set_counter(f, "after", 1);
    db_release(f->db);
    store_close(f->store);
    assert_ok(store_open(f->url, NULL, &f->store));
    f->db = db_acquire(f->store, &f->arena);
    assert_int_equal(get_counter(f, "after"), 1);
    assert_int_equal(count_lies(f, jobs), 0);
    free(p);
    fixture_free(f);
}

static int commits;

/* Every third COMMIT fails as a full disk does, after which nothing of it is stored. */
static enum status failing_control(struct conn *c, enum control op)
{
    if (op == CONTROL_COMMIT && ++commits % 3 == 0) {
        assert_ok(engine_sqlite.control(c, CONTROL_ROLLBACK));
        return ST_FULL;
    }
    return engine_sqlite.control(c, op);
}

static void test_failing_commit(void **state)
{
    (void)state;
    struct job jobs[JOBS];
    if (on_postgres)
        return;
    struct engine e = engine_sqlite;
    e.control = failing_control;
    for (int first = 0; first < 3; first++) {
        commits = first;
        struct fixture *f = fixture_on(&e);
        run_batch(f, jobs, STR("big"), 3);
        assert_int_equal(count_lies(f, jobs), 0);
        int stored = 0;
        for (int i = 0; i < JOBS; i++)
            stored += jobs[i].st == ST_OK;
        printf("every third COMMIT fails: %d of %d stored, no wrong answer\n", stored, JOBS);
        assert_true(stored >= JOBS / 2);
        fixture_free(f);
    }
}

enum { KILL_THREADS = 6, KILL_ROUNDS = 6 };

struct killed_writer {
    struct store *store;
    pthread_t thread;
    int number, fd;
    bool too_early; /* control: acknowledges before the write */
};

struct ack {
    int who, at;
};

static enum status write_ack(struct tx *t, void *arg)
{
    const struct ack *a = arg;
    return entry_add(t, &(struct entry_add_in){tx_new_id(t), a->who, a->at, {NULL, 0}}, NULL);
}

static void *write_until_killed(void *arg)
{
    struct killed_writer *w = arg;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    for (struct ack ack = {w->number + 1, 1};; ack.at++) {
        arena_reset(&a);
        struct db *db = db_acquire(w->store, &a);
        if (w->too_early && write(w->fd, &ack, sizeof ack) < 0)
            _exit(1);
        enum status st = db_write(db, write_ack, &ack);
        if (!w->too_early && st == ST_OK && write(w->fd, &ack, sizeof ack) < 0)
            _exit(1);
        db_release(db);
    }
    return NULL;
}

static _Noreturn void child_main(const char *url, int fd, bool too_early)
{
    struct store *store;
    struct killed_writer w[KILL_THREADS];
    if (store_open(url, NULL, &store) != ST_OK)
        _exit(1);
    for (int i = 0; i < KILL_THREADS; i++) {
        w[i] = (struct killed_writer){.store = store, .number = i, .fd = fd, .too_early = too_early};
        pthread_create(&w[i].thread, NULL, write_until_killed, &w[i]);
    }
    for (;;)
        pause();
}

/* The greatest acknowledged number of each thread; gives how many acknowledgements there were. */
static int read_acks(int fd, int greatest[KILL_THREADS])
{
    struct ack ack;
    int n = 0;
    while (read(fd, &ack, sizeof ack) == (ssize_t)sizeof ack) {
        greatest[ack.who - 1] = ack.at;
        n++;
    }
    return n;
}

/* Acknowledged rows that are not there. */
static int count_lost(struct fixture *f, const int greatest[KILL_THREADS])
{
    int lost = 0;
    for (int i = 0; i < KILL_THREADS; i++) {
        struct entry_list_list rows;
        assert_ok(entry_list(f->db, i + 1, &rows));
        lost += rows.n < (size_t)greatest[i] ? greatest[i] - (int)rows.n : 0;
    }
    return lost;
}

static int kill_round(int round, bool too_early, int *acknowledged)
{
    struct fixture *f = fixture_shop(NULL);
    int fds[2], greatest[KILL_THREADS] = {0};
    db_release(f->db);
    store_close(f->store);
    f->store = NULL;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0)
        child_main(f->url, fds[1], too_early);
    close(fds[1]);
    nanosleep(&(struct timespec){.tv_nsec = 150000000 + round * 23000000}, NULL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    *acknowledged += read_acks(fds[0], greatest);
    close(fds[0]);
    assert_ok(store_open(f->url, NULL, &f->store));
    f->db = db_acquire(f->store, &f->arena);
    int lost = count_lost(f, greatest);
    fixture_free(f);
    return lost;
}

static void test_kill_9(void **state)
{
    (void)state;
    int acknowledged = 0, lost = 0, lost_in_control = 0, ignored = 0;
    for (int i = 0; i < KILL_ROUNDS; i++)
        lost += kill_round(i, false, &acknowledged);
    for (int i = 0; i < KILL_ROUNDS; i++)
        lost_in_control += kill_round(i, true, &ignored);
    printf("%s: kill -9, %d rounds: %d acknowledged, %d lost; %d lost when acknowledged too early (control)\n",
           on_postgres ? "postgres" : "sqlite", KILL_ROUNDS, acknowledged, lost, lost_in_control);
    assert_int_equal(lost, 0);
    assert_true(acknowledged > 20 && lost_in_control > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kill_9),
        cmocka_unit_test(test_disk_full_in_a_batch),
        cmocka_unit_test(test_write_refused),
        cmocka_unit_test(test_failing_commit),
    };
    return run_on_both("store faults", tests, sizeof tests / sizeof tests[0]);
}
