/* One set is kept; a newer one takes its place, and the last reader of the old one frees it. */
#include "core/change.h"
#include "feature/need/need.h"
#include "feature/need/need_store.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { OPEN_MAX = 500 };

struct open_set {
    int refs; /* under the lock of the cache */
    int64_t seq;
    int64_t overlay_seq;
    struct day today;
    const struct vocab *vocab;
    struct arena arena;
    VEC(struct open_need) needs;
};

struct open_cache {
    pthread_mutex_t lock;
    struct open_set *current;
};

struct open_cache *open_cache_new(void)
{
    struct open_cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static void release(struct open_set *set)
{
    arena_release(&set->arena);
    free(set);
}

void open_cache_free(struct open_cache *c)
{
    if (!c)
        return;
    if (c->current)
        release(c->current);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

void need_hide_place(struct need *need)
{
    struct place_point *p = &need->deliver_to;
    p->has_coordinates &= p->region == NODE_NONE;
    p->at = (struct coordinates){round(p->at.lat * 10) / 10, round(p->at.lon * 10) / 10};
}

bool need_is_open(const struct req *q, const struct need *need)
{
    return !need->due.has || need->due.v.n >= q->today.n;
}

struct str need_step_names(struct req *q, const struct need *need)
{
    struct str names = STR("");
    for (size_t i = 0; i < need->steps.n; i++) {
        struct str name = tree_name(&q->app->vocab->processes, need->steps.v[i].process, q->korean);
        names = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(names), i ? " → " : "", STR_ARG(name));
    }
    return names;
}

static int soonest_first(const void *a, const void *b)
{
    const struct open_need *x = a, *y = b;
    if (x->need->due.has != y->need->due.has)
        return x->need->due.has ? -1 : 1;
    return x->need->due.has && x->need->due.v.n != y->need->due.v.n ? (x->need->due.v.n < y->need->due.v.n ? -1 : 1)
                                                                    : str_cmp(x->ref, y->ref);
}

static void take_need(struct req *q, struct open_set *set, const struct stored_need *stored)
{
    struct need *need = ARENA_NEW(&set->arena, struct need);
    struct problem_list problems;
    problem_list_init(&problems, &set->arena);
    struct str body = arena_str(&set->arena, stored->body);
    if (need_read_text(&set->arena, q->app->vocab, body, need, &problems) != ST_OK || !need_is_open(q, need))
        return;
    need_hide_place(need);
    VEC_PUSH(&set->arena, &set->needs, ((struct open_need){arena_str(&set->arena, stored->ref), need}));
}

/* `key` says what it is of. The store is read after its seq was: a set is never older than it says. */
static enum status read_set(struct req *q, const struct open_set *key, struct open_set **out)
{
    struct stored_needs stored = {NULL, 0, 0};
    TRY(need_load(q->db, OPEN_MAX, &stored));
    struct open_set *set = calloc(1, sizeof *set);
    if (!set)
        abort();
    *set = *key;
    arena_init(&set->arena, SIZE_MAX / 2);
    for (size_t i = 0; i < stored.n; i++)
        take_need(q, set, &stored.v[i]);
    if (set->needs.n)
        qsort(set->needs.v, set->needs.n, sizeof *set->needs.v, soonest_first);
    *out = set;
    return ST_OK;
}

static bool is_of(const struct open_set *set, const struct open_set *key)
{
    return set && set->seq == key->seq && set->overlay_seq == key->overlay_seq && set->today.n == key->today.n &&
           set->vocab == key->vocab;
}

static void give(struct open_cache *c, struct open_set *set)
{
    pthread_mutex_lock(&c->lock);
    bool last = --set->refs == 0;
    pthread_mutex_unlock(&c->lock);
    if (last)
        release(set);
}

/* One reference is the cache's, one the caller's. */
static void keep(struct open_cache *c, struct open_set *set)
{
    set->refs = 2;
    pthread_mutex_lock(&c->lock);
    struct open_set *old = c->current;
    c->current = set;
    pthread_mutex_unlock(&c->lock);
    if (old)
        give(c, old);
}

enum status open_needs_take(struct req *q, struct open_needs *out)
{
    struct open_cache *c = q->app->open;
    struct open_set key = {.overlay_seq = q->app->vocab->overlay_seq, .today = q->today, .vocab = q->app->vocab};
    TRY(change_seq(q->db, &key.seq));
    pthread_mutex_lock(&c->lock);
    struct open_set *set = is_of(c->current, &key) ? c->current : NULL;
    if (set)
        set->refs++;
    pthread_mutex_unlock(&c->lock);
    if (!set) {
        TRY(read_set(q, &key, &set));
        keep(c, set);
    }
    *out = (struct open_needs){set->needs.v, set->needs.n, set};
    return ST_OK;
}

void open_needs_give(struct req *q, struct open_needs *needs)
{
    give(q->app->open, needs->set);
}

struct str open_need_title(struct req *q, const struct open_need *n)
{
    return n->need->title.n ? arena_str(q->arena, n->need->title) : need_step_names(q, n->need);
}
