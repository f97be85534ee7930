/*
 * Work that is done later: rows in the store, enqueued in the transaction of the change that asks for them, run by one
 * thread a process. A worker holds a job by a lease; when it is killed, the job is due again when the lease ends. What
 * fails is tried again after 1, 2, 4 ... seconds with jitter, at most an hour, and is a dead letter after its last
 * attempt. A job may therefore run more than once: its effects carry an idempotency key, or are written with
 * job_finish.
 */
#ifndef PPURI_CORE_JOB_H
#define PPURI_CORE_JOB_H

#include "base/random.h"
#include "core/setting.h"
#include "db/db.h"

struct event_handler;
struct file_store;
struct jobs;

/* One run of one job. */
struct job_run {
    struct db *db; /* rows and texts live until the run ends */
    struct arena *arena;
    int64_t id;
    struct str payload;
    int attempt; /* from 1 */
    const struct jobs_options *options;
    struct str error; /* a job may say why it fails; no personal data */
    int64_t lease;
    int64_t lease_ms, period_ms;
};

typedef enum status job_fn(struct job_run *r);

struct job_kind {
    const char *name;
    int attempts_max;
    int64_t lease_ms;
    int64_t period_ms;
    job_fn *run;
};

/* core/jobs.def, ended by a NULL name. */
extern const struct job_kind job_kinds[];

#define JOB(name, attempts, lease_s, period_s, help) enum status name##_job(struct job_run *r);
#include "core/jobs.def"
#undef JOB

struct job_order {
    const char *kind;
    struct str payload;    /* p = NULL: empty */
    struct str unique_key; /* p = NULL: none; else nothing is added while a job with this key is there, dead or not */
    int64_t due_ms;        /* 0: at once */
};

MUST_USE enum status job_enqueue(struct tx *t, const struct job_order *o);
/* Ends the run in the job's own transaction, so that its effect happens once. ST_CONFLICT: the lease was lost. */
MUST_USE enum status job_finish(struct tx *t, const struct job_run *r);
/* Prolongs the lease of a long job. ST_CONFLICT: it was lost, stop. */
MUST_USE enum status job_renew(struct job_run *r);
/* Makes a dead letter due again. ST_NOT_FOUND: there is no such one. */
MUST_USE enum status job_retry(struct tx *t, int64_t id);

struct job_info {
    int64_t id;
    struct str kind;
    struct str error; /* of the last failure */
    int64_t due_ms;   /* of a running one: when its lease ends */
    int64_t attempts;
    bool running;
    bool dead;
};

struct job_totals {
    int64_t waiting; /* or running */
    int64_t dead;
};

/* Every job in the order of its id. */
MUST_USE enum status job_visit(struct db *db, bool only_dead, void (*visit)(void *arg, const struct job_info *job),
                               void *arg);
MUST_USE enum status job_total(struct db *db, struct job_totals *out);

/* The options and what they point to outlive the jobs. A zero takes the default in parentheses. */
struct jobs_options {
    struct store *store;
    const struct job_kind *kinds;         /* (job_kinds) */
    const struct event_handler *handlers; /* of outbox_deliver (event_handlers) */
    const struct settings *settings;      /* of the sweeping jobs, which are not run without */
    const struct file_store *files;       /* of file_sweep, which does nothing without */
    void *app;
    uint64_t seed;      /* of the jitter */
    int poll_ms;        /* between looks into an empty queue (200) */
    int64_t backoff_ms; /* after the first failure (1000) */
    bool no_thread;     /* nothing runs but in jobs_step */
};

MUST_USE enum status jobs_start(const struct jobs_options *options, struct jobs **out);
/* Lets the running job end. NULL is allowed. */
void jobs_stop(struct jobs *j);
/* Look at once: something was enqueued. */
void jobs_wake(struct jobs *j);
/* Runs one due job here. ST_NOT_FOUND: none is due. ST_OK also when the job failed. Not beside the thread. */
MUST_USE enum status jobs_step(struct jobs *j);

/* Wait before attempt `failures` + 1: base doubled each time, at most an hour, the upper half of it at random. */
int64_t job_backoff_ms(struct random *r, int64_t base_ms, int failures);

#endif
