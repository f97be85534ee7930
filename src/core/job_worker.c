/*
 * The thread that runs jobs: looks for a due one, leases it, runs it, ends it. Each of the three is a transaction of
 * its own, so a kill between them loses nothing. Several processes on one store share the queue. An empty queue costs
 * one indexed read a poll.
 */
#include "core/job.h"

#include "base/log.h"
#include "base/time.h"
#include "core/job_sql.h"
#include "core/outbox.h"

#include <pthread.h>

enum {
    JOB_ARENA_BYTES_MAX = 256 << 20,
    OWN_BYTES_MAX = 64 << 10,
    POLL_MS = 200,
    BACKOFF_MS = 1000,
    UNKNOWN_KIND_WAIT_MS = 60000
};

struct jobs {
    struct arena own; /* holds this */
    struct jobs_options options;
    struct random random;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool threaded;
    bool stopping;
    bool woken;
};

struct claim {
    const struct jobs_options *options;
    struct job_row job;
    const struct job_kind *kind; /* NULL: nothing to run */
    int64_t lease;
};

static const struct job_kind *kind_of(const struct jobs_options *o, struct str name)
{
    for (const struct job_kind *k = o->kinds; k->name; k++) {
        if (str_eq(name, str_c(k->name)))
            return k;
    }
    return NULL;
}

/* Another version of the program may know it. */
static enum status put_off(struct tx *t, const struct job_row *job, int64_t now_ms)
{
    struct job_lease_in in = {job->id, 0, job->attempts, now_ms + UNKNOWN_KIND_WAIT_MS};
    LOG(LOG_WARN, "job_unknown", LOG_S("kind", job->kind), LOG_N("id", job->id));
    return job_lease(t, &in, NULL);
}

/* The worker that had it was killed in its last attempt. */
static enum status bury(struct tx *t, const struct job_row *job)
{
    struct job_put_back_in in = {job->id,     job->lease, job->attempts,
                                 job->due_ms, 1,          STR("the lease ran out in the last attempt")};
    LOG(LOG_ERROR, "job_dead", LOG_S("kind", job->kind), LOG_N("id", job->id));
    return job_put_back(t, &in, NULL);
}

static enum status claim_one(struct tx *t, void *arg)
{
    struct claim *c = arg;
    struct job_row_list due;
    int64_t now_ms = time_now_ms();
    c->kind = NULL;
    TRY(job_first_due(tx_db(t), now_ms, &due));
    if (!due.n)
        return ST_NOT_FOUND;
    c->job = due.v[0];
    const struct job_kind *kind = kind_of(c->options, c->job.kind);
    if (!kind)
        return put_off(t, &c->job, now_ms);
    if (c->job.attempts >= kind->attempts_max && !kind->period_ms)
        return bury(t, &c->job);
    c->kind = kind;
    c->lease = tx_new_id(t);
    struct job_lease_in in = {c->job.id, c->lease, c->job.attempts + 1, now_ms + kind->lease_ms};
    return job_lease(t, &in, NULL);
}

struct end {
    struct job_run *run;
    enum status st;
    bool dead;
    int64_t due_ms;
    int attempts;
};

/* A lease that is gone means that the job has ended itself, or that another worker has it: both need nothing here. */
static enum status end_run(struct tx *t, void *arg)
{
    struct end *e = arg;
    struct job_run *r = e->run;
    if (e->st == ST_OK) {
        enum status st = job_finish(t, r);
        return st == ST_CONFLICT ? ST_OK : st;
    }
    struct str error =
        arena_printf(r->arena, "%s%s" STR_FMT, status_type(e->st), r->error.n ? ": " : "", STR_ARG(r->error));
    struct job_put_back_in in = {r->id, r->lease, e->attempts, e->due_ms, e->dead, error};
    return job_put_back(t, &in, NULL);
}

static enum status run_claimed(struct jobs *j, struct db *db, struct claim *c)
{
    struct job_run run = {.db = db,
                          .arena = db_arena(db),
                          .id = c->job.id,
                          .payload = c->job.payload,
                          .attempt = (int)c->job.attempts + 1,
                          .options = &j->options,
                          .error = STR(""),
                          .lease = c->lease,
                          .lease_ms = c->kind->lease_ms,
                          .period_ms = c->kind->period_ms};
    int64_t began_ns = time_steady_ns();
    struct end e = {.run = &run, .st = c->kind->run(&run), .attempts = run.attempt};
    bool last = run.attempt >= c->kind->attempts_max;
    e.dead = e.st != ST_OK && last && !run.period_ms;
    if (e.st != ST_OK && last && run.period_ms) {
        e.attempts = 0;
        e.due_ms = time_now_ms() + run.period_ms;
    } else if (e.st != ST_OK) {
        e.due_ms = time_now_ms() + job_backoff_ms(&j->random, j->options.backoff_ms, run.attempt);
    }
    LOG(e.st == ST_OK ? LOG_DEBUG
        : e.dead      ? LOG_ERROR
                      : LOG_WARN,
        "job", LOG_S("kind", c->job.kind), LOG_N("id", run.id), LOG_N("attempt", run.attempt),
        LOG_S("status", str_c(status_type(e.st))), LOG_N("dead", e.dead),
        LOG_N("ms", (time_steady_ns() - began_ns) / 1000000));
    return db_write(db, end_run, &e);
}

static enum status step_with(struct jobs *j, struct db *db)
{
    struct job_row_list due;
    TRY(job_first_due(db, time_now_ms(), &due));
    if (!due.n)
        return ST_NOT_FOUND;
    struct claim c = {.options = &j->options};
    TRY(db_write(db, claim_one, &c));
    return c.kind ? run_claimed(j, db, &c) : ST_OK;
}

enum status jobs_step(struct jobs *j)
{
    AUTO_ARENA a;
    arena_init(&a, JOB_ARENA_BYTES_MAX);
    struct db *db = db_acquire(j->options.store, &a);
    enum status st = step_with(j, db);
    db_release(db);
    return st;
}

static enum status enqueue_periodic(struct tx *t, void *arg)
{
    const struct jobs_options *o = arg;
    for (const struct job_kind *k = o->kinds; k->name; k++) {
        struct job_order order = {
            .kind = k->name, .unique_key = str_c(k->name), .due_ms = time_now_ms() + k->period_ms};
        if (k->period_ms)
            TRY(job_enqueue(t, &order));
    }
    return ST_OK;
}

static void wait_for_work(struct jobs *j)
{
    int64_t until_ns = time_steady_ns() + (int64_t)j->options.poll_ms * 1000000;
    struct timespec until = {.tv_sec = until_ns / 1000000000, .tv_nsec = until_ns % 1000000000};
    pthread_mutex_lock(&j->lock);
    while (!j->woken && !j->stopping && pthread_cond_timedwait(&j->wake, &j->lock, &until) == 0)
        continue;
    j->woken = false;
    pthread_mutex_unlock(&j->lock);
}

static bool is_stopping(struct jobs *j)
{
    pthread_mutex_lock(&j->lock);
    bool stopping = j->stopping;
    pthread_mutex_unlock(&j->lock);
    return stopping;
}

static void *jobs_main(void *arg)
{
    struct jobs *j = arg;
    while (!is_stopping(j)) {
        if (jobs_step(j) != ST_OK)
            wait_for_work(j);
    }
    return NULL;
}

static enum status prepare(struct jobs *j)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(j->options.store, &a);
    enum status st = db_write(db, enqueue_periodic, &j->options);
    db_release(db);
    return st;
}

enum status jobs_start(const struct jobs_options *options, struct jobs **out)
{
    struct arena own;
    arena_init(&own, OWN_BYTES_MAX);
    struct jobs *j = ARENA_NEW(&own, struct jobs);
    j->own = own;
    j->options = *options;
    j->options.kinds = options->kinds ? options->kinds : job_kinds;
    j->options.handlers = options->handlers ? options->handlers : event_handlers;
    j->options.poll_ms = options->poll_ms ? options->poll_ms : POLL_MS;
    j->options.backoff_ms = options->backoff_ms ? options->backoff_ms : BACKOFF_MS;
    random_seed(&j->random, options->seed);
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &attr);
    pthread_condattr_destroy(&attr);
    enum status st = prepare(j);
    if (st == ST_OK && !options->no_thread) {
        j->threaded = pthread_create(&j->thread, NULL, jobs_main, j) == 0;
        st = j->threaded ? ST_OK : ST_BUSY;
    }
    if (st != ST_OK)
        jobs_stop(j);
    else
        *out = j;
    return st;
}

void jobs_wake(struct jobs *j)
{
    pthread_mutex_lock(&j->lock);
    j->woken = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
}

void jobs_stop(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->stopping = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
    if (j->threaded)
        pthread_join(j->thread, NULL);
    pthread_mutex_destroy(&j->lock);
    pthread_cond_destroy(&j->wake);
    struct arena own = j->own;
    arena_release(&own);
}
