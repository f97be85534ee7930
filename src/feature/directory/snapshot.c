/* One thread polls the change log and swaps the version under a short lock; the last reader of an old one frees it. */
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
    pthread_mutex_t columns_lock; /* held while columns are made: who needs them waits for them */
    pthread_cond_t wake;
    pthread_t thread;
    struct snapshot *current;
    bool stopping;
};

/* More changed sites than this are read with all the others. */
enum { CHANGES_MOST = 2000 };

static void release(struct snapshot *snapshot)
{
    match_index_unref(snapshot->index);
    arena_release(&snapshot->memory);
    free(snapshot);
}

/* Takes over the reference. */
static struct snapshot *snapshot_of(struct match_index *index, int64_t seq)
{
    struct snapshot *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        abort();
    *fresh = (struct snapshot){.index = index,
                               .supply = *match_index_sites(index),
                               .seq = seq,
                               .capabilities = match_index_size(index).rows,
                               .refs = 1};
    arena_init(&fresh->memory, SIZE_MAX / 2);
    return fresh;
}

/* All sites. */
static enum status load(struct snapshots *s, struct snapshot **out)
{
    AUTO_ARENA a;
    struct supply supply;
    int64_t seq = 0;
    arena_init(&a, SIZE_MAX / 2);
    struct db *db = db_acquire(s->store, &a);
    enum status st = db_read_begin(db);
    if (st == ST_OK) {
        st = change_seq(db, &seq);
        if (st == ST_OK)
            st = directory_load(db, s->vocab, (struct str){NULL, 0}, &supply);
        db_read_end(db);
    }
    db_release(db);
    if (st == ST_OK)
        *out = snapshot_of(match_index_own(s->vocab, &a, &supply, NULL, NULL), seq);
    return st;
}

struct changes {
    struct change_refs log;
    struct supply changed;
    struct str_list gone;
};

static enum status read_changes(struct snapshots *s, struct db *db, struct changes *c)
{
    TRY(change_refs(db, STR("site"), s->current->seq, CHANGES_MOST, &c->log));
    for (size_t i = 0; i < c->log.refs.n; i++) {
        struct supply one;
        TRY(directory_load(db, s->vocab, c->log.refs.v[i], &one));
        if (one.n)
            VEC_PUSH(db_arena(db), &c->changed, one.v[0]);
        else
            VEC_PUSH(db_arena(db), &c->gone, c->log.refs.v[i]);
    }
    return ST_OK;
}

/* The version after the changes; NULL when there were none. */
static enum status next_version(struct snapshots *s, struct snapshot **out)
{
    AUTO_ARENA a;
    struct changes c = {.gone = {NULL, 0, 0}};
    arena_init(&a, SIZE_MAX / 2);
    struct db *db = db_acquire(s->store, &a);
    enum status st = db_read_begin(db);
    if (st == ST_OK) {
        st = read_changes(s, db, &c);
        db_read_end(db);
    }
    db_release(db);
    *out = NULL;
    if (st != ST_OK || (!c.log.more && c.log.seq == s->current->seq))
        return st;
    if (c.log.more)
        return load(s, out);
    if (c.log.refs.n)
        *out = snapshot_of(match_index_next(s->current->index, &c.changed, &c.gone), c.log.seq);
    else
        *out = snapshot_of(match_index_ref(s->current->index), c.log.seq);
    return ST_OK;
}

static void replace(struct snapshots *s, struct snapshot *fresh)
{
    pthread_mutex_lock(&s->lock);
    struct snapshot *old = s->current;
    s->current = fresh;
    pthread_mutex_unlock(&s->lock);
    snapshot_give(s, old);
}

const struct supply_columns *snapshot_columns(struct snapshots *s, struct snapshot *snapshot)
{
    pthread_mutex_lock(&s->columns_lock);
    if (!snapshot->has_columns)
        supply_columns_build(&snapshot->memory, s->vocab, &snapshot->supply, &snapshot->columns);
    snapshot->has_columns = true;
    pthread_mutex_unlock(&s->columns_lock);
    return &snapshot->columns;
}

/* Where the columns of the version before were read, the next ones are made before anybody waits for them. */
static void publish(struct snapshots *s, struct snapshot *fresh)
{
    pthread_mutex_lock(&s->columns_lock);
    bool are_read = s->current->has_columns;
    pthread_mutex_unlock(&s->columns_lock);
    replace(s, fresh);
    if (are_read)
        snapshot_columns(s, fresh);
}

static void renew(struct snapshots *s)
{
    int64_t began_ns = time_steady_ns();
    struct snapshot *fresh;
    if (next_version(s, &fresh) != ST_OK) {
        LOG(LOG_ERROR, "snapshot_not_loaded", LOG_N("seq", s->current->seq));
        return;
    }
    if (!fresh)
        return;
    publish(s, fresh);
    LOG(LOG_INFO, "snapshot_loaded", LOG_N("seq", fresh->seq), LOG_N("capabilities", fresh->capabilities),
        LOG_N("ms", (time_steady_ns() - began_ns) / 1000000));
    if (match_index_wants_merge(fresh->index))
        publish(s, snapshot_of(match_index_merged(fresh->index), fresh->seq));
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
    enum status st = load(s, &s->current);
    if (st != ST_OK) {
        free(s);
        return st;
    }
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->columns_lock, NULL);
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
    pthread_mutex_destroy(&s->columns_lock);
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

int64_t snapshot_version(struct snapshots *s)
{
    pthread_mutex_lock(&s->lock);
    int64_t seq = s->current->seq;
    pthread_mutex_unlock(&s->lock);
    return seq;
}

void snapshot_give(struct snapshots *s, struct snapshot *snapshot)
{
    pthread_mutex_lock(&s->lock);
    bool last = --snapshot->refs == 0;
    pthread_mutex_unlock(&s->lock);
    if (last)
        release(snapshot);
}
