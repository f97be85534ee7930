/* GET /firms: filters as links, so that every choice is an address and works without scripts. */
#include "feature/directory/directory_page.h"

#include "base/utf8.h"
#include "core/cursor.h"
#include "core/page_cache.h"
#include "feature/directory/snapshot.h"
#include "match/explain.h"
#include "views/directory.h"

#include <stdlib.h>

enum { PAGE_ROWS = 30, CHOICES_MAX = 40, PROCESSES_NAMED = 3 };

enum status directory_page(struct req *q);

static const char *const names[FACETS] = {"process", "material", "industry", "region", "certificate"};

struct directory_asked {
    struct facet_query query;
    struct str words;
    bool deals_first;
    bool as_map;
    struct str after;        /* cursor of the next page, in the address */
    const struct site *last; /* the last firm that was shown; NULL: the list begins */
};

static struct str sent(const struct req *q, const char *name)
{
    const struct pair *p = pair_find(&q->http->uri.query, str_c(name));
    return p ? str_trim(p->value) : STR("");
}

/* One of the sizes to choose from, else 0. */
static double size_of(struct str text)
{
    int64_t mm;
    for (size_t i = 0; str_to_int(text, &mm) && i < FACET_SIZES; i++)
        if ((double)mm == facet_sizes_mm[i])
            return (double)mm;
    return 0;
}

/* Codes that nobody knows are left out: an old link still shows the list. */
static void read_asked(struct req *q, struct directory_asked *asked)
{
    const struct vocab *v = q->app->vocab;
    asked->query.today = q->today;
    for (int f = 0; f < FACETS; f++) {
        struct str code = sent(q, names[f]);
        uint32_t *node = &asked->query.node[f];
        if (!code.n || !vocab_find(v, facet_tree(v, (enum facet)f), code, node))
            *node = NODE_NONE;
        asked->query.above[f] = *node;
    }
    uint32_t korea;
    if (asked->query.node[FACET_REGION] == NODE_NONE && vocab_find(v, &v->regions, STR("KR"), &korea))
        asked->query.above[FACET_REGION] = korea;
    asked->query.above[FACET_CERTIFICATE] = NODE_NONE;
    asked->query.size_mm = size_of(sent(q, "size"));
    asked->words = sent(q, "words");
    asked->query.words = utf8_fold(q->arena, asked->words);
    asked->deals_first = str_eq(sent(q, "sort"), STR("deals"));
    asked->as_map = str_eq(sent(q, "view"), STR("map"));
}

static void add_filters(struct req *q, const struct directory_asked *asked, const uint32_t node[FACETS],
                        struct query *u)
{
    for (int f = 0; f < FACETS; f++)
        if (node[f] != NODE_NONE)
            query_str(u, names[f], facet_tree(q->app->vocab, (enum facet)f)->v[node[f]].code);
    if (asked->query.size_mm > 0)
        query_int(u, "size", (int64_t)asked->query.size_mm);
    query_str(u, "words", asked->words);
    query_str(u, "sort", asked->deals_first ? STR("deals") : STR(""));
}

/* The address of the list as asked, with `node` in the place of one filter (facet = FACETS: of none). */
static struct url address(struct req *q, const struct directory_asked *asked, int facet, uint32_t node)
{
    struct query u;
    uint32_t nodes[FACETS];
    query_init(&u, q->arena, STR("/firms"));
    for (int f = 0; f < FACETS; f++)
        nodes[f] = f == facet ? node : asked->query.node[f];
    add_filters(q, asked, nodes, &u);
    query_str(&u, "view", asked->as_map ? STR("map") : STR(""));
    query_str(&u, "after", asked->after);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

/* What its cursors hold for: filters and order, in any language. */
static struct str list_name(struct req *q, const struct directory_asked *asked)
{
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    add_filters(q, asked, asked->query.node, &u);
    return query_url(&u).s;
}

static int most_first(const void *a, const void *b)
{
    const struct facet_choice *x = a, *y = b;
    return x->count != y->count ? (x->count > y->count ? -1 : 1) : str_cmp(x->name, y->name);
}

/* What the branches of one filter are made from. */
struct tree_maker {
    struct req *q;
    const struct directory_asked *asked;
    const struct facet_answer *answer;
    enum facet facet;
};

/* In the order of the vocabulary, so that the tree looks the same whatever is chosen. */
static void add_branches(const struct tree_maker *m, uint32_t above, struct facet_branches *to)
{
    const struct tree *t = facet_tree(m->q->app->vocab, m->facet);
    uint32_t chosen = m->asked->query.node[m->facet];
    uint32_t end = above == NODE_NONE ? (uint32_t)t->n : t->v[above].end;
    for (uint32_t i = above == NODE_NONE ? 0 : above + 1; i < end; i = t->v[i].end) {
        int64_t count = m->answer->count[m->facet][i];
        bool open = chosen != NODE_NONE && tree_below(t, chosen, i);
        if (!count && !open)
            continue;
        struct facet_branch *b = VEC_ADD(m->q->arena, to);
        b->choice = (struct facet_choice){tree_name(t, i, m->q->korean), count, address(m->q, m->asked, m->facet, i)};
        b->chosen = i == chosen;
        b->open = open;
        if (open || t->v[i].level == 1)
            add_branches(m, i, &b->branches);
    }
}

static void fill_box(struct req *q, const struct directory_asked *asked, const struct facet_answer *answer,
                     enum facet f, struct facet_box *box)
{
    __extension__ static const struct msg titles[FACETS] = {T("공정"), T("재질"), T("산업"), T("지역"), T("인증")};
    const struct tree *t = facet_tree(q->app->vocab, f);
    uint32_t node = asked->query.node[f];
    *box = (struct facet_box){.title = titles[f], .without = answer->without[f]};
    if (node != NODE_NONE) {
        box->chosen = tree_name(t, node, q->korean);
        box->up = address(q, asked, f, t->v[node].parent);
        box->drop = address(q, asked, f, NODE_NONE);
    }
    if (f == FACET_PROCESS) {
        add_branches(&(struct tree_maker){q, asked, answer, f}, NODE_NONE, &box->tree);
        return;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        if (!answer->count[f][i] || i == node)
            continue;
        struct facet_choice c = {tree_name(t, i, q->korean), answer->count[f][i], address(q, asked, f, i)};
        VEC_PUSH(q->arena, &box->choices, c);
    }
    if (box->choices.n)
        qsort(box->choices.v, box->choices.n, sizeof *box->choices.v, most_first);
    if (box->choices.n > CHOICES_MAX)
        box->choices.n = CHOICES_MAX;
}

static struct str size_name(struct req *q, double mm)
{
    struct str number = number_text(q->arena, mm);
    return arena_printf(q->arena, q->korean ? STR_FMT " mm 이상" : "at least " STR_FMT " mm", STR_ARG(number));
}

static void fill_sizes(struct req *q, struct directory_asked asked, const struct facet_answer *answer,
                       struct facet_box *box)
{
    double chosen = asked.query.size_mm;
    *box = (struct facet_box){.title = T("할 수 있는 크기"), .without = answer->without_size};
    asked.query.size_mm = 0;
    if (chosen > 0) {
        box->chosen = size_name(q, chosen);
        box->up = box->drop = address(q, &asked, FACETS, NODE_NONE);
    }
    for (size_t i = 0; i < FACET_SIZES; i++) {
        asked.query.size_mm = facet_sizes_mm[i];
        struct facet_choice c = {size_name(q, facet_sizes_mm[i]), answer->size_count[i],
                                 address(q, &asked, FACETS, NODE_NONE)};
        if (c.count && facet_sizes_mm[i] != chosen)
            VEC_PUSH(q->arena, &box->choices, c);
    }
}

static void fill_row(struct req *q, const struct site *s, struct directory_row *row)
{
    const struct vocab *v = q->app->vocab;
    bool english = !q->korean && s->org.name_en.n;
    *row = (struct directory_row){.org = organisation_name(&s->org, q->korean),
                                  .lang = q->korean || english ? STR("") : STR("ko"),
                                  .site = s->name,
                                  .site_lang = q->korean ? STR("") : STR("ko"),
                                  .deals = s->track.good,
                                  .url = req_url(q, "/firms", s->ref)};
    if (s->place.region != NODE_NONE)
        row->place = tree_name(&v->regions, s->place.region, q->korean);
    for (size_t i = 0; i < s->capabilities.n; i++) {
        struct str name = tree_name(&v->processes, s->capabilities.v[i].process, q->korean);
        if (i >= PROCESSES_NAMED)
            row->more++;
        else
            row->can = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(row->can), i ? ", " : "", STR_ARG(name));
    }
}

/* Deals first when they are asked, then by name. */
static int order_of(const struct supply_columns *c, bool deals_first, uint32_t x, uint32_t y)
{
    if (deals_first && c->good[x] != c->good[y])
        return c->good[x] > c->good[y] ? -1 : 1;
    return supply_columns_by_name(c, x, y);
}

enum { NOBODY = -1 };

/* The first of those behind `after`, in their order. Of many thousands a page shows thirty: each is only compared with
   the last of these. Returns how many are behind it. */
static size_t pick(const struct supply_columns *c, const struct facet_answer *answer, bool deals_first, int64_t after,
                   uint32_t picked[PAGE_ROWS])
{
    size_t behind = 0, n = 0;
    for (size_t i = 0; i < answer->found.n; i++) {
        uint32_t s = answer->found.v[i];
        if (after != NOBODY && order_of(c, deals_first, s, (uint32_t)after) <= 0)
            continue;
        behind++;
        if (n == PAGE_ROWS && order_of(c, deals_first, s, picked[n - 1]) >= 0)
            continue;
        n += n < PAGE_ROWS;
        size_t at = n - 1;
        for (; at && order_of(c, deals_first, s, picked[at - 1]) < 0; at--)
            picked[at] = picked[at - 1];
        picked[at] = s;
    }
    return behind;
}

static int64_t number_of(const struct supply *supply, const struct site *site)
{
    for (size_t i = 0; site && i < supply->n; i++)
        if (supply->v[i] == site)
            return (int64_t)i;
    return NOBODY;
}

static void fill_rows(struct req *q, struct directory_asked *asked, const struct supply_columns *c,
                      const struct facet_answer *answer, struct directory_page *page)
{
    const struct site *after = asked->last;
    uint32_t picked[PAGE_ROWS];
    size_t behind = pick(c, answer, asked->deals_first, number_of(c->supply, after), picked);
    size_t shown = behind < PAGE_ROWS ? behind : PAGE_ROWS;
    for (size_t i = 0; i < shown; i++)
        fill_row(q, c->supply->v[picked[i]], VEC_ADD(q->arena, &page->rows));
    page->pager = (struct pager){.shown = (int64_t)shown, .total = (int64_t)answer->found.n};
    if (after)
        page->pager.first = address(q, asked, FACETS, NODE_NONE);
    if (shown < behind) {
        struct str ref = c->supply->v[picked[shown - 1]]->ref;
        asked->after = cursor_make(q->arena, q->app->csrf_key, list_name(q, asked), ref);
        page->pager.next = address(q, asked, FACETS, NODE_NONE);
        asked->after = STR("");
    }
}

static void fill_map(struct req *q, const struct directory_asked *asked, const struct facet_answer *answer,
                     struct directory_page *page)
{
    const struct tree *t = &q->app->vocab->regions;
    struct node_list nodes = {NULL, 0, 0};
    map_areas_of(q->arena, q->app->vocab, asked->query.above[FACET_REGION], &page->map, &nodes);
    for (size_t i = 0; i < nodes.n; i++) {
        struct map_area *area = &page->map.areas.v[i];
        area->name = tree_name(t, nodes.v[i], q->korean);
        area->count = answer->count[FACET_REGION][nodes.v[i]];
        area->url = address(q, asked, FACET_REGION, nodes.v[i]);
    }
    map_shade(&page->map);
    page->map.title = T("지역별 기업 수 지도");
}

static void fill_ways(struct req *q, struct directory_asked asked, struct directory_page *page)
{
    bool as_map = asked.as_map, deals = asked.deals_first;
    asked.as_map = true;
    page->map_url = address(q, &asked, FACETS, NODE_NONE);
    asked.as_map = false;
    page->list_url = address(q, &asked, FACETS, NODE_NONE);
    asked.as_map = as_map;
    asked.deals_first = true;
    page->by_deals = address(q, &asked, FACETS, NODE_NONE);
    asked.deals_first = false;
    page->by_name = address(q, &asked, FACETS, NODE_NONE);
    page->as_map = as_map;
    page->deals_first = deals;
    page->words = asked.words;
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    page->clear = query_url(&u);
}

static void hide(struct directory_page *page, const char *name, struct str value)
{
    if (value.n)
        page->hidden[page->hidden_n++] = (struct hidden_value){str_c(name), value};
}

/* The list without the words of the search. */
static void fill_words(struct req *q, struct directory_asked asked, int64_t without, struct directory_page *page)
{
    asked.words = STR("");
    page->without_words = without;
    page->drop_words = address(q, &asked, FACETS, NODE_NONE);
}

static void fill_hidden(struct req *q, const struct directory_asked *asked, struct directory_page *page)
{
    for (int f = 0; f < FACETS; f++)
        if (asked->query.node[f] != NODE_NONE)
            hide(page, names[f], facet_tree(q->app->vocab, (enum facet)f)->v[asked->query.node[f]].code);
    if (asked->query.size_mm > 0)
        hide(page, "size", arena_printf(q->arena, "%.0f", asked->query.size_mm));
    hide(page, "sort", asked->deals_first ? STR("deals") : STR(""));
    hide(page, "lang", q->korean ? STR("") : STR("en"));
    for (int f = 0; f < FACETS; f++)
        page->filtered |= asked->query.node[f] != NODE_NONE;
    page->filtered |= asked->words.n > 0 || asked->query.size_mm > 0;
}

static void fill(struct req *q, struct directory_asked *asked, struct snapshot *snapshot, struct directory_page *page)
{
    const struct supply_columns *columns = snapshot_columns(q->app->snapshots, snapshot);
    struct facet_answer answer;
    facet_scan(q->arena, q->app->vocab, columns, &asked->query, &answer);
    page->total = (int64_t)answer.found.n;
    fill_rows(q, asked, columns, &answer, page);
    for (int f = 0; f < FACETS; f++)
        fill_box(q, asked, &answer, (enum facet)f, &page->boxes[f]);
    fill_sizes(q, *asked, &answer, &page->boxes[FACETS]);
    fill_ways(q, *asked, page);
    fill_hidden(q, asked, page);
    fill_words(q, *asked, answer.without_words, page);
    if (asked->as_map)
        fill_map(q, asked, &answer, page);
}

/* The rows point into the snapshot. */
static enum status show(struct req *q, struct directory_asked *asked, struct snapshot *snapshot)
{
    struct str after;
    bool known = cursor_asked(q, list_name(q, asked), &after) == ST_OK;
    if (known && after.n)
        asked->last = match_index_site(snapshot->index, after);
    if (!known || (after.n && !asked->last))
        return cursor_refuse(q, address(q, asked, FACETS, NODE_NONE));
    struct directory_page *page = ARENA_NEW(q->arena, struct directory_page);
    *page = (struct directory_page){.filtered = false};
    fill(q, asked, snapshot, page);
    struct page frame;
    req_page(q, T("기업·역량"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    directory_view(&v, &frame, page);
    return req_view_end(q, &v);
}

enum status directory_page(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct directory_asked asked = {.words = STR("")};
    read_asked(q, &asked);
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    enum status st = show(q, &asked, snapshot);
    snapshot_give(q->app->snapshots, snapshot);
    return st;
}
