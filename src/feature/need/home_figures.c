#include "feature/need/home_figures.h"

#include "feature/directory/snapshot.h"
#include "feature/need/need.h"

#include <pthread.h>
#include <stdlib.h>

enum { HOME_NEEDS = 6 };

/* One of each language. */
struct kept {
    bool made;
    int64_t seq;
    struct day today;
    const struct vocab *vocab;
    struct arena arena;
    struct home_figures figures;
};

struct home_cache {
    pthread_mutex_t lock;
    struct kept kept[2];
};

struct home_cache *home_cache_new(void)
{
    struct home_cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    pthread_mutex_init(&c->lock, NULL);
    for (int i = 0; i < 2; i++)
        arena_init(&c->kept[i].arena, SIZE_MAX / 2);
    return c;
}

void home_cache_free(struct home_cache *c)
{
    if (!c)
        return;
    for (int i = 0; i < 2; i++)
        arena_release(&c->kept[i].arena);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static enum status fill_needs(struct req *q, struct home_figures *f)
{
    struct open_needs open;
    TRY(open_needs_take(q, &open));
    f->open_needs = (int64_t)open.n;
    for (size_t i = 0; i < open.n && i < HOME_NEEDS; i++) {
        const struct open_need *n = &open.v[i];
        struct str title = open_need_title(q, n);
        struct home_need shown = {.title = title,
                                  .lang = req_lang_of(q, title),
                                  .steps = need_step_names(q, n->need),
                                  .url = req_url(q, "/needs", n->ref),
                                  .has_due = n->need->due.has,
                                  .due = n->need->due.v,
                                  .days_left = n->need->due.v.n - q->today.n};
        VEC_PUSH(q->arena, &f->soon, shown);
    }
    open_needs_give(q, &open);
    return ST_OK;
}

static bool does(const struct site *s, const struct tree *t, uint32_t process)
{
    for (size_t i = 0; i < s->capabilities.n; i++)
        if (tree_below(t, s->capabilities.v[i].process, process))
            return true;
    return false;
}

static void fill_fields(struct req *q, const struct snapshot *snapshot, struct home_figures *f)
{
    const struct tree *t = &q->app->vocab->processes;
    f->sites = (int64_t)snapshot->supply.n;
    f->capabilities = (int64_t)snapshot->capabilities;
    for (uint32_t top = 0; top < t->n; top = t->v[top].end) {
        int64_t sites = 0;
        for (size_t i = 0; i < snapshot->supply.n; i++)
            sites += does(snapshot->supply.v[i], t, top);
        struct url url = req_url(q, "/processes", t->v[top].code);
        if (sites)
            VEC_PUSH(q->arena, &f->fields,
                     ((struct link){.text = tree_name(t, top, q->korean), .url = url, .count = sites}));
    }
}

static void copy(struct arena *a, const struct home_figures *from, struct home_figures *to)
{
    *to = (struct home_figures){from->sites, from->capabilities, from->open_needs, {NULL, 0, 0}, {NULL, 0, 0}};
    for (size_t i = 0; i < from->soon.n; i++) {
        struct home_need n = from->soon.v[i];
        n.title = arena_str(a, n.title);
        n.steps = arena_str(a, n.steps);
        n.url.s = arena_str(a, n.url.s);
        VEC_PUSH(a, &to->soon, n);
    }
    for (size_t i = 0; i < from->fields.n; i++) {
        struct link l = from->fields.v[i];
        l.text = arena_str(a, l.text);
        l.url.s = arena_str(a, l.url.s);
        VEC_PUSH(a, &to->fields, l);
    }
}

static bool take(struct req *q, const struct kept *key, struct home_figures *out)
{
    struct home_cache *c = q->app->home;
    struct kept *k = &c->kept[q->korean];
    pthread_mutex_lock(&c->lock);
    bool good = k->made && k->seq == key->seq && k->today.n == key->today.n && k->vocab == key->vocab;
    if (good)
        copy(q->arena, &k->figures, out);
    pthread_mutex_unlock(&c->lock);
    return good;
}

static void keep(struct req *q, const struct kept *key, const struct home_figures *f)
{
    struct home_cache *c = q->app->home;
    struct kept *k = &c->kept[q->korean];
    pthread_mutex_lock(&c->lock);
    arena_reset(&k->arena);
    copy(&k->arena, f, &k->figures);
    k->seq = key->seq;
    k->today = key->today;
    k->vocab = key->vocab;
    k->made = true;
    pthread_mutex_unlock(&c->lock);
}

enum status home_figures_get(struct req *q, struct home_figures *out)
{
    enum status st = ST_OK;
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    struct kept key = {.seq = snapshot->seq, .today = q->today, .vocab = q->app->vocab};
    if (!take(q, &key, out)) {
        *out = (struct home_figures){.sites = 0};
        fill_fields(q, snapshot, out);
        st = fill_needs(q, out);
        if (st == ST_OK)
            keep(q, &key, out);
    }
    snapshot_give(q->app->snapshots, snapshot);
    return st;
}
