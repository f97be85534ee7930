/*
 * The one writing thread of an engine that has one writer: takes jobs from a bounded queue and commits many at once,
 * each in its own savepoint. Owns its connection and thread. A caller sleeps until its job is durable or has failed.
 *
 * When the transaction of a batch is lost (a full disk ends it silently, COMMIT fails), nothing of it is stored; then
 * each job runs once more alone, so that only those fail which really can't be stored. One COMMIT with its fsync serves
 * a whole batch.
 */
#include "base/log.h"
#include "db/engine.h"

#include <stdlib.h>

struct job {
    struct job *next;
    struct db *db;
    db_write_fn *fn;
    void *arg;
    enum status st;
    bool done;
    pthread_cond_t finished;
};

struct writer {
    const struct engine *engine;
    struct conn *conn;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct job *first;
    struct job **last;
    int waiting;
    int queue_max;
    int batch_max;
    bool stopping;
};

static enum status control(struct writer *w, enum control op)
{
    return w->engine->control(w->conn, op);
}

/* Other than ST_OK: the transaction of the whole batch is gone. */
static enum status run_job(struct writer *w, struct job *job)
{
    TRY(control(w, CONTROL_SAVEPOINT));
    struct tx t = {.db = {.store = job->db->store, .arena = job->db->arena, .conn = w->conn, .is_tx = true}};
    job->st = job->fn(&t, job->arg);
    if (t.db.failed)
        job->st = t.db.failed;
    if (!w->engine->in_transaction(w->conn))
        return job->st != ST_OK ? job->st : ST_IO;
    enum status st = control(w, job->st == ST_OK ? CONTROL_RELEASE : CONTROL_UNDO);
    if (st == ST_OK && !w->engine->in_transaction(w->conn))
        st = ST_IO;
    return st;
}

static enum status run_batch(struct writer *w, struct job **jobs, int n)
{
    enum status st = control(w, CONTROL_WRITE);
    for (int i = 0; i < n && st == ST_OK; i++)
        st = run_job(w, jobs[i]);
    if (st == ST_OK)
        st = control(w, CONTROL_COMMIT);
    if (st != ST_OK && w->engine->in_transaction(w->conn)) {
        if (control(w, CONTROL_ROLLBACK) != ST_OK)
            LOG(LOG_ERROR, "rollback_failed", LOG_N("jobs", n));
    }
    return st;
}

static void run_jobs(struct writer *w, struct job **jobs, int n)
{
    enum status st = run_batch(w, jobs, n);
    if (st == ST_OK)
        return;
    LOG(LOG_WARN, "batch_lost", LOG_N("jobs", n), LOG_S("status", str_c(status_type(st))));
    for (int i = 0; i < n; i++) {
        if (n > 1)
            st = run_batch(w, &jobs[i], 1);
        if (st != ST_OK)
            jobs[i]->st = st;
    }
}

/* Up to batch_max jobs, waiting for the first; 0 when stopping and nothing is left. */
static int take_jobs(struct writer *w, struct job **jobs)
{
    int n = 0;
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->stopping)
        pthread_cond_wait(&w->more, &w->lock);
    while (w->first && n < w->batch_max) {
        jobs[n++] = w->first;
        w->first = w->first->next;
    }
    if (!w->first)
        w->last = &w->first;
    w->waiting -= n;
    pthread_mutex_unlock(&w->lock);
    return n;
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    struct job **jobs = calloc((size_t)w->batch_max, sizeof(struct job *));
    if (!jobs)
        abort();
    int n;
    while ((n = take_jobs(w, jobs)) > 0) {
        run_jobs(w, jobs, n);
        pthread_mutex_lock(&w->lock);
        for (int i = 0; i < n; i++) {
            jobs[i]->done = true;
            pthread_cond_signal(&jobs[i]->finished);
        }
        pthread_mutex_unlock(&w->lock);
    }
    free(jobs);
    return NULL;
}

static bool enqueue(struct writer *w, struct job *job)
{
    bool room = !w->stopping && w->waiting < w->queue_max;
    if (room) {
        *w->last = job;
        w->last = &job->next;
        w->waiting++;
        pthread_cond_signal(&w->more);
    }
    return room;
}

enum status writer_write(struct writer *w, struct db *db, db_write_fn *fn, void *arg)
{
    struct job job = {.db = db, .fn = fn, .arg = arg, .st = ST_BUSY};
    if (pthread_equal(pthread_self(), w->thread)) {
        LOG(LOG_ERROR, "sql_misuse", LOG_S("what", STR("db_write inside a write")));
        return ST_BUG;
    }
    pthread_cond_init(&job.finished, NULL);
    pthread_mutex_lock(&w->lock);
    if (enqueue(w, &job)) {
        while (!job.done)
            pthread_cond_wait(&job.finished, &w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&job.finished);
    return job.st;
}

enum status writer_start(const struct engine *e, const struct store_config *config, struct writer **out)
{
    struct conn *conn;
    TRY(e->open(config, true, &conn));
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    *w = (struct writer){.engine = e, .conn = conn};
    w->last = &w->first;
    w->queue_max = config->options.queue_max;
    w->batch_max = config->options.batch_max;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
        e->close(conn);
        free(w);
        return ST_BUSY;
    }
    *out = w;
    return ST_OK;
}

void writer_stop(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->more);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    w->engine->close(w->conn);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->more);
    free(w);
}
