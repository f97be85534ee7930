/* POST /missing-words: a word for the council. GET /missing-words: thanks. */
#include "core/session.h"
#include "feature/missing_word/missing_word.h"
#include "views/missing_word.h"

enum status missing_word_create(struct req *q);
enum status missing_word_thanks(struct req *q);

enum status missing_word_create(struct req *q)
{
    struct missing_word_form form;
    struct form_input in = {.pairs = &q->http->form, .arena = q->arena};
    if (!missing_word_form_read(&form, &in))
        return ST_INVALID;
    struct idempotency_key key = {.key = request_form(q->http, STR("key")),
                                  .actor = session_id(q),
                                  .route = STR("POST /missing-words"),
                                  .fingerprint = form.word.value};
    struct missing_word word = {form.list.value, form.word.value, q->http->id, q->http->remote};
    struct idempotency_answer answer;
    TRY(missing_word_tell(q->db, &key, &word, &answer));
    return response_redirect(q->answer, (int)answer.status, answer.location);
}

enum status missing_word_thanks(struct req *q)
{
    struct page frame;
    req_page(q, T("알려 주셔서 고맙습니다"), &frame);
    AUTO_VIEW v;
    view_init(&v, q->locale, REQ_PAGE_BYTES_MAX);
    missing_word_thanks_view(&v, &frame);
    return req_view_end(q, &v);
}
