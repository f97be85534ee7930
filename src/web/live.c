/*
 * One thread looks at one number once a second. A generation that was replaced is freed by that thread when its last
 * request is done, never by a request. What holds the base app itself (jobs) keeps the vocabulary of the start.
 */
#include "web/live.h"

#include "base/log.h"
#include "feature/directory/snapshot.h"
#include "feature/search/search_feed.h"
#include "feature/vocabulary/overlay_store.h"
#include "match/parse.h"
#include "web/dispatch.h"

#include <pthread.h>
#include <stdlib.h>

struct generation {
    struct app *app;
    struct app own; /* app points here but in the first one, which is the base */
    struct arena arena;
    struct vocab vocab;
    struct words words;
    struct parse_words parse;
    struct search_feed *feed;
    int requests;
    struct generation *older;
};

struct live {
    struct app *base;
    struct http_app inner;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    struct generation *current;
    bool stopping;
};

static void free_generation(struct live *l, struct generation *g)
{
    if (g->app != l->base) {
        search_feed_stop(g->feed);
        search_free(g->own.search);
        snapshots_stop(g->own.snapshots);
        arena_release(&g->arena);
    }
    free(g);
}

static struct generation *new_generation(void)
{
    struct generation *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    return g;
}

/* Texts with the words of the new vocabulary. */
static enum status fill_search(struct live *l, struct generation *g)
{
    int64_t seq;
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    struct search *index = search_new();
    struct db *db = db_acquire(l->base->store, &a);
    enum status st = search_feed_fill(db, &g->vocab, index, &seq);
    db_release(db);
    if (st != ST_OK) {
        search_free(index);
        return st;
    }
    g->own.search = index;
    g->feed = search_feed_start_at(l->base->store, &g->vocab, index, seq);
    return ST_OK;
}

static enum status build(struct live *l, struct generation *g)
{
    struct vocab_overlay overlay;
    struct str why = STR("");
    arena_init(&g->arena, SIZE_MAX / 2);
    struct db *db = db_acquire(l->base->store, &g->arena);
    enum status st = overlay_load(db, &overlay);
    db_release(db);
    if (st == ST_OK)
        st = vocab_load_over(&g->arena, embedded_vocab, &overlay, &g->vocab, NULL, &why);
    if (st != ST_OK)
        return st;
    words_build(&g->arena, &g->vocab, &g->words);
    g->own = *l->base;
    g->app = &g->own;
    g->own.vocab = &g->vocab;
    g->own.words = &g->words;
    parse_words_build(&g->arena, &g->vocab, &g->words, &g->parse);
    g->own.parse = &g->parse;
    TRY(fill_search(l, g));
    st = snapshots_start(l->base->store, &g->vocab, &g->own.snapshots);
    if (st != ST_OK) {
        search_feed_stop(g->feed);
        search_free(g->own.search);
    }
    return st;
}

static void renew(struct live *l)
{
    struct generation *g = new_generation();
    if (build(l, g) != ST_OK) {
        LOG(LOG_ERROR, "vocabulary_not_renewed", LOG_N("seq", g->vocab.overlay_seq));
        arena_release(&g->arena);
        free(g);
        return;
    }
    pthread_mutex_lock(&l->lock);
    g->older = l->current;
    l->current = g;
    pthread_mutex_unlock(&l->lock);
    LOG(LOG_INFO, "vocabulary_renewed", LOG_S("version", g->vocab.version));
}

/* Takes one that nobody uses out of the list. */
static struct generation *take_idle(struct live *l)
{
    pthread_mutex_lock(&l->lock);
    struct generation **link = &l->current->older;
    while (*link && (*link)->requests)
        link = &(*link)->older;
    struct generation *idle = *link;
    if (idle)
        *link = idle->older;
    pthread_mutex_unlock(&l->lock);
    return idle;
}

static enum status newest_seq(struct live *l, int64_t *seq)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct db *db = db_acquire(l->base->store, &a);
    enum status st = overlay_seq(db, seq);
    db_release(db);
    return st;
}

static bool wait_or_stop(struct live *l)
{
    int64_t then_ns = time_steady_ns() + LIVE_POLL_MS * INT64_C(1000000);
    struct timespec until = {then_ns / 1000000000, then_ns % 1000000000};
    pthread_mutex_lock(&l->lock);
    if (!l->stopping)
        pthread_cond_timedwait(&l->wake, &l->lock, &until);
    bool stop = l->stopping;
    pthread_mutex_unlock(&l->lock);
    return stop;
}

static void *follow(void *arg)
{
    struct live *l = arg;
    struct generation *idle;
    int64_t seq;
    while (!wait_or_stop(l)) {
        if (newest_seq(l, &seq) == ST_OK && seq != l->current->app->vocab->overlay_seq)
            renew(l);
        while ((idle = take_idle(l)))
            free_generation(l, idle);
    }
    return NULL;
}

static struct http_plan classify(const struct http_request *http, void *arg)
{
    struct live *l = arg;
    return l->inner.classify(http, l->base);
}

static enum status handle(struct http_request *http, struct http_response *answer, void *arg)
{
    struct live *l = arg;
    pthread_mutex_lock(&l->lock);
    struct generation *g = l->current;
    g->requests++;
    pthread_mutex_unlock(&l->lock);
    enum status st = l->inner.handle(http, answer, g->app);
    pthread_mutex_lock(&l->lock);
    g->requests--;
    pthread_mutex_unlock(&l->lock);
    return st;
}

struct live *live_start(struct app *base)
{
    struct live *l = calloc(1, sizeof *l);
    pthread_condattr_t steady;
    if (!l)
        abort();
    l->base = base;
    l->inner = web_app(base);
    l->current = new_generation();
    l->current->app = base;
    pthread_mutex_init(&l->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&l->wake, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&l->thread, NULL, follow, l) != 0)
        abort();
    return l;
}

void live_stop(struct live *l)
{
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    l->stopping = true;
    pthread_cond_signal(&l->wake);
    pthread_mutex_unlock(&l->lock);
    pthread_join(l->thread, NULL);
    for (struct generation *g = l->current, *older; g; g = older) {
        older = g->older;
        free_generation(l, g);
    }
    pthread_cond_destroy(&l->wake);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

struct http_app live_app(struct live *l)
{
    struct http_app app = l->inner;
    app.classify = classify;
    app.handle = handle;
    app.arg = l;
    return app;
}
