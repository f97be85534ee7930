#include "feature/need/draft_step.h"

#include "core/session.h"
#include "feature/need/need_show.h"
#include "feature/need/step_link.h"
#include "views/draft.h"

/* What the form has no field for stays as it was. */
static void keep_rest(const struct need_step *old, struct need_step *typed)
{
    typed->force_t = old->force_t;
    typed->tags = old->tags;
    typed->per_month = old->per_month && typed->quantity.has;
    if (typed->tolerance.kind == old->tolerance.kind && typed->tolerance.value == old->tolerance.value)
        typed->tolerance = old->tolerance;
    for (int kind = 0; kind < CRITERION_COUNT; kind++) {
        bool wish = old->level[kind] == NEED_PREFER && criterion_default((enum criterion_kind)kind) == NEED_MUST;
        if (!old->level_given[kind] || typed->level_given[kind] || wish)
            continue;
        typed->level_given[kind] = true;
        typed->level[kind] = old->level[kind];
    }
}

static void put_step(struct need *need, size_t step, const struct need *typed)
{
    keep_rest(&need->steps.v[step], &typed->steps.v[0]);
    need->steps.v[step] = typed->steps.v[0];
    need->due = typed->due;
    need->industries = typed->industries;
    if (need->deliver_to.region != typed->deliver_to.region)
        need->deliver_to = typed->deliver_to;
}

static struct link_list rail(struct req *q, const struct draft *d, const struct need *need, int64_t step)
{
    struct link *v = ARENA_ARRAY(q->arena, need->steps.n, struct link);
    for (size_t i = 0; i < need->steps.n; i++)
        v[i] = (struct link){.text = tree_name(&q->app->vocab->processes, need->steps.v[i].process, q->korean),
                             .url = draft_step_url(q, d->ref, (int64_t)i + 1),
                             .current = (int64_t)i + 1 == step};
    return (struct link_list){v, need->steps.n};
}

static enum status show(struct req *q, const struct draft *d, const struct need *need, struct match_page *page)
{
    q->keeps_secret = true;
    match_page_suggest(q, page);
    TRY(session_csrf(q, &page->csrf));
    TRY(session_form_key(q, &page->key));
    page->missing.csrf = page->csrf;
    page->missing.key = page->key;
    page->draft.url = draft_url(q, d->ref);
    page->draft.version = d->version;
    page->draft.steps = (int64_t)need->steps.n;
    page->draft.rail = rail(q, d, need, page->draft.step);
    struct page frame;
    req_page(q, T("단계 고치기"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    draft_step_view(&v, &frame, page);
    return req_view_end(q, &v);
}

enum status draft_step_show(struct req *q, const struct draft *d, struct need *need, int64_t step)
{
    if (step < 1 || step > (int64_t)need->steps.n)
        return ST_NOT_FOUND;
    struct match_page *page = ARENA_NEW(q->arena, struct match_page);
    struct pair_list pairs;
    struct need one = *need;
    step_pairs(q, need, (size_t)step - 1, &pairs);
    page->pairs = &pairs;
    page->draft.ref = d->ref;
    page->draft.step = step;
    struct form_input in = {.pairs = &pairs, .arena = q->arena};
    if (!match_form_read(&page->form, &in))
        page->errors = form_errors(match_form_spec(), &page->form, q->arena);
    one.steps.v = &need->steps.v[step - 1];
    one.steps.n = 1;
    wishes_apply(q, &pairs, &one, &page->wishes);
    struct str kind = request_query(q->http, STR("as"));
    if (kind.n)
        return match_file(q, &one, kind);
    match_page_answer(q, &one, page);
    return show(q, d, need, page);
}

/* What was sent, without the wishes that were taken back. */
static void sent_pairs(struct req *q, struct pair_list *out)
{
    const struct pair_list *sent = &q->http->form;
    struct str must = request_form(q->http, STR("must"));
    *out = (struct pair_list){.v = NULL};
    for (size_t i = 0; i < sent->n; i++)
        if (!must.n || !str_eq(sent->v[i].name, STR("wished")) || !str_eq(sent->v[i].value, must))
            VEC_PUSH(q->arena, out, sent->v[i]);
}

enum status draft_step_save(struct req *q, struct draft *d, struct need *need, int64_t step)
{
    if (step < 1 || step > (int64_t)need->steps.n)
        return ST_NOT_FOUND;
    struct match_page *page = ARENA_NEW(q->arena, struct match_page);
    struct pair_list pairs;
    struct need typed;
    sent_pairs(q, &pairs);
    page->pairs = &pairs;
    page->draft.ref = d->ref;
    page->draft.step = step;
    struct form_input in = {.pairs = &pairs, .arena = q->arena};
    bool read = match_form_read(&page->form, &in);
    if (!match_form_need(q, &page->form, &typed, &page->missing) || !read) {
        page->errors = form_errors(match_form_spec(), &page->form, q->arena);
        q->answer->status = 422;
        return show(q, d, need, page);
    }
    wishes_apply(q, &pairs, &typed, &page->wishes);
    put_step(need, (size_t)step - 1, &typed);
    d->body = need_text(q, need);
    struct draft_hand hand = {q->http->remote, q->http->id};
    enum status st = draft_change(q->db, d, &hand);
    if (st != ST_CONFLICT) {
        TRY(st);
        return response_redirect(
            q->answer, 303, arena_printf(q->arena, STR_FMT "#results", STR_ARG(draft_step_url(q, d->ref, step).s)));
    }
    /* Another window was quicker: what was typed stays, and the next press saves it over the newer version. */
    TRY(draft_find(q->db, d->ref, d));
    page->draft.changed_elsewhere = true;
    q->answer->status = status_http(ST_CONFLICT);
    return show(q, d, need, page);
}
