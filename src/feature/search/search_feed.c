/* One write a batch of changes, with the place in the log in it; of two processes that follow, one finds the work done.
 */
#include "feature/search/search_feed.h"

#include "base/log.h"
#include "base/time.h"
#include "core/change_sql.h"

#include <pthread.h>
#include <stdlib.h>

enum { BATCH = 16, POLL_MS = 200, ARENA_MAX = 256 << 20 };

struct search_feed {
    struct store *store;
    const struct vocab *vocab;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool stopping;
};

struct batch {
    const struct vocab *vocab;
    struct str version;
    bool more;
};

/* One of several changes of the same thing is enough: the last. */
static bool comes_again(const struct change_since_list *l, size_t at)
{
    for (size_t i = at + 1; i < l->n; i++)
        if (str_eq(l->v[i].ref, l->v[at].ref) && str_eq(l->v[i].kind, l->v[at].kind))
            return true;
    return false;
}

static enum status where(struct db *db, struct str version, int64_t *seq)
{
    struct str made_with;
    enum status st = search_state_read(db, &made_with, seq);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    if (st == ST_NOT_FOUND || !str_eq(made_with, version))
        *seq = 0;
    return ST_OK;
}

static enum status take(struct tx *t, void *arg)
{
    struct batch *b = arg;
    struct db *db = tx_db(t);
    struct change_since_list changes;
    int64_t seq;
    TRY(where(db, b->version, &seq));
    TRY(change_since(db, seq, BATCH, &changes));
    for (size_t i = 0; i < changes.n; i++) {
        struct search_docs docs;
        const struct change_since_row *c = &changes.v[i];
        bool known = str_eq(c->kind, STR("site")) || str_eq(c->kind, STR("need"));
        if (!known || comes_again(&changes, i))
            continue;
        TRY(search_docs_of(db, b->vocab, c->kind, c->ref, &docs));
        /* A site and a need may have the same reference. */
        struct str part_of = arena_printf(db_arena(db), STR_FMT "/" STR_FMT, STR_ARG(c->kind), STR_ARG(c->ref));
        TRY(search_put(t, part_of, &docs));
    }
    b->more = changes.n == BATCH;
    return search_state_write(t, b->version, changes.n ? changes.v[changes.n - 1].seq : seq);
}

enum status search_feed_step(struct db *db, const struct vocab *v, bool *more)
{
    struct batch b = {v, arena_printf(db_arena(db), SEARCH_VERSION "/" STR_FMT, STR_ARG(v->version)), false};
    struct change_last_row last;
    int64_t seq;
    *more = false;
    TRY(where(db, b.version, &seq));
    TRY(change_last(db, &last));
    if (seq >= last.seq)
        return ST_OK;
    TRY(db_write(db, take, &b));
    *more = b.more;
    if (seq / 1000 != (seq + BATCH) / 1000)
        LOG(LOG_INFO, "search_index", LOG_N("seq", seq), LOG_N("of", last.seq));
    return ST_OK;
}

static bool step(struct search_feed *f)
{
    bool more = false;
    AUTO_ARENA a;
    arena_init(&a, ARENA_MAX);
    struct db *db = db_acquire(f->store, &a);
    enum status st = search_feed_step(db, f->vocab, &more);
    db_release(db);
    if (st != ST_OK && st != ST_BUSY)
        LOG(LOG_ERROR, "search_not_followed", LOG_N("status", st));
    return more && st == ST_OK;
}

static void *follow(void *arg)
{
    struct search_feed *f = arg;
    pthread_mutex_lock(&f->lock);
    while (!f->stopping) {
        pthread_mutex_unlock(&f->lock);
        bool more = step(f);
        pthread_mutex_lock(&f->lock);
        int64_t then_ns = time_steady_ns() + (more ? 0 : POLL_MS * INT64_C(1000000));
        struct timespec until = {then_ns / 1000000000, then_ns % 1000000000};
        if (!f->stopping)
            pthread_cond_timedwait(&f->wake, &f->lock, &until);
    }
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

struct search_feed *search_feed_start(struct store *store, const struct vocab *v)
{
    struct search_feed *f = calloc(1, sizeof *f);
    pthread_condattr_t clock;
    if (!f)
        abort();
    f->store = store;
    f->vocab = v;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&f->thread, NULL, follow, f) != 0)
        abort();
    return f;
}

void search_feed_stop(struct search_feed *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->stopping = true;
    pthread_cond_signal(&f->wake);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    pthread_cond_destroy(&f->wake);
    pthread_mutex_destroy(&f->lock);
    free(f);
}
