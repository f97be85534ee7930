#include "feature/search/search_feed.h"

#include "base/log.h"
#include "base/time.h"
#include "core/change_sql.h"
#include "feature/directory/directory.h"
#include "feature/need/need_store.h"

#include <pthread.h>
#include <stdlib.h>

enum { BATCH = 200, POLL_MS = 100 };

struct search_feed {
    struct store *store;
    const struct vocab *vocab;
    struct search *index;
    bool filled; /* only the thread */
    int64_t seq; /* only the thread */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool stopping;
};

/* A site and a need may have the same reference. */
static struct str part_of(struct arena *a, const char *kind, struct str ref)
{
    return arena_printf(a, "%s/" STR_FMT, kind, STR_ARG(ref));
}

static void fill_sites(struct arena *a, const struct vocab *v, const struct supply *sites, struct search *index)
{
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    for (size_t i = 0; i < sites->n; i++) {
        struct search_docs docs = {NULL, 0, 0};
        search_docs_of_site(&scratch, v, sites->v[i], &docs);
        search_put(index, part_of(a, "site", sites->v[i]->ref), &docs);
        arena_reset(&scratch);
        if (i * 100 / sites->n == (i + 1) * 100 / sites->n)
            continue;
        search_filled(index, (int)(i * 100 / sites->n));
        LOG(LOG_INFO, "search_filling", LOG_N("sites", (int64_t)i + 1), LOG_N("of", (int64_t)sites->n));
    }
}

enum status search_feed_fill(struct db *db, const struct vocab *v, struct search *index, int64_t *seq)
{
    struct change_last_row last;
    struct supply sites;
    struct stored_needs needs = {NULL, 0, 0};
    TRY(change_last(db, &last));
    TRY(directory_load(db, v, (struct str){NULL, 0}, &sites));
    TRY(need_load_all(db, &needs));
    fill_sites(db_arena(db), v, &sites, index);
    for (size_t i = 0; i < needs.n; i++) {
        struct search_docs docs = {NULL, 0, 0};
        search_docs_of_need(db_arena(db), v, needs.v[i].body, &docs);
        search_put(index, part_of(db_arena(db), "need", needs.v[i].ref), &docs);
    }
    search_filled(index, 100);
    *seq = last.seq;
    return ST_OK;
}

/* One of several changes of the same thing is enough: the last. */
static bool comes_again(const struct change_since_list *l, size_t at)
{
    for (size_t i = at + 1; i < l->n; i++)
        if (str_eq(l->v[i].ref, l->v[at].ref) && str_eq(l->v[i].kind, l->v[at].kind))
            return true;
    return false;
}

enum status search_feed_step(struct db *db, const struct vocab *v, struct search *index, int64_t *seq, bool *more)
{
    struct change_since_list changes;
    *more = false;
    TRY(change_since(db, *seq, BATCH, &changes));
    for (size_t i = 0; i < changes.n; i++) {
        struct search_docs docs;
        const struct change_since_row *c = &changes.v[i];
        bool known = str_eq(c->kind, STR("site")) || str_eq(c->kind, STR("need"));
        if (!known || comes_again(&changes, i))
            continue;
        TRY(search_docs_of(db, v, c->kind, c->ref, &docs));
        search_put(index, part_of(db_arena(db), arena_c(db_arena(db), c->kind), c->ref), &docs);
    }
    *more = changes.n == BATCH;
    if (changes.n)
        *seq = changes.v[changes.n - 1].seq;
    return ST_OK;
}

static bool step(struct search_feed *f)
{
    bool more = false;
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    struct db *db = db_acquire(f->store, &a);
    enum status st = f->filled ? search_feed_step(db, f->vocab, f->index, &f->seq, &more)
                               : search_feed_fill(db, f->vocab, f->index, &f->seq);
    f->filled |= st == ST_OK;
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

static struct search_feed *start(struct store *store, const struct vocab *v, struct search *index,
                                 const int64_t *filled)
{
    struct search_feed *f = calloc(1, sizeof *f);
    pthread_condattr_t clock;
    if (!f)
        abort();
    f->store = store;
    f->vocab = v;
    f->index = index;
    f->filled = filled != NULL;
    f->seq = filled ? *filled : 0;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (pthread_create(&f->thread, NULL, follow, f) != 0)
        abort();
    return f;
}

struct search_feed *search_feed_start(struct store *store, const struct vocab *v, struct search *index)
{
    return start(store, v, index, NULL);
}

struct search_feed *search_feed_start_at(struct store *store, const struct vocab *v, struct search *index, int64_t seq)
{
    return start(store, v, index, &seq);
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
