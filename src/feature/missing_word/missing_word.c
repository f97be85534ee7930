/* One row a word; telling it again raises its count. */
#include "feature/missing_word/missing_word.h"

#include "base/time.h"
#include "base/utf8.h"
#include "core/audit.h"
#include "feature/missing_word/missing_word_sql.h"

static const struct choice lists[] = {
    {.code = STR_INIT("processes"), .label = {STR_INIT("공정")}},
    {.code = STR_INIT("materials"), .label = {STR_INIT("재질")}},
    {.code = STR_INIT("certificates"), .label = {STR_INIT("인증")}},
    {.code = STR_INIT("regions"), .label = {STR_INIT("위치")}},
};

const struct choice_list word_lists = {lists, sizeof lists / sizeof lists[0]};

static enum status store(struct tx *t, void *arg, struct idempotency_answer *answer)
{
    const struct missing_word *w = arg;
    struct missing_word_add_in in = {.missing_word_id = tx_new_id(t),
                                     .list = w->list,
                                     .word = w->word,
                                     .word_fold = utf8_fold_tight(db_arena(tx_db(t)), w->word),
                                     .at_ms = time_now_ms()};
    int64_t changed;
    TRY(missing_word_add(t, &in, &changed));
    struct audit_entry e = {.kind = AUDIT_CHANGE,
                            .actor = STR("visitor"),
                            .action = STR("missing_word.tell"),
                            .object_kind = STR("missing_word"),
                            .object_ref = w->list,
                            .address = w->address,
                            .request = w->request};
    TRY(audit_record(t, &e));
    answer->status = 303;
    answer->location = STR("/missing-words");
    return ST_OK;
}

enum status missing_word_tell(struct db *db, const struct idempotency_key *key, const struct missing_word *word,
                              struct idempotency_answer *answer)
{
    struct missing_word copy = *word;
    return idempotent_write(db, key, store, &copy, answer);
}

enum status missing_word_list(struct db *db, int64_t limit, struct told_words *out)
{
    struct missing_word_top_list rows;
    TRY(missing_word_top(db, limit, &rows));
    *out = (struct told_words){NULL, 0, 0};
    for (size_t i = 0; i < rows.n; i++)
        VEC_PUSH(db_arena(db), out, ((struct told_word){rows.v[i].list, rows.v[i].word, rows.v[i].times}));
    return ST_OK;
}
