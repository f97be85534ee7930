/* The results as a file to keep: the rows of the page and more of them, with what each criterion found. */
#include "core/sheet.h"
#include "feature/directory/snapshot.h"
#include "feature/need/match_page.h"
#include "match/explain.h"

enum { FILE_TOP = 500, FILE_BYTES_MAX = 16 << 20 };

static void put_heads(struct req *q, const struct question *question, struct sheet *s)
{
    __extension__ static const struct msg heads[] = {T("순위"), T("기업"), T("사업장"), T("공정"),
                                                     T("판정"), T("점수"), T("지역"),   T("거리")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        sheet_head(s, req_text(q, heads[i]));
    const struct criterion_list *criteria = &question->step->criteria;
    for (size_t i = 0; i < criteria->n; i++) {
        struct str label = criterion_label(q->arena, question, &criteria->v[i], q->korean);
        struct str asked = criterion_asked(q->arena, question, &criteria->v[i], q->korean);
        sheet_head(s,
                   asked.n ? arena_printf(q->arena, STR_FMT " (" STR_FMT ")", STR_ARG(label), STR_ARG(asked)) : label);
        sheet_head(s, arena_printf(q->arena, STR_FMT " " STR_FMT, STR_ARG(label), STR_ARG(req_text(q, T("판정")))));
    }
}

static struct str mark_word(struct req *q, enum mark mark)
{
    return req_text(q, mark == MARK_MEETS ? T("충족") : mark == MARK_ASK ? T("확인 필요") : T("아깝게 탈락"));
}

static void put_row(struct req *q, const struct match_row *row, struct sheet *s)
{
    sheet_row(s);
    sheet_number(s, row->rank);
    sheet_text(s, row->org);
    sheet_text(s, row->site);
    sheet_text(s, row->process);
    sheet_text(s, mark_word(q, row->mark));
    sheet_number(s, row->score.total);
    sheet_text(s, row->place);
    sheet_text(s, row->km);
    for (size_t i = 0; i < row->reasons.n; i++) {
        const struct reason *r = &row->reasons.v[i];
        sheet_text(s, r->offered);
        sheet_text(s, req_text(q, r->mark == MARK_MEETS ? T("예") : r->mark == MARK_ASK ? T("모름") : T("아니요")));
    }
}

static void put_rows(struct req *q, const struct step_answer *step, struct sheet *s)
{
    struct match_row_list rows = {.v = NULL}, near = {.v = NULL};
    match_rows_fill(q, step, &step->results, (struct match_rows_wish){1u << CLASS_MEETS | 1u << CLASS_ASK, FILE_TOP},
                    &rows);
    match_rows_fill(q, step, &step->near, (struct match_rows_wish){1u << CLASS_NEAR, FILE_TOP}, &near);
    put_heads(q, &step->question, s);
    for (size_t i = 0; i < rows.n; i++)
        put_row(q, &rows.v[i], s);
    for (size_t i = 0; i < near.n; i++)
        put_row(q, &near.v[i], s);
}

static enum status as_json(struct req *q, const struct match_answer *answer)
{
    struct json_out j;
    req_json_begin(q, &j);
    match_answer_json(q->arena, &j, answer, q->korean);
    return req_json_end(q);
}

static enum status as_table(struct req *q, const struct match_answer *answer, bool csv)
{
    struct sheet s;
    struct str day = day_iso(q->arena, q->today);
    sheet_init(&s, q->arena, req_text(q, T("찾은 결과")));
    put_rows(q, &answer->v[0], &s);
    q->answer->body.max = FILE_BYTES_MAX;
    if (csv) {
        TRY(response_attachment(q->answer, "text/csv; charset=utf-8",
                                arena_printf(q->arena, "ppuri-" STR_FMT ".csv", STR_ARG(day))));
        sheet_csv(&s, &q->answer->body);
        return buf_status(&q->answer->body);
    }
    TRY(response_attachment(q->answer, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            arena_printf(q->arena, "ppuri-" STR_FMT ".xlsx", STR_ARG(day))));
    TRY(sheet_xlsx(&s, &q->answer->body));
    return buf_status(&q->answer->body);
}

enum status match_file(struct req *q, const struct need *need, struct str kind)
{
    bool csv = str_eq(kind, STR("csv")), json = str_eq(kind, STR("json"));
    if (!csv && !json && !str_eq(kind, STR("xlsx")))
        return ST_INVALID;
    struct snapshot *snapshot = snapshot_take(q->app->snapshots);
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_answer answer;
    match_index_answer(&scratch, snapshot->index, need, q->today, FILE_TOP, &answer, NULL);
    enum status st = json ? as_json(q, &answer) : as_table(q, &answer, csv);
    snapshot_give(q->app->snapshots, snapshot);
    return st;
}
