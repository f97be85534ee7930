/* GET /read: the box for a pasted mail. POST /read: what was read in it; the text stays out of addresses and logs. */
#include "feature/need/read_page.h"

#include "core/session.h"
#include "match/need_read.h"
#include "views/read.h"

enum status read_box(struct req *q);
enum status read_answer(struct req *q);

struct look {
    const char *field;
    const char *class;
    struct msg label;
};

__extension__ static const struct look looks[] = {
    {"process", "process", T("공정")},
    {"materials", "material", T("재질")},
    {"certificates", "certificate", T("인증")},
    {"industry", "context", T("산업")},
    {"deliver_to", "place", T("납품 지역")},
    {"place.regions", "place", T("업체 지역")},
    {"place.max_km", "place", T("거리")},
    {"part_mm", "size", T("크기")},
    {"mass_kg", "size", T("무게")},
    {"thickness_mm", "size", T("두께")},
    {"layer_um", "size", T("막 두께")},
    {"tolerance", "precision", T("공차")},
    {"ra_um", "precision", T("거칠기")},
    {"hardness", "precision", T("경도")},
    {"quantity", "quantity", T("수량")},
    {"due", "due", T("납기")},
    {"money_won", "context", T("금액")},
    {"standards", "context", T("규격")},
    {"excluded", "excluded", T("제외")},
    {"other", "other", T("부품 치수 아님")},
};

static void add_piece(struct req *q, struct read_page *page, const struct parse_answer *read, size_t from, size_t to)
{
    if (from < to)
        VEC_PUSH(q->arena, &page->pieces,
                 ((struct read_piece){.text = str_n(read->text.p + from, to - from), .class = ""}));
}

static void cut_pieces(struct req *q, struct read_page *page, const struct parse_answer *read)
{
    size_t at = 0;
    for (size_t i = 0; i < read->spans.n; i++) {
        const struct parse_span *s = &read->spans.v[i];
        const struct look *look = looks;
        while (look < looks + sizeof looks / sizeof *looks - 1 && strcmp(look->field, s->field) != 0)
            look++;
        add_piece(q, page, read, at, s->from);
        struct read_piece piece = {str_n(read->text.p + s->from, s->to - s->from), look->label, look->class, s->value,
                                   s->certainty > 0.8};
        VEC_PUSH(q->arena, &page->pieces, piece);
        at = s->to;
    }
    add_piece(q, page, read, at, read->text.n);
}

static void read_need_in(struct req *q, struct read_page *page)
{
    struct parse_answer read;
    struct need need;
    struct problem_list problems;
    problem_list_init(&problems, q->arena);
    parse_need(q->arena, q->app->parse, page->form.text.value, q->today, &read);
    page->answered = true;
    page->unread = read.unread;
    cut_pieces(q, page, &read);
    if (need_read_text(q->arena, q->app->vocab, read.need, &need, &problems) == ST_OK) {
        page->need = need_text(q, &need);
        need_show_find(q, &need, STR(""), &page->need_show);
    }
}

static enum status show(struct req *q, struct read_page *page)
{
    struct page frame;
    TRY(session_csrf(q, &page->csrf));
    TRY(session_form_key(q, &page->key));
    req_page(q, T("받은 글로 찾기"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    read_view(&v, &frame, page);
    return req_view_end(q, &v);
}

enum status read_box(struct req *q)
{
    struct read_page *page = ARENA_NEW(q->arena, struct read_page);
    struct form_input in = {.pairs = &q->http->uri.query, .arena = q->arena};
    read_form_init(&page->form);
    /* An example's link carries its text. */
    if (pair_find(in.pairs, STR("text"))) {
        if (read_form_read(&page->form, &in))
            read_need_in(q, page);
        page->errors = form_errors(read_form_spec(), &page->form, q->arena);
    }
    return show(q, page);
}

enum status read_answer(struct req *q)
{
    struct read_page *page = ARENA_NEW(q->arena, struct read_page);
    struct form_input in = {.pairs = &q->http->form, .arena = q->arena};
    if (read_form_read(&page->form, &in))
        read_need_in(q, page);
    else
        q->answer->status = status_http(ST_INVALID);
    page->errors = form_errors(read_form_spec(), &page->form, q->arena);
    return show(q, page);
}
