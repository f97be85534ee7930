/* The key of a page says everything it was made from; the table itself is http/kept.h. */
#include "core/page_cache.h"

#include "core/change.h"
#include "core/session.h"

bool page_cached(struct req *q, int64_t version)
{
    int64_t seq;
    if (!q->app->pages || q->role != ROLE_VISITOR || q->http->method != HTTP_GET || change_seq(q->db, &seq) != ST_OK)
        return false;
    const struct uri *uri = &q->http->uri;
    q->page_key = arena_printf(q->arena, "%d %lld %lld %lld %lld " STR_FMT " " STR_FMT "?" STR_FMT, q->korean,
                               (long long)q->today.n, (long long)q->app->vocab->overlay_seq, (long long)seq,
                               (long long)version, STR_ARG(q->theme), STR_ARG(uri->raw_path), STR_ARG(uri->raw_query));
    q->page = kept_find(q->app->pages, q->page_key);
    return q->page != NULL;
}

/* Tokens of this visitor, for a page that another one's were taken out of. */
static enum status fill_secrets(struct req *q, unsigned wanted)
{
    struct str token;
    if (wanted & 1u << SECRET_CSRF)
        TRY(session_csrf(q, &token));
    if (wanted & 1u << SECRET_KEY)
        TRY(session_form_key(q, &token));
    return ST_OK;
}

enum status page_answer(struct req *q)
{
    bool kept = q->page != NULL;
    if (!kept && q->page_key.n && !q->keeps_secret)
        q->page = kept_put(q->app->pages, q->page_key, q->answer);
    if (!q->page) {
        if (!q->keeps_secret)
            response_pack(q->answer);
        return ST_OK;
    }
    enum status st = ST_OK;
    if (kept) {
        q->answer->body.max = REQ_PAGE_BYTES_MAX;
        response_type(q->answer, "text/html; charset=utf-8");
        st = fill_secrets(q, kept_secrets(q->page));
    }
    if (st == ST_OK)
        kept_send(q->page, q->answer);
    kept_give(q->app->pages, q->page);
    q->page = NULL;
    return st;
}
