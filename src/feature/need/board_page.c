/* GET /needs: open needs, the soonest due first. GET /needs/:ref: one of them, with the firms that can do each step. */
#include "feature/need/board_page.h"

#include "core/cursor.h"
#include "core/page_cache.h"
#include "feature/directory/snapshot.h"
#include "feature/need/need.h"
#include "feature/need/need_store.h"
#include "match/scan.h"
#include "views/board.h"

enum { PAGE_NEEDS = 50 };

enum status needs_board(struct req *q);
enum status need_show(struct req *q);

/* A stored need that today's vocabulary can't read is left out. */
static bool read_need(struct req *q, const struct stored_need *stored, struct need *need)
{
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    return need_read_text(q->arena, q->app->vocab, stored->body, need, &problems) == ST_OK;
}

static void fill_need(struct req *q, struct str ref, const struct need *need, struct board_need *out)
{
    *out = (struct board_need){.title = need->title,
                               .lang = req_lang_of(q, need->title),
                               .ref = ref,
                               .steps = need_step_names(q, need),
                               .has_due = need->due.has,
                               .due = need->due.v,
                               .days_left = need->due.v.n - q->today.n,
                               .url = req_url(q, "/needs", ref)};
    if (need->deliver_to.region != NODE_NONE)
        out->place = tree_name(&q->app->vocab->regions, need->deliver_to.region, q->korean);
}

static bool any_below(const struct tree *t, const struct node_list *list, uint32_t node)
{
    for (size_t i = 0; i < list->n; i++)
        if (tree_below(t, list->v[i], node))
            return true;
    return false;
}

/* Days that "due within" offers. */
static const int64_t due_days[] = {7, 30, 90};
enum { DUE_CHOICES = sizeof due_days / sizeof *due_days };

/* The need has choice number `choice` of a filter: a node of its tree, or one of the days. */
static bool has(const struct req *q, const struct need *need, int filter, uint32_t choice)
{
    const struct vocab *v = q->app->vocab;
    if (filter == BOARD_REGION)
        return need->deliver_to.region != NODE_NONE && tree_below(&v->regions, need->deliver_to.region, choice);
    if (filter == BOARD_INDUSTRY)
        return any_below(&v->industries, &need->industries, choice);
    if (filter == BOARD_DUE)
        return need->due.has && need->due.v.n - q->today.n <= due_days[choice];
    for (size_t i = 0; i < need->steps.n; i++)
        if (tree_below(&v->processes, need->steps.v[i].process, choice))
            return true;
    return false;
}

struct board_asked {
    uint32_t choice[BOARD_FILTERS]; /* NODE_NONE: all */
};

static const char *const filter_names[BOARD_FILTERS] = {"process", "region", "industry", "due"};

static const struct tree *filter_tree(const struct vocab *v, int filter)
{
    return filter == BOARD_PROCESS ? &v->processes : filter == BOARD_REGION ? &v->regions : &v->industries;
}

/* Words that nobody knows are left out: an old link still shows the board. */
static void read_asked(struct req *q, struct board_asked *asked)
{
    for (int f = 0; f < BOARD_FILTERS; f++) {
        struct str word = str_trim(request_query(q->http, str_c(filter_names[f])));
        int64_t days;
        asked->choice[f] = NODE_NONE;
        if (f != BOARD_DUE) {
            if (word.n && !vocab_find(q->app->vocab, filter_tree(q->app->vocab, f), word, &asked->choice[f]))
                asked->choice[f] = NODE_NONE;
            continue;
        }
        for (uint32_t i = 0; str_to_int(word, &days) && i < DUE_CHOICES; i++)
            if (days == due_days[i])
                asked->choice[f] = i;
    }
}

/* All filters but `but` (BOARD_FILTERS: all of them). */
static bool fits(const struct req *q, const struct need *need, const struct board_asked *asked, int but)
{
    for (int f = 0; f < BOARD_FILTERS; f++)
        if (f != but && asked->choice[f] != NODE_NONE && !has(q, need, f, asked->choice[f]))
            return false;
    return true;
}

static struct str choice_code(struct req *q, int filter, uint32_t choice)
{
    if (filter == BOARD_DUE)
        return arena_printf(q->arena, "%lld", (long long)due_days[choice]);
    return filter_tree(q->app->vocab, filter)->v[choice].code;
}

static void add_filters(struct req *q, const struct board_asked *asked, int but, struct query *u)
{
    for (int f = 0; f < BOARD_FILTERS; f++)
        if (f != but && asked->choice[f] != NODE_NONE)
            query_str(u, filter_names[f], choice_code(q, f, asked->choice[f]));
}

/* The board as asked without one filter (BOARD_FILTERS: with all), behind the place of a cursor. */
static struct url board_url(struct req *q, const struct board_asked *asked, int but, struct str after)
{
    struct query u;
    query_init(&u, q->arena, STR("/needs"));
    add_filters(q, asked, but, &u);
    query_str(&u, "after", after);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

/* What its cursors hold for: the filters, in any language. */
static struct str list_name(struct req *q, const struct board_asked *asked)
{
    struct query u;
    query_init(&u, q->arena, STR("/needs"));
    add_filters(q, asked, BOARD_FILTERS, &u);
    return query_url(&u).s;
}

/* Everything that the numbers of one filter come from. */
struct filter_maker {
    struct req *q;
    const struct open_needs *rows;
    const struct board_asked *asked;
    int filter;
    struct board_filter *out;
};

static int64_t count_with(const struct filter_maker *m, uint32_t choice)
{
    int64_t n = 0;
    for (size_t i = 0; i < m->rows->n; i++) {
        const struct need *need = m->rows->v[i].need;
        n += fits(m->q, need, m->asked, m->filter) && (choice == NODE_NONE || has(m->q, need, m->filter, choice));
    }
    return n;
}

static void add_choice(const struct filter_maker *m, uint32_t choice)
{
    struct arena *a = m->q->arena;
    struct board_choice c = {.count = count_with(m, choice), .chosen = m->asked->choice[m->filter] == choice};
    c.code = choice_code(m->q, m->filter, choice);
    if (m->filter == BOARD_DUE)
        c.name = arena_printf(a, m->q->korean ? "%lld일 안" : "within %lld days", (long long)due_days[choice]);
    else
        c.name = tree_name(filter_tree(m->q->app->vocab, m->filter), choice, m->q->korean);
    if (c.count || c.chosen)
        VEC_PUSH(a, &m->out->choices, c);
}

/* The uppermost nodes, of regions those below the country, and the one that is chosen. */
static void fill_filter(const struct filter_maker *m)
{
    __extension__ static const struct msg labels[BOARD_FILTERS] = {T("공정"), T("납품 지역"), T("산업"), T("납기")};
    uint32_t chosen = m->asked->choice[m->filter];
    m->out->name = filter_names[m->filter];
    m->out->label = labels[m->filter];
    m->out->filtered = chosen != NODE_NONE;
    m->out->drop = board_url(m->q, m->asked, m->filter, STR(""));
    struct board_choice all = {STR(""), req_text(m->q, T("모두")), count_with(m, NODE_NONE), chosen == NODE_NONE};
    VEC_PUSH(m->q->arena, &m->out->choices, all);
    if (m->filter == BOARD_DUE) {
        for (uint32_t i = 0; i < DUE_CHOICES; i++)
            add_choice(m, i);
        return;
    }
    const struct tree *t = filter_tree(m->q->app->vocab, m->filter);
    uint32_t level = m->filter == BOARD_REGION ? 2 : 1;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->v[i].level == level || i == chosen)
            add_choice(m, i);
}

/* What the scarcest step has. */
static void fill_scarcest(struct req *q, const struct snapshot *s, const struct need *need, struct board_need *out)
{
    AUTO_ARENA scratch;
    struct match_answer answer;
    arena_init(&scratch, SIZE_MAX / 2);
    match_index_answer(&scratch, s->index, need, q->today, 0, &answer, NULL);
    for (size_t i = 0; i < answer.n; i++) {
        int64_t meets = (int64_t)answer.v[i].count[CLASS_MEETS], ask = (int64_t)answer.v[i].count[CLASS_ASK];
        if (i && (meets > out->meets || (meets == out->meets && ask >= out->ask)))
            continue;
        out->meets = meets;
        out->ask = ask;
    }
}

static void fill_filters(struct req *q, const struct open_needs *rows, const struct board_asked *asked,
                         struct board_page *page)
{
    page->open = (int64_t)rows->n;
    page->filters.n = BOARD_FILTERS;
    for (int f = 0; f < BOARD_FILTERS; f++) {
        page->filtered |= asked->choice[f] != NODE_NONE;
        fill_filter(&(struct filter_maker){q, rows, asked, f, &page->filters.v[f]});
    }
}

/* The row behind the one with that ref; 0: the board begins. False: it is on the board no more. */
static bool find_first(const struct req *q, const struct open_needs *rows, const struct board_asked *asked,
                       struct str after, size_t *first)
{
    *first = 0;
    if (!after.n)
        return true;
    while (*first < rows->n && !str_eq(rows->v[*first].ref, after))
        ++*first;
    return *first < rows->n && fits(q, rows->v[(*first)++].need, asked, BOARD_FILTERS);
}

static void fill_rows(struct req *q, const struct open_needs *rows, const struct board_asked *asked, size_t first,
                      struct board_page *page)
{
    struct str last = STR("");
    bool more = false;
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    for (size_t i = 0; i < rows->n; i++) {
        if (!fits(q, rows->v[i].need, asked, BOARD_FILTERS))
            continue;
        page->pager.total++;
        if (i < first)
            continue;
        more |= page->needs.n == PAGE_NEEDS;
        if (page->needs.n == PAGE_NEEDS)
            continue;
        struct board_need *n = VEC_ADD(q->arena, &page->needs);
        last = rows->v[i].ref;
        fill_need(q, last, rows->v[i].need, n);
        fill_scarcest(q, snapshot, rows->v[i].need, n);
    }
    snapshot_give(q->app->snapshots, snapshot);
    page->pager.shown = (int64_t)page->needs.n;
    if (first)
        page->pager.first = board_url(q, asked, BOARD_FILTERS, STR(""));
    if (more)
        page->pager.next =
            board_url(q, asked, BOARD_FILTERS, cursor_make(q->arena, q->app->csrf_key, list_name(q, asked), last));
}

static enum status board(struct req *q, const struct open_needs *rows, const struct board_asked *asked)
{
    static const struct board_asked nothing = {{NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE}};
    struct board_page page = {.open = 0};
    struct str after;
    size_t first;
    if (cursor_asked(q, list_name(q, asked), &after) != ST_OK || !find_first(q, rows, asked, after, &first))
        return cursor_refuse(q, board_url(q, asked, BOARD_FILTERS, STR("")));
    fill_filters(q, rows, asked, &page);
    fill_rows(q, rows, asked, first, &page);
    page.all = board_url(q, &nothing, BOARD_FILTERS, STR(""));
    struct page frame;
    req_page(q, T("열린 수요"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    board_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

enum status needs_board(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct board_asked asked;
    struct open_needs rows;
    read_asked(q, &asked);
    TRY(open_needs_take(q, &rows));
    enum status st = board(q, &rows, &asked);
    open_needs_give(q, &rows);
    return st;
}

enum status need_show(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct stored_need stored;
    struct need need;
    struct board_need shown;
    TRY(need_load_one(q->db, q->param, &stored));
    if (!read_need(q, &stored, &need) || !need_is_open(q, &need))
        return ST_NOT_FOUND;
    fill_need(q, stored.ref, &need, &shown);
    need_hide_place(&need);
    need_show_find(q, &need, STR(""), &shown.detail);
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = shown.title.n ? shown.title : stored.ref;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    need_view(&v, &frame, &shown);
    return req_view_end(q, &v);
}
