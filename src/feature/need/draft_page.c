/* GET /drafts: this browser's. POST /drafts: a new one. GET /drafts/:ref: one, or one step of it as a form; whoever has
 * the link may see. POST /drafts/:ref: an order of its owner. */
#include "feature/need/draft_page.h"

#include "base/hash.h"
#include "base/random.h"
#include "base/time.h"
#include "core/session.h"
#include "feature/need/draft_step.h"
#include "feature/need/need.h"
#include "match/need_read.h"
#include "views/draft.h"

enum { KEPT_DAYS = 180, REF_BYTES = 16, DRAFT_BYTES_MAX = 64 << 10 };

enum status drafts_show(struct req *q);
enum status draft_new(struct req *q);
enum status draft_show(struct req *q);
enum status draft_order(struct req *q);

static bool read_body(struct req *q, struct str body, struct need *need)
{
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    return need_read_text(q->arena, q->app->vocab, body, need, &problems) == ST_OK;
}

enum status drafts_show(struct req *q)
{
    struct draft_list_page page = {.lines = {NULL, 0, 0}};
    q->keeps_secret = true;
    struct drafts drafts = {NULL, 0, 0};
    struct str owner = session_owner(q);
    if (owner.n)
        TRY(draft_list(q->db, owner, &drafts));
    for (size_t i = 0; i < drafts.n; i++) {
        const struct draft *d = &drafts.v[i];
        struct need need;
        struct str steps = read_body(q, d->body, &need) ? need_step_names(q, &need) : STR("");
        struct draft_line line = {
            d->title.n ? d->title : steps, steps, draft_url(q, d->ref), {d->changed_ms, TIME_KOREA_OFFSET_MIN}};
        VEC_PUSH(q->arena, &page.lines, line);
    }
    struct page frame;
    req_page(q, T("저장한 수요"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    drafts_view(&v, &frame, &page);
    return req_view_end(q, &v);
}

static enum status new_ref(struct req *q, struct str *ref)
{
    unsigned char bytes[REF_BYTES];
    char *text = arena_alloc(q->arena, 2 * REF_BYTES + 1);
    TRY(random_secret(bytes, sizeof bytes));
    for (size_t i = 0; i < REF_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    *ref = str_n(text, 2 * REF_BYTES);
    return ST_OK;
}

static enum status create(struct req *q, struct str title, struct str body)
{
    struct draft d = {.owner = session_owner(q), .title = title, .body = body};
    struct idempotency_key key = {
        .key = request_form(q->http, STR("key")),
        .actor = session_id(q),
        .route = STR("POST /drafts"),
        .fingerprint = arena_printf(q->arena, "%016llx", (unsigned long long)hash_fnv1a(FNV1A_64_START, body))};
    struct draft_hand hand = {q->http->remote, q->http->id};
    struct idempotency_answer answer;
    TRY(new_ref(q, &d.ref));
    TRY(draft_create(q->db, &key, &d, &hand, &answer));
    TRY(session_keep(q, (int64_t)KEPT_DAYS * 86400));
    return response_redirect(q->answer, (int)answer.status, answer.location);
}

enum status draft_new(struct req *q)
{
    struct str body = request_form(q->http, STR("need"));
    struct need need;
    if (body.n > DRAFT_BYTES_MAX)
        return ST_TOO_LARGE;
    if (!read_body(q, body, &need))
        return ST_INVALID;
    return create(q, need.title, need_text(q, &need));
}

static enum status show(struct req *q, const struct draft *d, const struct need *need, struct draft_page *page)
{
    struct str host = request_header(q->http, STR("host"));
    q->keeps_secret = true;
    page->ref = d->ref;
    page->url = draft_url(q, d->ref);
    page->link = arena_printf(q->arena, "%s://" STR_FMT "/drafts/" STR_FMT, q->http->https ? "https" : "http",
                              STR_ARG(host), STR_ARG(d->ref));
    page->name = d->title.n ? d->title : need_step_names(q, need);
    page->version = d->version;
    page->changed = (struct moment){d->changed_ms, TIME_KOREA_OFFSET_MIN};
    page->mine = str_eq(session_owner(q), d->owner);
    page->one_step = need->steps.n == 1;
    page->full = need->steps.n == NEED_STEPS_MAX;
    need_show_find(q, need, d->ref, &page->shown);
    const struct tree *t = &q->app->vocab->processes;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->v[i].level <= 3)
            VEC_PUSH(q->arena, &page->processes, tree_name(t, i, q->korean));
    TRY(session_csrf(q, &page->csrf));
    TRY(session_form_key(q, &page->key));
    struct page frame;
    req_page(q, (struct msg){{NULL, 0}}, &frame);
    frame.title_text = page->name;
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    draft_view(&v, &frame, page);
    return req_view_end(q, &v);
}

static enum status load(struct req *q, struct draft *d, struct need *need)
{
    TRY(draft_find(q->db, q->param, d));
    return read_body(q, d->body, need) ? ST_OK : ST_NOT_FOUND;
}

static enum status as_json(struct req *q, const struct draft *d)
{
    TRY(response_attachment(q->answer, "application/json", STR("ppuri-need.json")));
    buf_add(&q->answer->body, d->body);
    return buf_status(&q->answer->body);
}

enum status draft_show(struct req *q)
{
    struct draft d;
    struct need need;
    int64_t step;
    TRY(load(q, &d, &need));
    bool mine = str_eq(session_owner(q), d.owner);
    if (mine && str_to_int(request_query(q->http, STR("step")), &step))
        return draft_step_show(q, &d, &need, step);
    if (str_eq(request_query(q->http, STR("as")), STR("json")))
        return as_json(q, &d);
    struct draft_page *page = ARENA_NEW(q->arena, struct draft_page);
    page->changed_elsewhere = pair_find(&q->http->uri.query, STR("changed")) != NULL;
    title_form_init(&page->title);
    text_field_set(&page->title.title, d.title);
    add_form_init(&page->add);
    return show(q, &d, &need, page);
}

/* Saves what an order has changed and shows the draft again; an order on an older version does nothing and says so. */
static enum status save(struct req *q, struct draft *d, const struct need *need)
{
    struct draft_hand hand = {q->http->remote, q->http->id};
    struct query u;
    d->body = need_text(q, need);
    enum status st = draft_change(q->db, d, &hand);
    if (st != ST_CONFLICT)
        TRY(st);
    query_init(&u, q->arena, STR("/drafts"));
    query_segment(&u, d->ref);
    query_str(&u, "changed", st == ST_CONFLICT ? STR("1") : STR(""));
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    return response_redirect(q->answer, 303, arena_printf(q->arena, STR_FMT "#steps", STR_ARG(query_url(&u).s)));
}

static enum status rename_draft(struct req *q, struct draft *d, struct need *need)
{
    struct draft_page *page = ARENA_NEW(q->arena, struct draft_page);
    struct form_input in = {.pairs = &q->http->form, .arena = q->arena};
    add_form_init(&page->add);
    if (title_form_read(&page->title, &in)) {
        d->title = need->title = page->title.title.value;
        return save(q, d, need);
    }
    page->errors = form_errors(title_form_spec(), &page->title, q->arena);
    q->answer->status = 422;
    return show(q, d, need, page);
}

/* Behind the step sent, 0: before all. */
static enum status add_step(struct req *q, struct draft *d, struct need *need, int64_t after)
{
    struct draft_page *page = ARENA_NEW(q->arena, struct draft_page);
    struct form_input in = {.pairs = &q->http->form, .arena = q->arena};
    struct text_field *process = &page->add.process;
    struct lookup_hit hit;
    title_form_init(&page->title);
    text_field_set(&page->title.title, d->title);
    bool good = add_form_read(&page->add, &in);
    if (good && !lookup_exact(&q->app->words->processes, q->arena, process->value, &hit)) {
        field_fail(&process->field,
                   (struct phrase){.msg = T("목록에 없는 말입니다: {word}. 다른 이름으로 적어 주세요."),
                                   .args = {{"word", value_str(process->value)}},
                                   .n = 1});
        good = false;
    }
    if (!good) {
        page->errors = form_errors(add_form_spec(), &page->add, q->arena);
        q->answer->status = 422;
        return show(q, d, need, page);
    }
    if (need->steps.n >= NEED_STEPS_MAX || after < 0 || after > (int64_t)need->steps.n)
        return ST_INVALID;
    struct need_step step = {.process = hit.node};
    VEC_PUSH(q->arena, &need->steps, step);
    for (size_t i = need->steps.n - 1; i > (size_t)after; i--)
        need->steps.v[i] = need->steps.v[i - 1];
    need->steps.v[after] = step;
    need_plan(q->arena, q->app->vocab, need);
    return save(q, d, need);
}

static enum status move_step(struct req *q, struct draft *d, struct need *need, int64_t from, int64_t to)
{
    int64_t n = (int64_t)need->steps.n;
    if (from < 1 || from > n || to < 1 || to > n)
        return ST_INVALID;
    struct need_step moved = need->steps.v[from - 1];
    need->steps.v[from - 1] = need->steps.v[to - 1];
    need->steps.v[to - 1] = moved;
    return save(q, d, need);
}

static enum status remove_step(struct req *q, struct draft *d, struct need *need, int64_t step)
{
    if (step < 1 || step > (int64_t)need->steps.n || need->steps.n == 1)
        return ST_INVALID;
    for (size_t i = (size_t)step; i < need->steps.n; i++)
        need->steps.v[i - 1] = need->steps.v[i];
    need->steps.n--;
    return save(q, d, need);
}

static enum status forget(struct req *q, const struct draft *d)
{
    struct draft_hand hand = {q->http->remote, q->http->id};
    TRY(draft_remove(q->db, d, &hand));
    return response_redirect(q->answer, 303, q->korean ? STR("/drafts") : STR("/drafts?lang=en"));
}

enum status draft_order(struct req *q)
{
    struct draft d;
    struct need need;
    int64_t step = 0;
    struct str order = request_form(q->http, STR("do"));
    TRY(load(q, &d, &need));
    if (str_eq(order, STR("copy")))
        return create(q, d.title, d.body);
    if (!str_eq(session_owner(q), d.owner))
        return ST_FORBIDDEN;
    if (!str_to_int(request_form(q->http, STR("version")), &d.version))
        return ST_INVALID;
    bool counted = str_to_int(request_form(q->http, STR("step")), &step);
    return str_eq(order, STR("title"))    ? rename_draft(q, &d, &need)
           : str_eq(order, STR("delete")) ? forget(q, &d)
           : !counted                     ? ST_INVALID
           : str_eq(order, STR("add"))    ? add_step(q, &d, &need, step)
           : str_eq(order, STR("up"))     ? move_step(q, &d, &need, step, step - 1)
           : str_eq(order, STR("down"))   ? move_step(q, &d, &need, step, step + 1)
           : str_eq(order, STR("remove")) ? remove_step(q, &d, &need, step)
           : str_eq(order, STR("save"))   ? draft_step_save(q, &d, &need, step)
                                          : ST_INVALID;
}
