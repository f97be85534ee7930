/* GET /: the need as a form, and the firms with their reasons below it. A GET, so that an answer can be linked and
 * reloaded. */
#include "feature/need/match_page.h"

#include "core/page_cache.h"
#include "core/session.h"
#include "feature/directory/snapshot.h"
#include "feature/need/need_show.h"
#include "match/answer_text.h"
#include "match/explain.h"
#include "views/match.h"

enum { PAGE_TOP = 50, NEAR_TOP = 10, JUDGED_TOP = 400, SUGGESTED_LEVELS = 3 };

enum status home_page(struct req *q);

static struct str limit_text(struct req *q, const struct relax_limit *limit)
{
    switch (limit->kind) {
    case LIMIT_NUMBER:
        return number_text(q->arena, limit->number);
    case LIMIT_SIZE:
        return limit->size->n == 2
                   ? arena_printf(q->arena, "Ø %g × %g mm", limit->size->v[0], limit->size->v[1])
                   : arena_printf(q->arena, "%g × %g × %g mm", limit->size->v[0], limit->size->v[1], limit->size->v[2]);
    case LIMIT_TOLERANCE:
        return arena_printf(q->arena, limit->tolerance->kind == TOLERANCE_IT ? "IT%g" : "±%g mm",
                            limit->tolerance->value);
    default:
        return STR("");
    }
}

static void fill_relaxations(struct req *q, const struct step_answer *step, struct match_page *page)
{
    const struct question *question = &step->question;
    for (size_t i = 0; i < step->relaxations.n; i++) {
        const struct relaxation *r = &step->relaxations.v[i];
        struct relax_limit limit = relaxation_limit(step, r);
        struct relax_line line = {.count = (int64_t)r->count, .to = limit_text(q, &limit)};
        line.label = r->is_process
                         ? tree_name(&q->app->vocab->processes, r->parent, q->korean)
                         : criterion_label(q->arena, question, &question->step->criteria.v[r->criterion], q->korean);
        VEC_PUSH(q->arena, &page->relax, line);
    }
}

/* The page's own address with one parameter set anew. */
static struct url this_with(struct req *q, const struct match_page *page, const char *name, struct str value)
{
    struct query u;
    query_init(&u, q->arena, page->draft.ref.n ? STR("/drafts") : STR("/"));
    if (page->draft.ref.n) {
        query_segment(&u, page->draft.ref);
        query_int(&u, "step", page->draft.step);
        query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    }
    for (size_t i = 0; i < page->pairs->n && !page->draft.ref.n; i++) {
        const struct pair *p = &page->pairs->v[i];
        if (!str_eq(p->name, str_c(name)) && !str_eq(p->name, STR("show")) && !str_eq(p->name, STR("csrf")))
            query_str(&u, arena_c(q->arena, p->name), p->value);
    }
    query_str(&u, name, value);
    return query_url(&u);
}

static const char *const tab_words[MATCH_TABS] = {"", "meets", "ask", "near"};

static void lay_tabs(struct req *q, struct match_page *page)
{
    __extension__ static const struct msg labels[MATCH_TABS] = {T("모두"), T("충족"), T("확인 필요"), T("아깝게 탈락")};
    const int64_t *count = page->count;
    int64_t counts[MATCH_TABS] = {count[CLASS_MEETS] + count[CLASS_ASK] + count[CLASS_NEAR], count[CLASS_MEETS],
                                  count[CLASS_ASK], count[CLASS_NEAR]};
    struct link *v = ARENA_ARRAY(q->arena, MATCH_TABS, struct link);
    for (int tab = 0; tab < MATCH_TABS; tab++)
        v[tab] = (struct link){labels[tab], STR(""), this_with(q, page, "show", str_c(tab_words[tab])),
                               page->tab == (enum match_tab)tab, counts[tab]};
    page->tabs = (struct link_list){v, MATCH_TABS};
}

static void lay_files(struct req *q, struct match_page *page)
{
    static const char *const kinds[] = {"csv", "xlsx", "json"};
    __extension__ static const struct msg labels[] = {T("CSV"), T("엑셀"), T("JSON")};
    struct link *v = ARENA_ARRAY(q->arena, 3, struct link);
    for (size_t i = 0; i < 3; i++)
        v[i] = (struct link){.label = labels[i], .url = this_with(q, page, "as", str_c(kinds[i]))};
    page->files = (struct link_list){v, 3};
}

static enum match_tab asked_tab(const struct req *q)
{
    struct str word = request_query(q->http, STR("show"));
    for (int tab = TAB_MEETS; tab < MATCH_TABS; tab++)
        if (str_eq(word, str_c(tab_words[tab])))
            return (enum match_tab)tab;
    return TAB_ALL;
}

/* Enough judgements to fill the tab: meets come before ask, and a site may have many. */
static struct match_answer answer_for(struct arena *a, struct req *q, const struct snapshot *s, const struct need *need,
                                      enum match_tab tab)
{
    struct match_answer answer;
    match_index_answer(a, s->index, need, q->today, JUDGED_TOP, &answer, NULL);
    size_t meets = answer.v[0].count[CLASS_MEETS];
    if (tab == TAB_ASK && meets)
        match_index_answer(a, s->index, need, q->today, meets + JUDGED_TOP, &answer, NULL);
    return answer;
}

void match_page_answer(struct req *q, const struct need *need, struct match_page *page)
{
    static const unsigned classes[MATCH_TABS] = {1u << CLASS_MEETS | 1u << CLASS_ASK, 1u << CLASS_MEETS,
                                                 1u << CLASS_ASK, 0};
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    page->tab = asked_tab(q);
    struct match_answer answer = answer_for(&scratch, q, snapshot, need, page->tab);
    const struct step_answer *step = &answer.v[0];
    page->answered = true;
    page->sentence = match_sentence(q->arena, &step->question, q->korean);
    for (int c = CLASS_MEETS; c <= CLASS_OUT; c++)
        page->count[c] = (int64_t)step->count[c];
    page->rows_left = (int64_t)match_rows_fill(q, step, &step->results,
                                               (struct match_rows_wish){classes[page->tab], PAGE_TOP}, &page->rows);
    if (page->tab == TAB_ALL || page->tab == TAB_NEAR)
        match_rows_fill(q, step, &step->near,
                        (struct match_rows_wish){1u << CLASS_NEAR, page->tab == TAB_NEAR ? PAGE_TOP : NEAR_TOP},
                        &page->near);
    fill_relaxations(q, step, page);
    wishes_offer(q, page->pairs, step, &page->wishes);
    snapshot_give(q->app->snapshots, snapshot);
    lay_tabs(q, page);
    lay_files(q, page);
}

void match_page_suggest(struct req *q, struct match_page *page)
{
    const struct tree *t = &q->app->vocab->processes;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->v[i].level <= SUGGESTED_LEVELS)
            VEC_PUSH(q->arena, &page->processes, tree_name(t, i, q->korean));
}

/* Texts as people send them, one a way of asking; the link reads it. */
static struct link_list examples(struct req *q)
{
    __extension__ static const struct {
        struct msg label;
        const char *ko;
        const char *en;
    } known[] = {
        {T("티타늄 단조품, 진공 열처리 후 5축 가공"),
         "티타늄 Ti-6Al-4V 단조품 Ø300×120 진공열처리 후 5축 가공, AS9100 필수, 50개, 3월 말 납기, 대전",
         "Titanium Ti-6Al-4V forging Ø300×120, vacuum heat treatment, then 5-axis machining, AS9100 required, 50 pcs, "
         "Daejeon"},
        {T("SCM440 축, 고주파 열처리"), "SCM440 축 120개, 길이 800, 고주파 열처리 HRC 55~60, 대전 납품",
         "120 SCM440 shafts, length 800 mm, induction hardening HRC 55-60, deliver to Daejeon"},
        {T("알루미늄 브라켓, 가공 후 아노다이징"), "알루미늄 6061 브라켓 200개, 5축 가공 후 아노다이징, 공차 ±0.02",
         "200 aluminium 6061 brackets, 5-axis machining, then anodizing, tolerance ±0.02"},
    };
    enum { N = sizeof known / sizeof *known };
    struct link *v = ARENA_ARRAY(q->arena, N, struct link);
    for (size_t i = 0; i < N; i++) {
        struct query u;
        query_init(&u, q->arena, STR("/read"));
        query_str(&u, "text", str_c(q->korean ? known[i].ko : known[i].en));
        v[i] = (struct link){.label = known[i].label, .url = query_url(&u)};
    }
    return (struct link_list){v, N};
}

/* Reads the form of the address. False: an error stands at its field. */
static bool read_need(struct req *q, struct match_page *page, struct need *need)
{
    struct form_input in = {.pairs = page->pairs, .arena = q->arena};
    bool read = match_form_read(&page->form, &in);
    bool good = match_form_need(q, &page->form, need, &page->missing) && read;
    if (good)
        wishes_apply(q, page->pairs, need, &page->wishes);
    page->errors = form_errors(match_form_spec(), &page->form, q->arena);
    return good;
}

enum status home_page(struct req *q)
{
    if (!request_query(q->http, STR("as")).n && page_cached(q, snapshot_version(q->app->snapshots)))
        return ST_OK;
    struct match_page *page = ARENA_NEW(q->arena, struct match_page);
    struct need need;
    page->pairs = &q->http->uri.query;
    match_form_init(&page->form);
    if (!pair_find(page->pairs, STR("process"))) {
        TRY(home_figures_get(q, &page->home));
        page->examples = examples(q);
    } else if (read_need(q, page, &need)) {
        struct str kind = request_query(q->http, STR("as"));
        if (kind.n)
            return match_file(q, &need, kind);
        match_page_answer(q, &need, page);
        page->need = need_text(q, &need);
    }
    match_page_suggest(q, page);
    TRY(session_csrf(q, &page->csrf));
    TRY(session_form_key(q, &page->key));
    page->missing.csrf = page->csrf;
    page->missing.key = page->key;
    struct page frame;
    req_page(q, T("누가 만들 수 있나요"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    match_view(&v, &frame, page);
    return req_view_end(q, &v);
}
