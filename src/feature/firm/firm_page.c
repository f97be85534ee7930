/* GET /firms/:ref: one site, what it can do and how far it can be trusted. */
#include "feature/firm/firm_page.h"

#include "core/page_cache.h"
#include "feature/directory/directory.h"
#include "feature/directory/snapshot.h"
#include "views/firm.h"

enum { CAPABILITIES_SHOWN = 4 };

enum status firm_page(struct req *q);

static void fill_certificates(struct req *q, const struct site *site, struct firm_page *page)
{
    page->certificates_known = site->certificates.known;
    for (size_t i = 0; i < site->certificates.n; i++) {
        const struct held_certificate *held = &site->certificates.v[i];
        struct firm_certificate c = {.name = tree_name(&q->app->vocab->certificates, held->certificate, q->korean),
                                     .has_until = held->until.has,
                                     .until = held->until.v,
                                     .expired = held->until.has && held->until.v.n < q->today.n};
        VEC_PUSH(q->arena, &page->certificates, c);
    }
}

static void fill_capability(struct req *q, const struct capability *cap, struct firm_capability *c)
{
    c->process = tree_name(&q->app->vocab->processes, cap->process, q->korean);
    c->url = req_url(q, "/processes", q->app->vocab->processes.v[cap->process].code);
    c->text = cap->text;
    c->ref = cap->ref;
    c->evidence = evidence_label(cap, q->korean);
    capability_facts(q->arena, q->app->vocab, cap, q->korean, &c->facts);
}

/* The strongest evidence first, of equals in the order of the site: sites list their main work first. */
static const struct capability *fill_capabilities(struct req *q, const struct site *site, struct firm_page *page)
{
    const struct capability *best = NULL;
    for (int level = 1 + EVIDENCE_DEAL; level >= 0; level--)
        for (size_t i = 0; i < site->capabilities.n; i++) {
            const struct capability *cap = &site->capabilities.v[i];
            if (capability_proof(cap) != level)
                continue;
            best = best ? best : cap;
            bool folded = page->capabilities.n >= CAPABILITIES_SHOWN;
            fill_capability(q, cap, VEC_ADD(q->arena, folded ? &page->others : &page->capabilities));
        }
    return best;
}

/* Its limits among those of the same field, the uppermost process above its best. */
static void fill_best(struct req *q, const struct supply_columns *columns, const struct site *site,
                      const struct capability *best, struct firm_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    uint32_t field = best->process;
    while (t->v[field].parent != NODE_NONE)
        field = t->v[field].parent;
    page->best = page->capabilities.v[0].process;
    page->evidence = page->capabilities.v[0].evidence;
    page->field = tree_name(t, field, q->korean);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct process_limits limits;
    process_limits(&scratch, q->app->vocab, columns, field, &limits);
    limits_fill(q, &limits, site, &page->limits);
}

/* Sites in each region or below it. O(sites). */
static int64_t *sites_by_region(struct req *q, const struct supply_columns *columns)
{
    const struct tree *t = &q->app->vocab->regions;
    int64_t *count = ARENA_ARRAY(q->arena, t->n, int64_t);
    memset(count, 0, t->n * sizeof *count);
    for (size_t i = 0; i < columns->supply->n; i++)
        for (uint32_t r = columns->region[i]; r != NODE_NONE; r = t->v[r].parent)
            count[r]++;
    return count;
}

/* The site among the districts of its 시도, each with its number of sites. */
static void fill_map(struct req *q, const struct supply_columns *columns, const struct site *site,
                     struct firm_page *page)
{
    const struct tree *t = &q->app->vocab->regions;
    struct map_view *map = &page->map;
    struct map_point point = {.name = page->region, .url = page->near};
    page->mapped = page->region.n && site->place.has_coordinates && map_place(site->place.at, &point.x, &point.y);
    if (!page->mapped)
        return;
    uint32_t above = site->place.region;
    while (t->v[above].level > 2)
        above = t->v[above].parent;
    struct node_list nodes = {NULL, 0, 0};
    map_areas_of(q->arena, q->app->vocab, above, map, &nodes);
    const int64_t *count = sites_by_region(q, columns);
    for (size_t i = 0; i < nodes.n; i++) {
        map->areas.v[i].name = tree_name(t, nodes.v[i], q->korean);
        map->areas.v[i].count = count[nodes.v[i]];
        map->areas.v[i].url = req_url_with(q, "/firms", "region", t->v[nodes.v[i]].code);
    }
    map_shade(map);
    map->title = T("사업장이 있는 곳");
    VEC_PUSH(q->arena, &map->points, point);
    map_fit(q->arena, map);
}

static enum status fill_about(struct req *q, const struct site *site, struct firm_page *page)
{
    struct directory_about about;
    TRY(directory_about(q->db, site->ref, &about));
    page->source = str_eq(about.source, STR("sites")) ? STR("") : about.source;
    page->changed = (struct moment){about.changed_ms, TIME_KOREA_OFFSET_MIN};
    return ST_OK;
}

/* Texts of the page point into the snapshot. */
static enum status show(struct req *q, struct snapshot *snapshot)
{
    const struct site *site = match_index_site(snapshot->index, q->param);
    if (!site)
        return ST_NOT_FOUND;
    struct firm_page page = {
        .site = site, .region = STR(""), .best = STR(""), .evidence = STR(""), .field = STR(""), .source = STR("")};
    bool english = !q->korean && site->org.name_en.n;
    page.name = organisation_name(&site->org, q->korean);
    page.name_lang = q->korean || english ? STR("") : STR("ko");
    if (site->place.region != NODE_NONE) {
        page.region = tree_name(&q->app->vocab->regions, site->place.region, q->korean);
        page.near = req_url_with(q, "/firms", "region", q->app->vocab->regions.v[site->place.region].code);
    }
    fill_certificates(q, site, &page);
    const struct capability *best = fill_capabilities(q, site, &page);
    const struct supply_columns *columns = snapshot_columns(q->app->snapshots, snapshot);
    fill_map(q, columns, site, &page);
    if (best) {
        fill_best(q, columns, site, best, &page);
        page.find = req_url_with(q, "/", "process", page.best);
    }
    TRY(firm_needs_find(q, site, &page.needs));
    TRY(fill_about(q, site, &page));
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = page.name;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    firm_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

enum status firm_page(struct req *q)
{
    if (page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    enum status st = show(q, snapshot);
    snapshot_give(q->app->snapshots, snapshot);
    return st;
}
