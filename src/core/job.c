/* Orders, leases and their ends, as transactions. Who runs them is core/job_worker.c. */
#include "core/job.h"

#include "base/time.h"
#include "core/job_sql.h"

enum { BACKOFF_MAX_MS = 3600000, PAGE_ROWS = 500 };

enum status job_enqueue(struct tx *t, const struct job_order *o)
{
    int64_t now_ms = time_now_ms();
    struct job_add_in in = {.id = tx_new_id(t),
                            .kind = str_c(o->kind),
                            .unique_key = o->unique_key,
                            .payload = o->payload.p ? o->payload : STR(""),
                            .due_ms = o->due_ms ? o->due_ms : now_ms,
                            .created_ms = now_ms};
    return job_add(t, &in, NULL);
}

enum status job_finish(struct tx *t, const struct job_run *r)
{
    int64_t changed;
    if (r->period_ms) {
        struct job_put_back_in in = {
            .id = r->id, .lease = r->lease, .due_ms = time_now_ms() + r->period_ms, .error = STR("")};
        TRY(job_put_back(t, &in, &changed));
    } else {
        TRY(job_remove(t, r->id, r->lease, &changed));
    }
    return changed ? ST_OK : ST_CONFLICT;
}

static enum status prolong(struct tx *t, void *arg)
{
    const struct job_run *r = arg;
    int64_t changed;
    struct job_prolong_in in = {r->id, r->lease, time_now_ms() + r->lease_ms};
    TRY(job_prolong(t, &in, &changed));
    return changed ? ST_OK : ST_CONFLICT;
}

enum status job_renew(struct job_run *r)
{
    return db_write(r->db, prolong, r);
}

enum status job_retry(struct tx *t, int64_t id)
{
    int64_t changed;
    TRY(job_revive(t, id, time_now_ms(), &changed));
    return changed ? ST_OK : ST_NOT_FOUND;
}

int64_t job_backoff_ms(struct random *r, int64_t base_ms, int failures)
{
    int64_t wait_ms = base_ms;
    for (int i = 1; i < failures && wait_ms < BACKOFF_MAX_MS; i++)
        wait_ms *= 2;
    if (wait_ms > BACKOFF_MAX_MS)
        wait_ms = BACKOFF_MAX_MS;
    return wait_ms / 2 + (int64_t)random_below(r, (uint64_t)(wait_ms / 2) + 1);
}

enum status job_visit(struct db *db, bool only_dead, void (*visit)(void *arg, const struct job_info *job), void *arg)
{
    struct job_row_list rows;
    struct job_page_in in = {.only = only_dead ? JOB_PAGE_ONLY_DEAD : JOB_PAGE_ONLY_ANY, .limit = PAGE_ROWS};
    do {
        TRY(job_page(db, &in, &rows));
        for (size_t i = 0; i < rows.n; i++) {
            const struct job_row *r = &rows.v[i];
            visit(arg,
                  &(struct job_info){r->id, r->kind, r->error, r->due_ms, r->attempts, r->lease != 0, r->dead != 0});
        }
        if (rows.n)
            in.after_id = opt_int(rows.v[rows.n - 1].id);
    } while (rows.n == PAGE_ROWS);
    return ST_OK;
}

enum status job_total(struct db *db, struct job_totals *out)
{
    struct job_count_row row;
    TRY(job_count(db, &row));
    *out = (struct job_totals){row.waiting, row.dead};
    return ST_OK;
}
