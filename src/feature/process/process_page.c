/* GET /processes/:code */
#include "feature/process/process_page.h"

#include "core/page_cache.h"
#include "feature/directory/directory.h"
#include "feature/directory/snapshot.h"
#include "feature/need/need.h"
#include "views/process.h"

#include <math.h>

enum { NEEDS_SHOWN = 10, REGIONS_SHOWN = 8, RULES_SHOWN = 8, SHADES = 4 };

enum status process_show(struct req *q);

/* Article 2 of the act on root industries (뿌리산업 진흥과 첨단화에 관한 법률) as of 16 December 2021. */
static struct msg law_class(const struct tree *t, uint32_t process)
{
    static const char *const basic[] = {"CASTING", "MOLD", "FORMING", "WELDING", "SURFACE", "HEAT"};
    static const char *const next[] = {"INJECTION_PRESS", "MACHINING", "ADDITIVE", "FILM_PAPER",
                                       "ROBOT",           "SENSOR",    "SOFTWARE", "ENGINEERING"};
    while (t->v[process].parent != NODE_NONE)
        process = t->v[process].parent;
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        if (str_eq(t->v[process].code, str_c(basic[i])))
            return T("뿌리산업법의 기반 공정기술");
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (str_eq(t->v[process].code, str_c(next[i])))
            return T("뿌리산업법의 차세대 공정기술");
    return (struct msg){{NULL, 0}};
}

static struct link process_link(struct req *q, uint32_t process)
{
    const struct tree *t = &q->app->vocab->processes;
    return (struct link){.text = tree_name(t, process, q->korean), .url = req_url(q, "/processes", t->v[process].code)};
}

static void fill_rules(struct req *q, uint32_t process, struct process_page *page)
{
    const struct vocab *v = q->app->vocab;
    for (size_t i = 0; i < v->order_rules.n && page->rules.n < RULES_SHOWN; i++) {
        const struct order_rule *r = &v->order_rules.v[i];
        if (!tree_below(&v->processes, process, r->first) && !tree_below(&v->processes, process, r->then))
            continue;
        struct process_rule rule = {process_link(q, r->first), process_link(q, r->then), q->korean ? r->ko : r->en};
        VEC_PUSH(q->arena, &page->rules, rule);
    }
}

static void fill_head(struct req *q, uint32_t process, struct process_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    const struct tree_node *n = &t->v[process];
    page->code = n->code;
    page->law = law_class(t, process);
    page->name = tree_name(t, process, q->korean);
    page->other_name = tree_name(t, process, !q->korean);
    page->other_lang = q->korean ? STR("en") : STR("ko");
    page->words = STR("");
    for (size_t i = 0; i < n->synonyms.n; i++)
        page->words = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(page->words), i ? ", " : "",
                                   STR_ARG(n->synonyms.v[i]));
    struct link *crumbs = ARENA_ARRAY(q->arena, n->level, struct link);
    size_t at = n->level;
    for (uint32_t up = process; up != NODE_NONE && at; up = t->v[up].parent)
        crumbs[--at] = process_link(q, up);
    crumbs[n->level - 1].current = true;
    page->crumbs = (struct link_list){crumbs + at, n->level - at};
    page->find = req_url_with(q, "/", "process", page->name);
    page->firms_url = req_url_with(q, "/firms", "process", n->code);
    page->entry = req_url(q, "/vocab/processes", n->code);
}

static void fill_regions(struct req *q, const struct process_count *count, struct process_page *page)
{
    const struct tree *t = &q->app->vocab->regions;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->v[i].level != 2 || !count->by_region[i])
            continue;
        struct query u;
        query_init(&u, q->arena, STR("/firms"));
        query_str(&u, "process", page->code);
        query_str(&u, "region", t->v[i].code);
        query_str(&u, "lang", q->korean ? STR("") : STR("en"));
        VEC_PUSH(
            q->arena, &page->regions,
            ((struct link){.text = tree_name(t, i, q->korean), .url = query_url(&u), .count = count->by_region[i]}));
    }
    for (size_t i = 1; i < page->regions.n; i++)
        for (size_t k = i; k && page->regions.v[k].count > page->regions.v[k - 1].count; k--) {
            struct link swap = page->regions.v[k];
            page->regions.v[k] = page->regions.v[k - 1];
            page->regions.v[k - 1] = swap;
        }
    if (page->regions.n > REGIONS_SHOWN)
        page->regions.n = REGIONS_SHOWN;
}

static bool is_worked(const struct process_count *count, size_t column)
{
    for (size_t i = 0; i < count->rows.n; i++)
        if (count->cell[i * count->columns.n + column])
            return true;
    return false;
}

static void fill_heat(struct req *q, const struct process_count *count, struct process_page *page)
{
    const struct vocab *v = q->app->vocab;
    int64_t most = 1;
    for (size_t i = 0; i < count->rows.n * count->columns.n; i++)
        most = count->cell[i] > most ? count->cell[i] : most;
    page->nobody = STR("");
    for (size_t k = 0; k < count->columns.n; k++) {
        struct str name = tree_name(&v->materials, count->columns.v[k], q->korean);
        if (is_worked(count, k))
            VEC_PUSH(q->arena, &page->columns, name);
        else
            page->nobody = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(page->nobody),
                                        page->nobody.n ? ", " : "", STR_ARG(name));
    }
    for (size_t i = 0; i < count->rows.n; i++) {
        struct heat_row *row = VEC_ADD(q->arena, &page->heat);
        uint32_t process = count->rows.v[i];
        row->link = process_link(q, process);
        row->link.count = count->row_sites[i];
        for (size_t k = 0; k < count->columns.n; k++) {
            if (!is_worked(count, k))
                continue;
            int64_t sites = count->cell[i * count->columns.n + k];
            /* Logarithmic: one and two differ as ten and twenty. */
            int shade = sites ? 1 + (int)((SHADES - 1) * log((double)sites) / log((double)most + 1)) : 0;
            VEC_PUSH(q->arena, &row->cells, ((struct heat_cell){sites, shade}));
        }
    }
}

static void fill_firm(struct req *q, const struct process_site *s, struct process_firm *out)
{
    const struct vocab *v = q->app->vocab;
    bool english = !q->korean && s->site->org.name_en.n;
    *out = (struct process_firm){.name = arena_str(q->arena, organisation_name(&s->site->org, q->korean)),
                                 .name_lang = q->korean || english ? STR("") : STR("ko"),
                                 .site = arena_str(q->arena, s->site->name),
                                 .place = STR(""),
                                 .url = req_url(q, "/firms", s->site->ref),
                                 .process = tree_name(&v->processes, s->best->process, q->korean),
                                 .others = (int64_t)s->others};
    if (s->site->place.region != NODE_NONE)
        out->place = tree_name(&v->regions, s->site->place.region, q->korean);
    out->evidence = evidence_label(s->best, q->korean);
    capability_facts(q->arena, v, s->best, q->korean, &out->facts);
    for (size_t i = 0; i < out->facts.n; i++)
        out->facts.v[i].value = arena_str(q->arena, out->facts.v[i].value);
}

static void fill_supply(struct req *q, uint32_t process, struct process_page *page)
{
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct process_count count;
    process_count(&scratch, q->app->vocab, snapshot_columns(q->app->snapshots, snapshot), process, &count);
    page->sites = (int64_t)count.all_sites;
    page->capabilities = (int64_t)count.capabilities;
    for (size_t i = 0; i < count.sites.n; i++)
        fill_firm(q, &count.sites.v[i], VEC_ADD(q->arena, &page->firms));
    page->firms_left = page->sites - (int64_t)page->firms.n;
    fill_regions(q, &count, page);
    fill_heat(q, &count, page);
    limits_fill(q, &count.limits, NULL, &page->strips);
    snapshot_give(q->app->snapshots, snapshot);
}

static bool asks(const struct tree *t, const struct need *need, uint32_t process)
{
    for (size_t i = 0; i < need->steps.n; i++)
        if (tree_below(t, need->steps.v[i].process, process))
            return true;
    return false;
}

static enum status fill_needs(struct req *q, uint32_t process, struct process_page *page)
{
    struct open_needs open;
    TRY(open_needs_take(q, &open));
    for (size_t i = 0; i < open.n && page->needs.n < NEEDS_SHOWN; i++) {
        const struct open_need *n = &open.v[i];
        if (!asks(&q->app->vocab->processes, n->need, process))
            continue;
        struct link link = {.text = open_need_title(q, n), .url = req_url(q, "/needs", n->ref)};
        VEC_PUSH(q->arena, &page->needs, link);
    }
    open_needs_give(q, &open);
    return ST_OK;
}

enum status process_show(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct process_page *page = ARENA_NEW(q->arena, struct process_page);
    uint32_t process;
    if (!vocab_find(q->app->vocab, &q->app->vocab->processes, q->param, &process))
        return ST_NOT_FOUND;
    fill_head(q, process, page);
    fill_rules(q, process, page);
    fill_supply(q, process, page);
    TRY(fill_needs(q, process, page));
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = page->name;
    frame.crumbs = page->crumbs;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    process_view(&v, &frame, page);
    return req_view_end(q, &v);
}
