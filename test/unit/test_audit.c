/* The audit chain: every way to tamper is found at the right row, and an untouched chain is not. */
#include "store_test.h"

#include "core/audit.h"

#include <pthread.h>
#include <stdio.h>

enum { ROWS = 10, THREADS = 8, ROWS_A_THREAD = 12 };

static enum status record(struct tx *t, void *arg)
{
    struct audit_entry e = {.kind = AUDIT_CHANGE,
                            .actor = STR("A-1"),
                            .action = STR("need.publish"),
                            .object_kind = STR("need"),
                            .object_ref = arena_printf(db_arena(tx_db(t)), "N-%d", *(int *)arg),
                            .address = STR("127.0.0.1"),
                            .request = STR("r1"),
                            .detail = STR("{\"제목\":1}")};
    return audit_record(t, &e);
}

static void fill(struct fixture *f)
{
    for (int i = 1; i <= ROWS; i++)
        assert_ok(db_write(f->db, record, &i));
}

static struct audit_report verify(struct fixture *f)
{
    struct audit_report r;
    assert_ok(audit_verify(f->db, &r));
    return r;
}

static void test_whole(void **state)
{
    struct fixture *f = *state;
    struct audit_report r = verify(f);
    assert_true(r.fault == AUDIT_WHOLE && r.rows == 0 && r.seq == 0);
    fill(f);
    r = verify(f);
    assert_true(r.fault == AUDIT_WHOLE && r.rows == ROWS && r.seq == ROWS);
}

static const struct {
    const char *sql;
    enum audit_fault fault;
    int64_t seq;
} tamperings[] = {
    {"UPDATE audit SET seq = seq WHERE seq = 3", AUDIT_WHOLE, ROWS}, /* the control: touched, not changed */
    {"UPDATE audit SET action = 'need.show' WHERE seq = 3", AUDIT_EDITED, 3},
    {"UPDATE audit SET detail = '' WHERE seq = 1", AUDIT_EDITED, 1},
    {"UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 10", AUDIT_EDITED, 10},
    /* the same bytes, cut between two columns at another place */
    {"UPDATE audit SET object_kind = 'needN', object_ref = '-4' WHERE seq = 4", AUDIT_EDITED, 4},
    {"UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 6) WHERE seq = 5", AUDIT_EDITED, 5},
    {"DELETE FROM audit WHERE seq = 4", AUDIT_GAP, 5},
    {"DELETE FROM audit WHERE seq = 1", AUDIT_GAP, 2},
    {"DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 10", AUDIT_EDITED, 4},
    {"UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE "
     "seq = 99",
     AUDIT_EDITED, 3},
    {"DELETE FROM audit WHERE seq > 8", AUDIT_CUT, 8},
    {"DELETE FROM audit", AUDIT_CUT, 0},
    {"DELETE FROM audit_head", AUDIT_NO_HEAD, ROWS},
    {"DELETE FROM audit WHERE seq > 8; UPDATE audit_head SET seq = 8", AUDIT_NO_HEAD, 8},
};

static void test_tampering(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        struct fixture *f = fixture_house(NULL);
        fill(f);
        tamper(f, tamperings[i].sql);
        struct audit_report r = verify(f);
        if (r.fault != tamperings[i].fault || r.seq != tamperings[i].seq)
            fail_msg("%s: %s at %lld", tamperings[i].sql, audit_fault_text(r.fault), (long long)r.seq);
        fixture_free(f);
    }
}

static enum status record_wrong(struct tx *t, void *arg)
{
    return audit_record(t, arg);
}

static void test_needs(void **state)
{
    struct fixture *f = *state;
    struct audit_entry e = {.action = STR("x")};
    assert_int_equal(db_write(f->db, record_wrong, &e), ST_BUG);
    e = (struct audit_entry){.kind = AUDIT_PERSONAL, .actor = STR("A-1"), .action = STR("account.show")};
    assert_int_equal(db_write(f->db, record_wrong, &e), ST_BUG);
    e.subject = STR("A-2");
    assert_ok(db_write(f->db, record_wrong, &e));
    assert_int_equal(verify(f).rows, 1);
}

static enum status record_and_fail(struct tx *t, void *arg)
{
    TRY(record(t, arg));
    return ST_FORBIDDEN;
}

static void test_same_transaction(void **state)
{
    struct fixture *f = *state;
    int n = 1;
    assert_int_equal(db_write(f->db, record_and_fail, &n), ST_FORBIDDEN);
    assert_int_equal(verify(f).rows, 0);
    assert_ok(db_write(f->db, record, &n));
    assert_int_equal(verify(f).rows, 1);
}

static void *record_many(void *arg)
{
    struct fixture *f = arg;
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(f->store, &a);
    intptr_t failed = 0;
    for (int i = 0; i < ROWS_A_THREAD; i++)
        failed += db_write(db, record, &i) != ST_OK;
    db_release(db);
    return (void *)failed;
}

static void test_threads(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[THREADS];
    intptr_t failed = 0;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, record_many, f), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        failed += (intptr_t)result;
    }
    struct audit_report r = verify(f);
    assert_int_equal(r.fault, AUDIT_WHOLE);
    assert_int_equal(r.rows, THREADS * ROWS_A_THREAD - failed);
    assert_int_equal(failed, 0);
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOUSE(test_whole),   cmocka_unit_test(test_tampering), HOUSE(test_needs), HOUSE(test_same_transaction),
        HOUSE(test_threads),
    };
    return run_on_both("audit tests", tests, sizeof tests / sizeof tests[0]);
}
