/*
 * A ring of pointers under one mutex. A place is reserved before a job is made, so that a push cannot fail: the server
 * must know that there is room before it suspends a connection. Jobs begin in the order of their push.
 */
#include "http/workers.h"

#include <pthread.h>
#include <stdlib.h>

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct workers_job_kind kind;
    pthread_t *threads;
    size_t threads_n;
    void **ring;
    size_t cap;
    size_t head;
    size_t queued;
    size_t reserved; /* queued or about to be */
    bool stopping;
};

static void *work(void *arg)
{
    struct workers *w = arg;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->queued && !w->stopping)
            pthread_cond_wait(&w->more, &w->lock);
        if (w->stopping)
            break;
        void *job = w->ring[w->head];
        w->head = (w->head + 1) % w->cap;
        w->queued--;
        w->reserved--;
        pthread_mutex_unlock(&w->lock);
        w->kind.run(job);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct workers *workers_new(size_t threads, size_t queue_max, struct workers_job_kind kind)
{
    struct workers *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->kind = kind;
    w->cap = queue_max ? queue_max : 1;
    w->ring = calloc(w->cap, sizeof *w->ring);
    w->threads = calloc(threads ? threads : 1, sizeof *w->threads);
    if (!w->ring || !w->threads)
        abort();
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    for (; w->threads_n < threads; w->threads_n++) {
        if (pthread_create(&w->threads[w->threads_n], NULL, work, w) == 0)
            continue;
        workers_stop(w);
        workers_free(w);
        return NULL;
    }
    return w;
}

bool workers_reserve(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    bool room = !w->stopping && w->reserved < w->cap;
    w->reserved += room;
    pthread_mutex_unlock(&w->lock);
    return room;
}

void workers_unreserve(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->reserved--;
    pthread_mutex_unlock(&w->lock);
}

void workers_push(struct workers *w, void *job)
{
    pthread_mutex_lock(&w->lock);
    bool stopping = w->stopping;
    if (stopping) {
        w->reserved--;
    } else {
        w->ring[(w->head + w->queued) % w->cap] = job;
        w->queued++;
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    if (stopping)
        w->kind.refuse(job);
}

void workers_stop(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_broadcast(&w->more);
    while (w->queued) {
        void *job = w->ring[w->head];
        w->head = (w->head + 1) % w->cap;
        w->queued--;
        w->reserved--;
        pthread_mutex_unlock(&w->lock);
        w->kind.refuse(job);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->threads_n; i++)
        pthread_join(w->threads[i], NULL);
    w->threads_n = 0;
}

void workers_free(struct workers *w)
{
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->more);
    free(w->threads);
    free(w->ring);
    free(w);
}
