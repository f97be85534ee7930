/* One effect a key, whatever races; a control without keys has as many effects as requests. */
#include "store_test.h"

#include "core/change.h"
#include "core/idempotency.h"
#include "core/job.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { RACERS = 200, CONTROL_RACERS = 40 };

/* The effect: a number of the series E is used up. */
static enum status take_number(struct tx *t, void *arg, struct idempotency_answer *answer)
{
    int64_t n;
    (void)arg;
    TRY(ref_next(t, STR("E"), &n));
    answer->status = 303;
    answer->location = arena_printf(db_arena(tx_db(t)), "/needs/N-%lld", (long long)n);
    answer->summary = STR("등록");
    return ST_OK;
}

static enum status peek(struct tx *t, void *arg)
{
    TRY(ref_next(t, STR("E"), arg));
    return ST_FORBIDDEN;
}

static int64_t effects(struct fixture *f)
{
    int64_t next = 0;
    assert_int_equal(db_write(f->db, peek, &next), ST_FORBIDDEN);
    return next - 1;
}

struct racer {
    struct fixture *f;
    pthread_barrier_t *barrier;
    bool with_key;
    enum status st;
    struct idempotency_answer answer;
    char location[64];
};

static enum status without_key(struct tx *t, void *arg)
{
    return take_number(t, NULL, arg);
}

static void *race(void *arg)
{
    struct racer *r = arg;
    static const struct idempotency_key key = {STR_INIT("form-1"), STR_INIT("A-1"), STR_INIT("POST /needs"),
                                               STR_INIT("f")};
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(r->f->store, &a);
    pthread_barrier_wait(r->barrier);
    do
        r->st = r->with_key ? idempotent_write(db, &key, take_number, NULL, &r->answer)
                            : db_write(db, without_key, &r->answer);
    while (r->st == ST_BUSY);
    snprintf(r->location, sizeof r->location, STR_FMT, STR_ARG(r->answer.location));
    db_release(db);
    return NULL;
}

static void run_race(struct fixture *f, struct racer *racers, int n, bool with_key)
{
    pthread_t threads[RACERS];
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, (unsigned)n);
    for (int i = 0; i < n; i++) {
        racers[i] = (struct racer){.f = f, .barrier = &barrier, .with_key = with_key};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&barrier);
}

static void test_race(void **state)
{
    struct fixture *f = *state;
    static struct racer racers[RACERS];
    int first = 0;
    run_race(f, racers, RACERS, true);
    for (int i = 0; i < RACERS; i++) {
        assert_ok(racers[i].st);
        assert_int_equal(racers[i].answer.status, 303);
        assert_string_equal(racers[i].location, "/needs/N-1");
        first += !racers[i].answer.again;
    }
    assert_int_equal(first, 1);
    assert_int_equal(effects(f), 1);
    printf("%s: %d requests with one key, %d effect\n", on_postgres ? "postgres" : "sqlite", RACERS, (int)effects(f));
}

static void test_race_without_keys(void **state)
{
    struct fixture *f = *state;
    static struct racer racers[CONTROL_RACERS];
    run_race(f, racers, CONTROL_RACERS, false);
    assert_int_equal(effects(f), CONTROL_RACERS);
}

static enum status write_with(struct fixture *f, const char *key, const char *actor, const char *route,
                              const char *body)
{
    struct idempotency_key k = {str_c(key), str_c(actor), str_c(route), str_c(body)};
    struct idempotency_answer answer;
    return idempotent_write(f->db, &k, take_number, NULL, &answer);
}

static void test_scope(void **state)
{
    struct fixture *f = *state;
    char longest[IDEMPOTENCY_KEY_BYTES_MAX + 2];
    memset(longest, 'k', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_ok(write_with(f, "k", "A-1", "POST /needs", "1"));
    assert_ok(write_with(f, "k", "A-1", "POST /needs", "1"));
    assert_int_equal(effects(f), 1);
    assert_int_equal(write_with(f, "k", "A-1", "POST /votes", "1"), ST_CONFLICT);
    assert_int_equal(write_with(f, "k", "A-1", "POST /needs", "2"), ST_CONFLICT);
    assert_int_equal(effects(f), 1);
    assert_ok(write_with(f, "k", "A-2", "POST /needs", "1"));
    assert_int_equal(effects(f), 2);
    assert_int_equal(write_with(f, "", "A-2", "POST /needs", "1"), ST_INVALID);
    assert_int_equal(write_with(f, longest, "A-2", "POST /needs", "1"), ST_INVALID);
    assert_ok(write_with(f, longest + 1, "A-2", "POST /needs", "1"));
}

static enum status fail_once(struct tx *t, void *arg, struct idempotency_answer *answer)
{
    enum status st = *(enum status *)arg;
    TRY(take_number(t, NULL, answer));
    return st;
}

static void test_failure_stores_nothing(void **state)
{
    struct fixture *f = *state;
    struct idempotency_key k = {STR("k"), STR("A-1"), STR("POST /needs"), STR("")};
    struct idempotency_answer answer;
    enum status st = ST_CONFLICT;
    assert_int_equal(idempotent_write(f->db, &k, fail_once, &st, &answer), ST_CONFLICT);
    assert_int_equal(effects(f), 0);
    st = ST_OK;
    assert_ok(idempotent_write(f->db, &k, fail_once, &st, &answer));
    assert_true(!answer.again && effects(f) == 1);
}

static void test_expiry(void **state)
{
    struct fixture *f = *state;
    struct settings s = {.idempotency_keep_ms = 3600000};
    struct jobs_options options = {.store = f->store, .settings = &s};
    struct job_run run = {.db = f->db, .arena = &f->arena, .options = &options};
    assert_ok(write_with(f, "k", "A-1", "POST /needs", "1"));
    assert_ok(idempotency_sweep_job(&run));
    assert_ok(write_with(f, "k", "A-1", "POST /needs", "1"));
    assert_int_equal(effects(f), 1);
    tamper(f, "UPDATE idempotency SET at_ms = at_ms - 3600001");
    assert_ok(idempotency_sweep_job(&run));
    assert_ok(write_with(f, "k", "A-1", "POST /needs", "1"));
    assert_int_equal(effects(f), 2);
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOUSE(test_race),   HOUSE(test_race_without_keys), HOUSE(test_scope), HOUSE(test_failure_stores_nothing),
        HOUSE(test_expiry),
    };
    return run_on_both("idempotency tests", tests, sizeof tests / sizeof tests[0]);
}
