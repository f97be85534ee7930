/* Counts in one pass over the sites; the page is kept, so this runs once a change. */
#include "feature/need/home_side.h"

#include "feature/directory/snapshot.h"

static struct url firms_url(struct req *q, struct str process)
{
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_str(&u, "process", process);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

/* A site counts once for each top process that it can do. */
static void count_site(const struct tree *t, const struct site *site, int64_t *count, bool *seen)
{
    memset(seen, 0, t->n * sizeof *seen);
    for (size_t i = 0; i < site->capabilities.n; i++) {
        uint32_t top = site->capabilities.v[i].process;
        while (t->v[top].parent != NODE_NONE)
            top = t->v[top].parent;
        count[top] += !seen[top];
        seen[top] = true;
    }
}

static void count_processes(struct req *q, struct home_side *out)
{
    const struct tree *t = &q->app->vocab->processes;
    int64_t *count = ARENA_ARRAY(q->arena, t->n, int64_t);
    bool *seen = ARENA_ARRAY(q->arena, t->n, bool);
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    for (size_t i = 0; i < snapshot->supply.n; i++)
        count_site(t, snapshot->supply.v[i], count, seen);
    snapshot_give(q->app->snapshots, snapshot);
    for (uint32_t i = 0; i < t->n; i = t->v[i].end) {
        struct link l = {.text = tree_name(t, i, q->korean), .url = firms_url(q, t->v[i].code), .count = count[i]};
        if (count[i])
            VEC_PUSH(q->arena, &out->processes, l);
    }
}

enum status home_side_fill(struct req *q, struct home_side *out)
{
    struct board_page board = {.open = 0};
    *out = (struct home_side){.open = 0};
    TRY(board_soonest(q, HOME_NEEDS, &board));
    out->needs = board.needs;
    out->open = board.open;
    out->board = board.all;
    count_processes(q, out);
    return ST_OK;
}
