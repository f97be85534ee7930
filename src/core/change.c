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
