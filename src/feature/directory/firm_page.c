/* GET /firms/:ref: one site, what it can do and how far it can be trusted. */
#include "feature/directory/firm_page.h"

#include "core/page_cache.h"
#include "feature/directory/directory.h"
#include "feature/directory/snapshot.h"
#include "views/firm.h"

enum status firm_page(struct req *q);

struct msg directory_evidence(const struct capability *c)
{
    __extension__ static const struct msg labels[] = {
        [EVIDENCE_SELF] = T("업체가 적음"),
        [EVIDENCE_DOCUMENT] = T("문서로 확인"),
        [EVIDENCE_VISITED] = T("방문해 확인"),
        [EVIDENCE_DEAL] = T("거래로 확인"),
    };
    return c->evidence_given ? labels[c->evidence] : (struct msg){{NULL, 0}};
}

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

static int proof(const struct capability *c)
{
    return c->evidence_given ? 1 + (int)c->evidence : 0;
}

static void fill_capability(struct req *q, const struct capability *cap, struct firm_capability *c)
{
    c->process = tree_name(&q->app->vocab->processes, cap->process, q->korean);
    c->url = req_url(q, "/processes", q->app->vocab->processes.v[cap->process].code);
    c->text = cap->text;
    c->ref = cap->ref;
    c->evidence = directory_evidence(cap);
    capability_facts(q->arena, q->app->vocab, cap, q->korean, &c->facts);
}

/* The strongest evidence first, of equals in the order of the site: sites list their main work first. */
static const struct capability *fill_capabilities(struct req *q, const struct site *site, struct firm_page *page)
{
    const struct capability *best = NULL;
    for (int level = 1 + EVIDENCE_DEAL; level >= 0; level--)
        for (size_t i = 0; i < site->capabilities.n; i++) {
            const struct capability *cap = &site->capabilities.v[i];
            if (proof(cap) != level)
                continue;
            best = best ? best : cap;
            fill_capability(q, cap, VEC_ADD(q->arena, &page->capabilities));
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

static struct url near_url(struct req *q, uint32_t region)
{
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_str(&u, "region", q->app->vocab->regions.v[region].code);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

/* Texts of the page point into the snapshot. */
static enum status show(struct req *q, struct snapshot *snapshot)
{
    const struct site *site = match_index_site(snapshot->index, q->param);
    if (!site)
        return ST_NOT_FOUND;
    struct firm_page page = {.site = site, .region = STR(""), .best = STR(""), .field = STR("")};
    bool english = !q->korean && site->org.name_en.n;
    page.name = organisation_name(&site->org, q->korean);
    page.name_lang = q->korean || english ? STR("") : STR("ko");
    if (site->place.region != NODE_NONE) {
        page.region = tree_name(&q->app->vocab->regions, site->place.region, q->korean);
        page.near = near_url(q, site->place.region);
    }
    fill_certificates(q, site, &page);
    const struct capability *best = fill_capabilities(q, site, &page);
    if (best)
        fill_best(q, snapshot_columns(q->app->snapshots, snapshot), site, best, &page);
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
