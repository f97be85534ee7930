/*
 * Opens an engine by its URL and hands out connections. A db is small and takes a connection at its first query; the
 * pool makes connections as they are asked for, up to its maximum, and keeps them. Holds no SQL.
 */
#include "base/log.h"
#include "base/time.h"
#include "db/engine.h"

#include <stdlib.h>
#include <time.h>

static void fill_defaults(struct store_options *o)
{
    int *const values[] = {&o->connections, &o->queue_max, &o->batch_max, &o->busy_ms, &o->query_max_ms};
    static const int defaults[] = {16, 1024, 64, 5000, 30000};
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        if (*values[i] <= 0)
            *values[i] = defaults[i];
    }
}

void pool_init(struct pool *p, const struct engine *e, const struct store_config *config)
{
    *p = (struct pool){.config = config, .engine = e};
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&p->freed, &attr);
    pthread_condattr_destroy(&attr);
}

void pool_release(struct pool *p)
{
    while (p->idle) {
        struct conn *c = p->idle;
        p->idle = c->next;
        p->engine->close(c);
    }
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->freed);
}

static struct timespec deadline_in(int ms)
{
    int64_t at_ns = time_steady_ns() + (int64_t)ms * 1000000;
    return (struct timespec){.tv_sec = at_ns / 1000000000, .tv_nsec = at_ns % 1000000000};
}

/* An idle connection, or room to open one (*out stays NULL). */
static enum status pool_reserve(struct pool *p, struct conn **out)
{
    struct timespec until = deadline_in(p->config->options.busy_ms);
    enum status st = ST_OK;
    pthread_mutex_lock(&p->lock);
    while (!p->idle && p->open >= p->config->options.connections && st == ST_OK) {
        if (pthread_cond_timedwait(&p->freed, &p->lock, &until) != 0)
            st = ST_BUSY;
    }
    if (p->idle) {
        *out = p->idle;
        p->idle = p->idle->next;
        st = ST_OK;
    } else if (st == ST_OK) {
        p->open++;
    }
    pthread_mutex_unlock(&p->lock);
    return st;
}

static void pool_forget(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    p->open--;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

enum status pool_take(struct pool *p, struct conn **out)
{
    *out = NULL;
    TRY(pool_reserve(p, out));
    if (*out)
        return ST_OK;
    enum status st = p->engine->open(p->config, false, out);
    if (st != ST_OK)
        pool_forget(p);
    return st;
}

/* The server went away: connections that sit idle are lost as well. */
static void pool_close_idle(struct pool *p)
{
    pthread_mutex_lock(&p->lock);
    struct conn *idle = p->idle;
    p->idle = NULL;
    for (struct conn *c = idle; c; c = c->next)
        p->open--;
    pthread_cond_broadcast(&p->freed);
    pthread_mutex_unlock(&p->lock);
    while (idle) {
        struct conn *c = idle;
        idle = c->next;
        p->engine->close(c);
    }
}

void pool_give(struct pool *p, struct conn *c)
{
    if (c->fault == FAULT_LOST) {
        p->engine->close(c);
        pool_forget(p);
        pool_close_idle(p);
        return;
    }
    c->fault = FAULT_NONE;
    pthread_mutex_lock(&p->lock);
    c->next = p->idle;
    p->idle = c;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

enum status store_open_engine(const struct engine *e, const char *url, const struct store_options *options,
                              struct store **out)
{
    struct store *s = calloc(1, sizeof *s);
    char *copy = strdup(url);
    if (!s || !copy)
        abort();
    *s = (struct store){.engine = e, .url = copy};
    s->config = (struct store_config){.url = copy, .options = options ? *options : (struct store_options){0}};
    fill_defaults(&s->config.options);
    id_source_init(&s->ids, s->config.options.node);
    pool_init(&s->pool, e, &s->config);
    enum status st = e->one_writer ? writer_start(e, &s->config, &s->writer) : ST_OK;
    struct conn *first = NULL;
    if (st == ST_OK)
        st = pool_take(&s->pool, &first);
    if (first)
        pool_give(&s->pool, first);
    if (st != ST_OK)
        store_close(s);
    else
        *out = s;
    return st;
}

enum status store_open(const char *url, const struct store_options *options, struct store **out)
{
    struct str u = str_c(url);
    bool postgres = str_starts(u, STR("postgres://")) || str_starts(u, STR("postgresql://"));
    return store_open_engine(postgres ? &engine_postgres : &engine_sqlite, url, options, out);
}

void store_close(struct store *s)
{
    if (!s)
        return;
    /* The writer last: the last connection to close moves SQLite's log into its file, and readers can't. */
    pool_release(&s->pool);
    if (s->writer)
        writer_stop(s->writer);
    free(s->url);
    free(s);
}

enum status store_check(struct store *s, struct arena *a, struct str_list *faults)
{
    struct conn *c;
    *faults = (struct str_list){NULL, 0, 0};
    TRY(s->engine->open(&s->config, false, &c));
    enum status st = s->engine->integrity(c, a, faults);
    s->engine->close(c);
    return st;
}

bool store_is_postgres(const struct store *s)
{
    return !s->engine->one_writer;
}

int64_t store_new_id(struct store *s)
{
    return id_next(&s->ids);
}
