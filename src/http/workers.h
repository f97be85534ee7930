/* A fixed set of threads behind a bounded queue. */
#ifndef PPURI_HTTP_WORKERS_H
#define PPURI_HTTP_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

struct workers;

/* `run` gets each job in a worker; `refuse` gets the jobs that workers_stop finds not begun. NULL when a thread cannot
   be started. */
struct workers_job_kind {
    void (*run)(void *job);
    void (*refuse)(void *job);
};
struct workers *workers_new(size_t threads, size_t queue_max, struct workers_job_kind kind);

/* A place in the queue, to be used by workers_push or given back; false when the queue is full. */
bool workers_reserve(struct workers *w);
void workers_unreserve(struct workers *w);
void workers_push(struct workers *w, void *job);

/* Refuses what is queued, and whatever is pushed later, and waits for what runs. */
void workers_stop(struct workers *w);
void workers_free(struct workers *w);

#endif
