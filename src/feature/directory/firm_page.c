/* GET /firms/:ref: one site, what it can do and how far it can be trusted. */
#include "feature/directory/firm_page.h"

#include "core/page_cache.h"
#include "feature/directory/directory.h"
#include "views/firm.h"

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

static struct url process_url(struct req *q, struct str code)
{
    struct query u;
    query_init(&u, q->arena, STR("/processes"));
    query_segment(&u, code);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

static void fill_capabilities(struct req *q, const struct site *site, struct firm_page *page)
{
    for (size_t i = 0; i < site->capabilities.n; i++) {
        const struct capability *cap = &site->capabilities.v[i];
        struct firm_capability *c = VEC_ADD(q->arena, &page->capabilities);
        c->process = tree_name(&q->app->vocab->processes, cap->process, q->korean);
        c->url = process_url(q, q->app->vocab->processes.v[cap->process].code);
        c->text = cap->text;
        c->ref = cap->ref;
        capability_facts(q->arena, q->app->vocab, cap, q->korean, &c->facts);
    }
}

/* The capability with the strongest evidence, the first of equals: sites list their main work first. */
static void fill_best(struct req *q, const struct site *site, struct firm_page *page)
{
    __extension__ static const struct msg words[] = {
        [EVIDENCE_SELF] = T("업체가 적음"),
        [EVIDENCE_DOCUMENT] = T("문서로 확인"),
        [EVIDENCE_VISITED] = T("방문해 확인"),
        [EVIDENCE_DEAL] = T("거래로 확인"),
    };
    const struct capability *best = NULL;
    for (size_t i = 0; i < site->capabilities.n; i++) {
        const struct capability *c = &site->capabilities.v[i];
        if (!best || (c->evidence_given && (!best->evidence_given || c->evidence > best->evidence)))
            best = c;
    }
    if (!best)
        return;
    page->best = tree_name(&q->app->vocab->processes, best->process, q->korean);
    if (best->evidence_given)
        page->evidence = words[best->evidence];
}

static struct url near_url(struct req *q, uint32_t region)
{
    struct query u;
    query_init(&u, q->arena, STR("/firms"));
    query_str(&u, "region", q->app->vocab->regions.v[region].code);
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return query_url(&u);
}

enum status firm_page(struct req *q)
{
    if (page_cached(q, 0))
        return ST_OK;
    struct supply found;
    TRY(directory_load(q->db, q->app->vocab, q->param, &found));
    if (found.n != 1)
        return ST_NOT_FOUND;
    const struct site *site = found.v[0];
    struct firm_page page = {.site = site, .region = STR(""), .best = STR("")};
    bool english = !q->korean && site->org.name_en.n;
    page.name = english ? site->org.name_en : site->org.name;
    page.name_lang = q->korean || english ? STR("") : STR("ko");
    if (site->place.region != NODE_NONE) {
        page.region = tree_name(&q->app->vocab->regions, site->place.region, q->korean);
        page.near = near_url(q, site->place.region);
    }
    fill_best(q, site, &page);
    fill_certificates(q, site, &page);
    fill_capabilities(q, site, &page);
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = page.name;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    firm_view(&v, &frame, &page);
    return req_view_end(q, &v);
}
