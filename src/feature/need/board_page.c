/* GET /needs: open needs, the soonest due first. GET /needs/:ref: one of them, with the firms that can do each step. */
#include "feature/need/board_page.h"

#include "core/page_cache.h"
#include "feature/directory/snapshot.h"
#include "feature/need/need_store.h"
#include "match/explain.h"
#include "match/scan.h"
#include "views/board.h"

#include <stdlib.h>

enum { BOARD_MAX = 500 };

enum status needs_board(struct req *q);
enum status need_show(struct req *q);

static bool is_open(const struct req *q, const struct need *need)
{
    return !need->due.has || need->due.v.n >= q->today.n;
}

/* A stored need that today's vocabulary can't read is left out. */
static bool read_need(struct req *q, const struct stored_need *stored, struct need *need)
{
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    return need_read_text(q->arena, q->app->vocab, stored->body, need, &problems) == ST_OK;
}

static struct str step_names(struct req *q, const struct need *need)
{
    struct str names = STR("");
    for (size_t i = 0; i < need->steps.n; i++) {
        struct str name = tree_name(&q->app->vocab->processes, need->steps.v[i].process, q->korean);
        names = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(names), i ? " → " : "", STR_ARG(name));
    }
    return names;
}

static void fill_need(struct req *q, struct str ref, const struct need *need, struct board_need *out)
{
    struct query u;
    query_init(&u, q->arena, STR("/needs"));
    query_segment(&u, ref);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    *out = (struct board_need){.title = need->title,
                               .lang = req_lang_of(q, need->title),
                               .ref = ref,
                               .steps = step_names(q, need),
                               .has_due = need->due.has,
                               .due = need->due.v,
                               .days_left = need->due.v.n - q->today.n,
                               .url = query_url(&u)};
    if (need->deliver_to.region != NODE_NONE)
        out->place = tree_name(&q->app->vocab->regions, need->deliver_to.region, q->korean);
}

static bool asks(const struct req *q, const struct need *need, uint32_t process)
{
    for (size_t i = 0; i < need->steps.n; i++)
        if (tree_below(&q->app->vocab->processes, need->steps.v[i].process, process))
            return true;
    return false;
}

static struct url board_url(struct req *q, struct str process)
{
    struct query u;
    query_init(&u, q->arena, STR("/needs"));
    query_str(&u, "process", process);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

static int soonest_first(const void *a, const void *b)
{
    const struct board_need *x = a, *y = b;
    if (x->has_due != y->has_due)
        return x->has_due ? -1 : 1;
    return x->has_due && x->due.n != y->due.n ? (x->due.n < y->due.n ? -1 : 1) : str_cmp(x->ref, y->ref);
}

static void fill_choices(struct req *q, const int64_t *count, struct board_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    for (uint32_t i = 0; i < t->n; i = t->v[i].end)
        if (count[i])
            VEC_PUSH(q->arena, &page->processes,
                     ((struct link){
                         .text = tree_name(t, i, q->korean), .url = board_url(q, t->v[i].code), .count = count[i]}));
}

enum status board_fill(struct req *q, uint32_t process, struct board_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    struct stored_needs stored = {NULL, 0, 0};
    int64_t *count = ARENA_ARRAY(q->arena, t->n, int64_t);
    memset(count, 0, t->n * sizeof *count);
    TRY(need_load(q->db, BOARD_MAX, &stored));
    for (size_t i = 0; i < stored.n; i++) {
        struct need need;
        if (!read_need(q, &stored.v[i], &need) || !is_open(q, &need))
            continue;
        page->open++;
        for (uint32_t top = 0; top < t->n; top = t->v[top].end)
            count[top] += asks(q, &need, top);
        if (process == NODE_NONE || asks(q, &need, process))
            fill_need(q, stored.v[i].ref, &need, VEC_ADD(q->arena, &page->needs));
    }
    if (page->needs.n)
        qsort(page->needs.v, page->needs.n, sizeof *page->needs.v, soonest_first);
    fill_choices(q, count, page);
    page->all = board_url(q, STR(""));
    return ST_OK;
}

enum status needs_board(struct req *q)
{
    if (page_cached(q, 0))
        return ST_OK;
    struct board_page page = {.open = 0, .chosen = STR("")};
    const struct pair *sent = pair_find(&q->http->uri.query, STR("process"));
    uint32_t process = NODE_NONE;
    if (sent && vocab_find(q->app->vocab, &q->app->vocab->processes, str_trim(sent->value), &process))
        page.chosen = tree_name(&q->app->vocab->processes, process, q->korean);
    TRY(board_fill(q, process, &page));
    struct page frame;
    req_page(q, T("열린 수요"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    board_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

static void fill_step(struct req *q, const struct step_answer *answer, struct board_step *out)
{
    const struct question *question = &answer->question;
    const struct criterion_list *criteria = &question->step->criteria;
    *out = (struct board_step){.process = tree_name(&q->app->vocab->processes, question->step->process, q->korean),
                               .meets = (int64_t)answer->count[CLASS_MEETS],
                               .ask = (int64_t)answer->count[CLASS_ASK]};
    for (size_t i = 0; i < criteria->n; i++) {
        const struct criterion *c = &criteria->v[i];
        if (c->kind == CRITERION_PROCESS || c->kind == CRITERION_TRACK || c->kind == CRITERION_EVIDENCE)
            continue;
        struct board_line line = {criterion_label(q->arena, question, c, q->korean),
                                  criterion_asked(q->arena, question, c, q->korean), c->level == NEED_MUST};
        VEC_PUSH(q->arena, &out->lines, line);
    }
}

static void fill_detail(struct req *q, const struct need *need, struct board_need *out)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_answer answer;
    match_index_answer(&scratch, snapshot->index, need, q->today, 1, &answer, NULL);
    for (size_t i = 0; i < answer.n; i++)
        fill_step(q, &answer.v[i], VEC_ADD(q->arena, &out->detail));
    snapshot_give(q->app->snapshots, snapshot);
}

enum status need_show(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct stored_need stored;
    struct need need;
    struct board_need shown;
    TRY(need_load_one(q->db, q->param, &stored));
    if (!read_need(q, &stored, &need) || !is_open(q, &need))
        return ST_NOT_FOUND;
    fill_need(q, stored.ref, &need, &shown);
    fill_detail(q, &need, &shown);
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = shown.title.n ? shown.title : stored.ref;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    need_view(&v, &frame, &shown);
    return req_view_end(q, &v);
}
