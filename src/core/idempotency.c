/* Key, look-up, change and answer in one transaction. On PostgreSQL two that race for a key are a conflict that is run
 * again. */
#include "core/idempotency.h"

#include "base/time.h"
#include "core/idempotency_sql.h"
#include "core/job.h"

enum { RACES_MAX = 5 };

struct request {
    const struct idempotency_key *key;
    idempotent_fn *fn;
    void *arg;
    struct idempotency_answer *answer;
    bool used_otherwise;
};

static struct str or_empty(struct str s)
{
    return s.p ? s : STR("");
}

static enum status answer_again(struct request *r, const struct idempotency_get_row *row)
{
    r->used_otherwise = !str_eq(row->route, r->key->route) || !str_eq(row->fingerprint, r->key->fingerprint);
    *r->answer = (struct idempotency_answer){row->status, row->location, row->summary, true};
    return r->used_otherwise ? ST_CONFLICT : ST_OK;
}

static enum status run_once(struct tx *t, void *arg)
{
    struct request *r = arg;
    struct idempotency_get_row row;
    r->used_otherwise = false;
    enum status st = idempotency_get(tx_db(t), r->key->actor, r->key->key, &row);
    if (st != ST_NOT_FOUND)
        return st == ST_OK ? answer_again(r, &row) : st;
    *r->answer = (struct idempotency_answer){.status = 200, .location = STR(""), .summary = STR("")};
    TRY(r->fn(t, r->arg, r->answer));
    struct idempotency_add_in in = {.actor = r->key->actor,
                                    .request_key = r->key->key,
                                    .route = or_empty(r->key->route),
                                    .fingerprint = or_empty(r->key->fingerprint),
                                    .status = r->answer->status,
                                    .location = or_empty(r->answer->location),
                                    .summary = or_empty(r->answer->summary),
                                    .at_ms = time_now_ms()};
    return idempotency_add(t, &in, NULL);
}

static enum status key_is_there(struct db *db, const struct idempotency_key *key)
{
    struct idempotency_get_row row;
    return idempotency_get(db, key->actor, key->key, &row);
}

enum status idempotent_write(struct db *db, const struct idempotency_key *key, idempotent_fn *fn, void *arg,
                             struct idempotency_answer *answer)
{
    struct request r = {.key = key, .fn = fn, .arg = arg, .answer = answer};
    if (!key->key.n || key->key.n > IDEMPOTENCY_KEY_BYTES_MAX || !key->actor.n)
        return ST_INVALID;
    enum status st = ST_CONFLICT;
    for (int i = 0; i < RACES_MAX; i++) {
        st = db_write(db, run_once, &r);
        /* A conflict that is not ours to report may be the other racer's key: then its answer is there now. */
        if (st != ST_CONFLICT || r.used_otherwise || key_is_there(db, key) != ST_OK)
            break;
    }
    return st;
}

static enum status forget(struct tx *t, void *arg)
{
    return idempotency_forget(t, *(const int64_t *)arg, NULL);
}

enum status idempotency_sweep_job(struct job_run *r)
{
    if (!r->options->settings)
        return ST_OK;
    int64_t before_ms = time_now_ms() - r->options->settings->idempotency_keep_ms;
    return db_write(r->db, forget, &before_ms);
}
