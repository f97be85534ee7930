#include "feature/need/need.h"
#include "feature/need/need_store.h"

#include <stdlib.h>

enum { OPEN_MAX = 500 };

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

enum status open_needs_read(struct req *q, struct open_needs *out)
{
    struct stored_needs stored = {NULL, 0, 0};
    *out = (struct open_needs){NULL, 0, 0};
    TRY(need_load(q->db, OPEN_MAX, &stored));
    for (size_t i = 0; i < stored.n; i++) {
        struct need *need = ARENA_NEW(q->arena, struct need);
        struct problem_list problems;
        problem_list_init(&problems, q->arena);
        if (need_read_text(q->arena, q->app->vocab, stored.v[i].body, need, &problems) != ST_OK ||
            !need_is_open(q, need))
            continue;
        struct url url = req_url(q, "/needs", stored.v[i].ref);
        struct str title = need->title.n ? need->title : need_step_names(q, need);
        VEC_PUSH(q->arena, out, ((struct open_need){stored.v[i].ref, title, need, url}));
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, soonest_first);
    return ST_OK;
}
