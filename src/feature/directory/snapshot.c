/* One thread polls the change log and swaps the copy under a short lock; the last reader of an old copy frees it. */
#include "feature/directory/snapshot.h"

#include "base/log.h"
#include "core/change.h"
#include "feature/directory/directory.h"

#include <pthread.h>
#include <stdlib.h>

struct snapshots {
    struct store *store;
    const struct vocab *vocab;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    struct snapshot *current;
    bool stopping;
};

static void release(struct snapshot *snapshot)
{
    arena_release(&snapshot->arena);
    free(snapshot);
}

static enum status load(struct snapshots *s, struct snapshot *out)
{
    arena_init(&out->arena, SIZE_MAX / 2);
    struct db *db = db_acquire(s->store, &out->arena);
    enum status st = db_read_begin(db);
    if (st == ST_OK) {
        st = change_seq(db, &out->seq);
        if (st == ST_OK)
            st = directory_load(db, s->vocab, (struct str){NULL, 0}, &out->supply);
        db_read_end(db);
    }
    db_release(db);
    for (size_t i = 0; i < out->supply.n; i++)
        out->capabilities += out->supply.v[i]->capabilities.n;
    return st;
}

static enum status load_new(struct snapshots *s, struct snapshot **out)
{
    struct snapshot *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        abort();
    fresh->refs = 1;
    enum status st = load(s, fresh);
    if (st != ST_OK) {
        release(fresh);
        return st;
    }
    *out = fresh;
    return ST_OK;
}

static enum status last_seq(struct snapshots *s, int64_t *seq)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(s->store, &a);
    enum status st = change_seq(db, seq);
    db_release(db);
    return st;
}

static void renew(struct snapshots *s)
{
    int64_t seq, began_ns = time_steady_ns();
    struct snapshot *fresh;
    if (last_seq(s, &seq) != ST_OK || seq == s->current->seq)
        return;
    if (load_new(s, &fresh) != ST_OK) {
        LOG(LOG_ERROR, "snapshot_not_loaded", LOG_N("seq", seq));
        return;
    }
    pthread_mutex_lock(&s->lock);
    struct snapshot *old = s->current;
    s->current = fresh;
    pthread_mutex_unlock(&s->lock);
    snapshot_give(s, old);
    LOG(LOG_INFO, "snapshot_loaded", LOG_N("seq", fresh->seq), LOG_N("capabilities", fresh->capabilities),
        LOG_N("ms", (time_steady_ns() - began_ns) / 1000000));
}

static void *follow(void *arg)
{
    struct snapshots *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->stopping) {
        int64_t then_ns = time_steady_ns() + SNAPSHOT_POLL_MS * INT64_C(1000000);
        struct timespec until = {then_ns / 1000000000, then_ns % 1000000000};
        pthread_cond_timedwait(&s->wake, &s->lock, &until);
        if (s->stopping)
            break;
        pthread_mutex_unlock(&s->lock);
        renew(s);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

enum status snapshots_start(struct store *store, const struct vocab *vocab, struct snapshots **out)
{
    struct snapshots *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->store = store;
    s->vocab = vocab;
    enum status st = load_new(s, &s->current);
    if (st != ST_OK) {
        free(s);
        return st;
    }
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&s->thread, NULL, follow, s) != 0)
        abort();
    *out = s;
    return ST_OK;
}

void snapshots_stop(struct snapshots *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    snapshot_give(s, s->current);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

struct snapshot *snapshot_take(struct snapshots *s)
{
    pthread_mutex_lock(&s->lock);
    struct snapshot *snapshot = s->current;
    snapshot->refs++;
    pthread_mutex_unlock(&s->lock);
    return snapshot;
}

void snapshot_give(struct snapshots *s, struct snapshot *snapshot)
{
    pthread_mutex_lock(&s->lock);
    bool last = --snapshot->refs == 0;
    pthread_mutex_unlock(&s->lock);
    if (last)
        release(snapshot);
}
