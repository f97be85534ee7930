/* seq is one more than the last: writers are serial on SQLite, and on PostgreSQL two that race are a retried conflict.
 */
#include "core/change.h"

#include "base/time.h"
#include "core/change_sql.h"

enum status change_seq(struct db *db, int64_t *seq)
{
    struct change_last_row last;
    TRY(change_last(db, &last));
    *seq = last.seq;
    return ST_OK;
}

static bool comes_again(const struct change_since_list *l, size_t at)
{
    for (size_t i = at + 1; i < l->n; i++)
        if (str_eq(l->v[i].kind, l->v[at].kind) && str_eq(l->v[i].ref, l->v[at].ref))
            return true;
    return false;
}

enum status change_refs(struct db *db, struct str kind, int64_t since, int64_t most, struct change_refs *out)
{
    struct change_since_list rows;
    *out = (struct change_refs){.seq = since};
    TRY(change_since(db, since, most + 1, &rows));
    out->more = (int64_t)rows.n > most;
    for (size_t i = 0; i < rows.n && !out->more; i++) {
        out->seq = rows.v[i].seq;
        if (str_eq(rows.v[i].kind, kind) && !comes_again(&rows, i))
            VEC_PUSH(db_arena(db), &out->refs, rows.v[i].ref);
    }
    return ST_OK;
}

enum status change_record(struct tx *t, struct str kind, struct str ref)
{
    int64_t seq, changed;
    TRY(change_seq(tx_db(t), &seq));
    struct change_add_in in = {.seq = seq + 1, .kind = kind, .ref = ref, .changed_ms = time_now_ms()};
    return change_add(t, &in, &changed);
}

enum status ref_next(struct tx *t, struct str series, int64_t *number)
{
    struct ref_counter_get_row row = {0};
    enum status st = ref_counter_get(tx_db(t), series, &row);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    *number = row.last + 1;
    int64_t changed;
    return ref_counter_set(t, series, *number, &changed);
}
