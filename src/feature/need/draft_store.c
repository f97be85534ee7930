#include "feature/need/draft_store.h"

#include "base/time.h"
#include "base/vec.h"
#include "feature/need/draft_sql.h"

struct change {
    const struct draft *draft;
    const struct draft_hand *hand;
};

static enum status trace(struct tx *t, const struct change *c, struct str action)
{
    struct audit_entry e = {.kind = AUDIT_CHANGE,
                            .actor = STR("visitor"),
                            .action = action,
                            .object_kind = STR("draft"),
                            .object_ref = str_n(c->draft->ref.p, 8),
                            .address = c->hand->address,
                            .request = c->hand->request};
    return audit_record(t, &e);
}

static enum status create(struct tx *t, void *arg, struct idempotency_answer *answer)
{
    const struct change *c = arg;
    const struct draft *d = c->draft;
    struct draft_count_row has;
    TRY(draft_count(tx_db(t), d->owner, &has));
    if (has.drafts >= DRAFTS_MAX)
        return ST_RATE;
    struct draft_insert_in in = {.draft_id = tx_new_id(t),
                                 .ref = d->ref,
                                 .owner = d->owner,
                                 .title = d->title,
                                 .body = d->body,
                                 .now_ms = time_now_ms()};
    int64_t changed;
    TRY(draft_insert(t, &in, &changed));
    TRY(trace(t, c, STR("draft.create")));
    answer->status = 303;
    answer->location = arena_printf(db_arena(tx_db(t)), "/drafts/" STR_FMT, STR_ARG(d->ref));
    return ST_OK;
}

enum status draft_create(struct db *db, const struct idempotency_key *key, const struct draft *d,
                         const struct draft_hand *hand, struct idempotency_answer *answer)
{
    struct change c = {d, hand};
    return idempotent_write(db, key, create, &c, answer);
}

static enum status change(struct tx *t, void *arg)
{
    const struct change *c = arg;
    const struct draft *d = c->draft;
    struct draft_update_in in = {.ref = d->ref,
                                 .owner = d->owner,
                                 .version = d->version,
                                 .title = d->title,
                                 .body = d->body,
                                 .now_ms = time_now_ms()};
    int64_t changed;
    TRY(draft_update(t, &in, &changed));
    return changed == 1 ? trace(t, c, STR("draft.change")) : ST_CONFLICT;
}

enum status draft_change(struct db *db, const struct draft *d, const struct draft_hand *hand)
{
    struct change c = {d, hand};
    return db_write(db, change, &c);
}

static enum status erase(struct tx *t, void *arg)
{
    const struct change *c = arg;
    int64_t changed;
    TRY(draft_delete(t, c->draft->ref, c->draft->owner, &changed));
    return changed == 1 ? trace(t, c, STR("draft.remove")) : ST_CONFLICT;
}

enum status draft_remove(struct db *db, const struct draft *d, const struct draft_hand *hand)
{
    struct change c = {d, hand};
    return db_write(db, erase, &c);
}

static struct draft of_row(const struct draft_row *r)
{
    return (struct draft){r->ref, r->owner, r->title, r->body, r->version, r->changed_ms};
}

enum status draft_find(struct db *db, struct str ref, struct draft *out)
{
    struct draft_row row;
    TRY(draft_by_ref(db, ref, &row));
    *out = of_row(&row);
    return ST_OK;
}

enum status draft_list(struct db *db, struct str owner, struct drafts *out)
{
    struct draft_row_list rows;
    *out = (struct drafts){NULL, 0, 0};
    TRY(draft_of(db, owner, DRAFTS_MAX, &rows));
    for (size_t i = 0; i < rows.n; i++)
        VEC_PUSH(db_arena(db), out, of_row(&rows.v[i]));
    return ST_OK;
}
