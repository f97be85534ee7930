/* The examples are made here and nowhere else; nothing of the store is read, so the page is the same for all. */
#include "web/components_page.h"

#include "core/page_cache.h"
#include "views/specimen.h"

enum status components_show(struct req *q);

__extension__ static const struct choice scales[] = {{STR("HRC"), {{NULL, 0}}, STR("HRC")},
                                                     {STR("HV"), {{NULL, 0}}, STR("HV")}};
const struct choice_list shown_choices = {scales, 2};

static void fill_forms(struct req *q, struct components_page *page)
{
    static const struct pair good[] = {{STR_INIT("name"), STR_INIT("Ti-6Al-4V")},
                                       {STR_INIT("count"), STR_INIT("1,200")},
                                       {STR_INIT("scale"), STR_INIT("HV")},
                                       {STR_INIT("agree"), STR_INIT("1")}};
    static const struct pair bad[] = {{STR_INIT("bad_name"), STR_INIT("A")},
                                      {STR_INIT("bad_memo"), STR_INIT("0123456789ABC")},
                                      {STR_INIT("bad_count"), STR_INIT("12.5")},
                                      {STR_INIT("bad_length"), STR_INIT("2 m")},
                                      {STR_INIT("bad_due"), STR_INIT("31.3.2027")}};
    struct pair_list pairs = {NULL, 0, 0}, wrong = {NULL, 0, 0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        VEC_PUSH(q->arena, &pairs, good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        VEC_PUSH(q->arena, &wrong, bad[i]);
    shown_form_query(&page->form, &(struct form_input){.pairs = &pairs, .arena = q->arena});
    if (!refused_form_read(&page->refused, &(struct form_input){.pairs = &wrong, .arena = q->arena}))
        page->errors = form_errors(refused_form_spec(), &page->refused, q->arena);
}

static struct link_list links(struct req *q, const struct msg *labels, size_t n, size_t current)
{
    struct link *v = ARENA_ARRAY(q->arena, n, struct link);
    struct query u;
    query_init(&u, q->arena, STR("/components"));
    query_str(&u, "lang", q->korean ? STR("") : STR("en"));
    for (size_t i = 0; i < n; i++)
        v[i] = (struct link){
            .label = labels[i], .url = query_url(&u), .current = i == current, .count = (int64_t)(12 * i + 3)};
    return (struct link_list){v, n};
}

static void fill_score(struct score *s, const double *points, size_t n)
{
    __extension__ static const struct msg labels[] = {T("공정"), T("재질"), T("크기"), T("인증"), T("납기")};
    for (size_t i = 0; i < n; i++) {
        s->v[i] = (struct score_part){.label = labels[i], .points = points[i]};
        s->total += points[i];
    }
    s->n = n;
    score_lay(s);
}

static void fill_pictures(struct components_page *page)
{
    static const double high[] = {30, 20, 18.5, 15, 9.2}, low[] = {30, 0, 6.5, 0, 2};
    static const struct shown_ruler rulers[SHOWN_RULERS] = {
        {0, MARK_MEETS}, {50, MARK_MEETS}, {100, MARK_MEETS}, {62.5, MARK_ASK}, {88, MARK_NEAR}};
    fill_score(&page->high, high, 5);
    fill_score(&page->low, low, 5);
    memcpy(page->rulers, rulers, sizeof rulers);
    page->pager = (struct pager){.first = page->here, .next = page->here, .shown = 30, .total = 241};
    page->empty = (struct empty_state){.why = {.msg = T("지금은 열린 수요가 없습니다.")},
                                       .next = {.msg = T("새 수요가 올라오면 여기에 나타납니다.")},
                                       .action = T("처음 화면으로"),
                                       .url = page->here};
}

enum status components_show(struct req *q)
{
    __extension__ static const struct msg tabs[] = {T("모두"), T("충족"), T("확인 필요"), T("아깝게 탈락")};
    __extension__ static const struct msg steps[] = {T("단조"), T("진공 열처리"), T("5축 가공")};
    __extension__ static const struct msg crumbs[] = {T("용어집"), T("공정"), T("단조")};
    if (page_cached(q, 0))
        return ST_OK;
    struct components_page *page = ARENA_NEW(q->arena, struct components_page);
    page->tabs = links(q, tabs, 4, 1);
    page->steps = links(q, steps, 3, 1);
    page->crumbs = links(q, crumbs, 3, 2);
    page->here = page->tabs.v[0].url;
    fill_forms(q, page);
    fill_pictures(page);
    struct page frame;
    req_page(q, T("화면 부품"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    specimen_view(&v, &frame, page);
    return req_view_end(q, &v);
}
