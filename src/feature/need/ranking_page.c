/* GET /how-ranking. Rows, weights and levels come from match/criterion, so the page follows the engine. */
#include "feature/need/ranking_page.h"

#include "match/explain.h"
#include "views/ranking.h"

enum status ranking_show(struct req *q);

struct row_words {
    struct msg label;
    struct msg yes;
    struct msg unknown;
};

__extension__ static const struct row_words row_words[SCORE_ROW_COUNT] = {
    [ROW_PROCESS] = {T("공정"), T("그 공정이나 아래 공정 1, 포함하는 공정 0.9"),
                     T("더 넓은 공정은 한 단계마다 절반, 물어볼 관계 0.4")},
    [ROW_MATERIAL] = {T("재질"), T("같거나 동등 1, 비슷하면 0.9, 같은 계열 0.8"),
                      T("0.4, 더 넓은 계열만 적었으면 0.6")},
    [ROW_SIZE] = {T("크기와 용량"), T("한계의 90 %까지 1, 한계에서 0.7, 2 % 미만 0.8"), T("0.4")},
    [ROW_PRECISION] = {T("정밀도"), T("1"), T("0.4")},
    [ROW_QUANTITY] = {T("수량"), T("1"), T("0.4")},
    [ROW_DUE] = {T("납기"), T("0.6부터, 여유가 클수록 1까지"), T("0.4")},
    [ROW_CERTIFICATES] = {T("인증"), T("1"), T("0.3")},
    [ROW_PLACE] = {T("위치"), T("0 km 1, 100 km 약 0.56, 멀수록 0.3까지, 같은 시군구 0.95 이상"), T("0.3")},
    [ROW_CONTEXT] = {T("경험과 규격"), T("1"), T("0")},
    [ROW_TRACK] = {T("거래 이력"), T("잘 끝난 거래의 비율, 거래가 없으면 0.8"), T("해당 없음")},
    [ROW_EVIDENCE] = {T("근거 수준"), T("거래 1, 방문 확인 0.85, 문서 확인 0.7, 업체가 적음 0.4"), T("0.4")},
};

struct msg ranking_row_label(enum score_row row)
{
    return row_words[row].label;
}

static void fill_row(struct req *q, enum score_row row, struct ranking_page *page)
{
    struct ranking_row *r = &page->v[row];
    *r = (struct ranking_row){.label = row_words[row].label,
                              .yes = row_words[row].yes,
                              .unknown = row_words[row].unknown,
                              .weight = score_row_weight(row),
                              .percent = 100 * score_row_weight(row) / page->sum};
    for (enum criterion_kind k = 0; k < CRITERION_COUNT; k++)
        if (criterion_row(k) == row)
            VEC_PUSH(
                q->arena, &r->criteria,
                ((struct ranking_criterion){criterion_kind_label(k, q->korean), criterion_default(k) == NEED_MUST}));
}

enum status ranking_show(struct req *q)
{
    struct ranking_page *page = ARENA_NEW(q->arena, struct ranking_page);
    page->n = SCORE_ROW_COUNT;
    page->remote_place = PLACE_WEIGHT_REMOTE;
    for (enum score_row row = 0; row < SCORE_ROW_COUNT; row++)
        page->sum += score_row_weight(row);
    for (enum score_row row = 0; row < SCORE_ROW_COUNT; row++)
        fill_row(q, row, page);
    struct page frame;
    req_page(q, T("순위를 매기는 방법"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    ranking_view(&v, &frame, page);
    return req_view_end(q, &v);
}
