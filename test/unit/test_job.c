/* Jobs and events: retries, dead letters, and workers that are killed at the worst moment. */
#include "store_test.h"

#include "base/time.h"
#include "core/change.h"
#include "core/job.h"
#include "core/outbox.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LEASE_MS = 300, MANY = 60, WORKERS = 3 };

/* The effect of everything here: a number of a series is used up. */
static enum status count_up(struct tx *t, void *arg)
{
    int64_t n;
    return ref_next(t, str_c(arg), &n);
}

struct peeking {
    const char *series;
    int64_t next;
};

static enum status peek(struct tx *t, void *arg)
{
    struct peeking *p = arg;
    TRY(ref_next(t, str_c(p->series), &p->next));
    return ST_FORBIDDEN;
}

static int64_t count(struct fixture *f, const char *series)
{
    struct peeking p = {series, 0};
    assert_int_equal(db_write(f->db, peek, &p), ST_FORBIDDEN);
    return p.next - 1;
}

/* What a job's payload says: "fail", "kill", "late" or anything else. */
static enum status plain_job(struct job_run *r)
{
    TRY(db_write(r->db, count_up, "plain"));
    if (str_eq(r->payload, STR("kill")) && r->attempt == 1)
        raise(SIGKILL);
    r->error = STR("as told");
    return str_eq(r->payload, STR("fail")) ? ST_BUSY : ST_OK;
}

static enum status count_and_finish(struct tx *t, void *arg)
{
    TRY(count_up(t, "once"));
    return job_finish(t, arg);
}

static enum status once_job(struct job_run *r);

static enum status crash_job(struct job_run *r)
{
    (void)r;
    raise(SIGKILL);
    return ST_OK;
}

/* Delivers an event, then dies before the job can end. */
static enum status deliver_and_die_job(struct job_run *r)
{
    TRY(outbox_deliver_job(r));
    if (r->attempt == 1)
        raise(SIGKILL);
    return ST_OK;
}

static const struct job_kind kinds[] = {
    {"plain", 4, LEASE_MS, 0, plain_job},        {"once", 4, LEASE_MS, 0, once_job},
    {"crash", 2, LEASE_MS, 0, crash_job},        {"outbox_deliver", 4, LEASE_MS, 0, outbox_deliver_job},
    {"periodic", 2, LEASE_MS, 60000, plain_job}, {NULL, 0, 0, 0, NULL},
};

static const struct job_kind dying_kinds[] = {{"outbox_deliver", 4, LEASE_MS, 0, deliver_and_die_job},
                                              {NULL, 0, 0, 0, NULL}};

static enum status steady_handler(struct tx *t, const struct event_message *m, void *app)
{
    (void)app;
    return str_eq(m->payload, STR("council_name")) ? count_up(t, "steady") : ST_BUG;
}

/* Fails as often as *app says; what it wrote then is undone. */
static enum status shaky_handler(struct tx *t, const struct event_message *m, void *app)
{
    (void)m;
    TRY(count_up(t, "shaky"));
    return app && (*(int *)app)-- > 0 ? ST_BUSY : ST_OK;
}

static enum status killing_handler(struct tx *t, const struct event_message *m, void *app)
{
    TRY(steady_handler(t, m, app));
    raise(SIGKILL);
    return ST_OK;
}

static const struct event_handler handlers[] = {{"steady", EVENT_setting_changed, steady_handler},
                                                {"shaky", EVENT_setting_changed, shaky_handler},
                                                {NULL, EVENT_COUNT, NULL}};
static const struct event_handler killing[] = {{"steady", EVENT_setting_changed, killing_handler},
                                               {NULL, EVENT_COUNT, NULL}};

static struct jobs *workers(struct store *s, const struct job_kind *k, const struct event_handler *h, void *app)
{
    struct jobs *j;
    struct jobs_options o = {
        .store = s, .kinds = k, .handlers = h, .app = app, .seed = 7, .backoff_ms = 2, .no_thread = true};
    assert_ok(jobs_start(&o, &j));
    return j;
}

static enum status order(struct tx *t, void *arg)
{
    return job_enqueue(t, arg);
}

static void enqueue(struct fixture *f, const char *kind, const char *payload)
{
    struct job_order o = {.kind = kind, .payload = str_c(payload)};
    assert_ok(db_write(f->db, order, &o));
}

/* Steps until nothing has been due for longer than a lease. */
static void run_all(struct jobs *j)
{
    int64_t quiet_since_ns = time_steady_ns();
    while (time_steady_ns() - quiet_since_ns < (LEASE_MS + 100) * INT64_C(1000000)) {
        enum status st = jobs_step(j);
        if (st == ST_NOT_FOUND)
            usleep(2000);
        else
            quiet_since_ns = time_steady_ns();
    }
}

static enum status once_job(struct job_run *r)
{
    if (str_eq(r->payload, STR("late")) && r->attempt == 1) {
        /* The lease runs out; another worker takes the job and ends it. */
        struct jobs *other = workers(r->options->store, kinds, handlers, NULL);
        usleep((LEASE_MS + 20) * 1000);
        assert_ok(jobs_step(other));
        jobs_stop(other);
        assert_int_equal(job_renew(r), ST_CONFLICT);
    }
    enum status st = db_write(r->db, count_and_finish, r);
    if (str_eq(r->payload, STR("kill")) && r->attempt == 1)
        raise(SIGKILL);
    return st;
}

static struct job_totals totals(struct fixture *f)
{
    struct job_totals t;
    assert_ok(job_total(f->db, &t));
    return t;
}

static void child_step(struct db *db, void *arg)
{
    (void)db;
    assert_ok(jobs_step(arg));
}

/* The child opens its own store; its workers are made there. */
struct child_work {
    const struct job_kind *kinds;
    const struct event_handler *handlers;
    const char *url;
};

static void child_work(struct db *db, void *arg)
{
    const struct child_work *w = arg;
    struct store *s;
    (void)db;
    assert_ok(store_open(w->url, &(struct store_options){.skip_check = true, .node = 2}, &s));
    struct jobs *j = workers(s, w->kinds, w->handlers, NULL);
    child_step(NULL, j);
    jobs_stop(j);
    store_close(s);
}

static int step_in_child(struct fixture *f, const struct job_kind *k, const struct event_handler *h)
{
    struct child_work w = {k, h, f->url};
    return in_child(f, child_work, &w);
}

static void test_run_and_retry(void **state)
{
    struct fixture *f = *state;
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    assert_int_equal(totals(f).waiting, 1);
    enqueue(f, "plain", "");
    assert_ok(jobs_step(j));
    assert_int_equal(jobs_step(j), ST_NOT_FOUND);
    assert_true(count(f, "plain") == 1 && totals(f).waiting == 1);
    enqueue(f, "plain", "fail");
    run_all(j);
    assert_int_equal(count(f, "plain"), 1 + 4);
    assert_true(totals(f).waiting == 1 && totals(f).dead == 1);
    jobs_stop(j);
}

struct seen {
    struct job_info job;
    char error[80];
    int n;
};

static void see(void *arg, const struct job_info *job)
{
    struct seen *s = arg;
    s->job = *job;
    snprintf(s->error, sizeof s->error, STR_FMT, STR_ARG(job->error));
    s->n++;
}

static enum status retry(struct tx *t, void *arg)
{
    return job_retry(t, *(int64_t *)arg);
}

static void test_dead_letters(void **state)
{
    struct fixture *f = *state;
    struct seen s = {.n = 0};
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    enqueue(f, "plain", "fail");
    run_all(j);
    assert_ok(job_visit(f->db, true, see, &s));
    assert_true(s.n == 1 && s.job.dead && s.job.attempts == 4);
    assert_string_equal(s.error, "busy: as told");
    assert_ok(db_write(f->db, retry, &s.job.id));
    assert_int_equal(db_write(f->db, retry, &s.job.id), ST_NOT_FOUND);
    assert_int_equal(totals(f).dead, 0);
    assert_ok(jobs_step(j));
    assert_int_equal(count(f, "plain"), 5);
    jobs_stop(j);
}

static void test_unique_periodic_unknown(void **state)
{
    struct fixture *f = *state;
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    struct jobs *second = workers(f->store, kinds, handlers, NULL);
    struct job_order o = {.kind = "plain", .unique_key = STR("k")};
    assert_int_equal(totals(f).waiting, 1);
    assert_ok(db_write(f->db, order, &o));
    assert_ok(db_write(f->db, order, &o));
    assert_int_equal(totals(f).waiting, 2);
    tamper(f, "UPDATE job SET due_ms = 1 WHERE kind = 'periodic'");
    enqueue(f, "of_the_future", "");
    run_all(j);
    /* plain once, periodic once; periodic waits for its period, the unknown one for a program that knows it */
    assert_int_equal(count(f, "plain"), 2);
    assert_true(totals(f).waiting == 2 && totals(f).dead == 0);
    jobs_stop(second);
    jobs_stop(j);
}

static void test_killed_workers(void **state)
{
    struct fixture *f = *state;
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    /* The control: an effect of its own transaction happens again. */
    enqueue(f, "plain", "kill");
    assert_int_equal(step_in_child(f, kinds, handlers), SIGKILL);
    assert_int_equal(jobs_step(j), ST_NOT_FOUND);
    run_all(j);
    assert_int_equal(count(f, "plain"), 2);
    /* With job_finish it does not. */
    enqueue(f, "once", "kill");
    assert_int_equal(step_in_child(f, kinds, handlers), SIGKILL);
    run_all(j);
    assert_int_equal(count(f, "once"), 1);
    /* One that kills its worker every time is buried after its last attempt. */
    enqueue(f, "crash", "");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(step_in_child(f, kinds, handlers), SIGKILL);
        usleep((LEASE_MS + 20) * 1000);
    }
    run_all(j);
    assert_true(totals(f).dead == 1 && totals(f).waiting == 1);
    jobs_stop(j);
}

static void test_lost_lease(void **state)
{
    struct fixture *f = *state;
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    enqueue(f, "once", "late");
    assert_ok(jobs_step(j));
    run_all(j);
    assert_int_equal(count(f, "once"), 1);
    assert_true(totals(f).waiting == 1 && totals(f).dead == 0);
    jobs_stop(j);
}

static enum status append(struct tx *t, void *arg)
{
    TRY(event_append(t, EVENT_setting_changed, STR("council_name")));
    return arg ? *(enum status *)arg : ST_OK;
}

static enum status append_text(struct tx *t, void *arg)
{
    return event_append(t, EVENT_setting_changed, str_c(arg));
}

static void test_events(void **state)
{
    struct fixture *f = *state;
    int failures = 2;
    enum status forbidden = ST_FORBIDDEN;
    struct jobs *j = workers(f->store, kinds, handlers, &failures);
    assert_int_equal(db_write(f->db, append, &forbidden), ST_FORBIDDEN);
    assert_int_equal(totals(f).waiting, 1);
    assert_int_equal(db_write(f->db, append_text, ""), ST_INVALID);
    assert_int_equal(db_write(f->db, append_text, "two words"), ST_INVALID);
    assert_ok(db_write(f->db, append, NULL));
    run_all(j);
    assert_true(failures < 0);
    assert_true(count(f, "steady") == 1 && count(f, "shaky") == 1);
    assert_true(totals(f).waiting == 1 && totals(f).dead == 0);
    /* Delivered once more, by mistake: nobody hears it twice. */
    tamper(f, "INSERT INTO job (id, kind, payload, due_ms, attempts, lease, dead, error, created_ms)"
              " SELECT 1, 'outbox_deliver', CAST(id AS text), 0, 0, 0, 0, '', 0 FROM outbox");
    run_all(j);
    assert_true(count(f, "steady") == 1 && count(f, "shaky") == 1);
    jobs_stop(j);
}

static void test_events_and_killed_workers(void **state)
{
    struct fixture *f = *state;
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    assert_ok(db_write(f->db, append, NULL));
    /* in the handler's transaction */
    assert_int_equal(step_in_child(f, kinds, killing), SIGKILL);
    assert_int_equal(count(f, "steady"), 0);
    usleep((LEASE_MS + 20) * 1000);
    /* between the handlers and the end of the job */
    assert_int_equal(step_in_child(f, dying_kinds, handlers), 0);
    run_all(j);
    assert_true(count(f, "steady") == 1 && count(f, "shaky") == 1);
    assert_ok(db_write(f->db, append, NULL));
    assert_int_equal(step_in_child(f, dying_kinds, handlers), SIGKILL);
    assert_true(count(f, "steady") == 2 && totals(f).waiting == 2);
    run_all(j);
    assert_true(count(f, "steady") == 2 && count(f, "shaky") == 2 && totals(f).waiting == 1);
    jobs_stop(j);
}

RAW_NUMBER(outbox_rows, "SELECT count(*) AS n FROM outbox");
RAW_NUMBER(done_rows, "SELECT count(*) AS n FROM outbox_done");

static void test_sweep(void **state)
{
    struct fixture *f = *state;
    struct settings s = {.outbox_keep_ms = 60000};
    struct jobs_options options = {.store = f->store, .settings = &s};
    struct job_run run = {.db = f->db, .arena = &f->arena, .options = &options};
    struct jobs *j = workers(f->store, kinds, handlers, NULL);
    assert_ok(db_write(f->db, append, NULL));
    run_all(j);
    assert_ok(outbox_sweep_job(&run));
    assert_true(raw_number(f, &outbox_rows) == 1 && raw_number(f, &done_rows) == 2);
    tamper(f, "UPDATE outbox SET delivered_ms = delivered_ms - 60001");
    assert_ok(db_write(f->db, append, NULL)); /* waits to be delivered, stays */
    assert_ok(outbox_sweep_job(&run));
    assert_true(raw_number(f, &outbox_rows) == 1 && raw_number(f, &done_rows) == 0);
    jobs_stop(j);
}

static void test_several_workers(void **state)
{
    struct fixture *f = *state;
    struct jobs *j[WORKERS];
    struct jobs_options o = {.store = f->store, .kinds = kinds, .handlers = handlers, .poll_ms = 5, .backoff_ms = 1};
    for (int i = 0; i < MANY; i++)
        enqueue(f, "once", "");
    for (int i = 0; i < WORKERS; i++) {
        o.seed = (uint64_t)i;
        assert_ok(jobs_start(&o, &j[i]));
    }
    for (int i = 0; i < 2000 && totals(f).waiting > 1; i++)
        usleep(10000);
    for (int i = 0; i < WORKERS; i++) {
        jobs_wake(j[i]);
        jobs_stop(j[i]);
    }
    assert_int_equal(count(f, "once"), MANY);
    assert_int_equal(totals(f).dead, 0);
}

static void test_backoff(void **state)
{
    (void)state;
    struct random a, b;
    random_seed(&a, 5);
    random_seed(&b, 5);
    for (int failures = 1; failures < 40; failures++) {
        int64_t most = failures < 13 ? INT64_C(1000) << (failures - 1) : 3600000;
        int64_t wait = job_backoff_ms(&a, 1000, failures);
        assert_true(wait >= most / 2 && wait <= most + 1);
        assert_int_equal(wait, job_backoff_ms(&b, 1000, failures));
    }
}

#define HOUSE(t) cmocka_unit_test_setup_teardown(t, house_setup, shop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOUSE(test_run_and_retry),
        HOUSE(test_dead_letters),
        HOUSE(test_unique_periodic_unknown),
        HOUSE(test_killed_workers),
        HOUSE(test_lost_lease),
        HOUSE(test_events),
        HOUSE(test_events_and_killed_workers),
        HOUSE(test_sweep),
        HOUSE(test_several_workers),
        cmocka_unit_test(test_backoff),
    };
    return run_on_both("job tests", tests, sizeof tests / sizeof tests[0]);
}
