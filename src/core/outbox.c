/* Appending events, and the two jobs that deliver and forget them. */
#include "core/outbox.h"

#include "base/json.h"
#include "base/log.h"
#include "base/time.h"
#include "core/job.h"
#include "core/outbox_sql.h"

enum { SWEEP_ROWS = 500, PAYLOAD_BYTES_MAX = 64 << 10 };

enum payload_kind { PAYLOAD_REF, PAYLOAD_JSON };

static const struct {
    const char *name;
    enum payload_kind payload;
} events[] = {
#define EVENT(name, payload, help) {#name, PAYLOAD_##payload},
#include "core/events.def"
#undef EVENT
};

const char *event_name(enum event event)
{
    return events[event].name;
}

static bool event_find(struct str name, enum event *out)
{
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        if (!str_eq(name, str_c(events[i].name)))
            continue;
        *out = (enum event)i;
        return true;
    }
    return false;
}

static bool payload_good(struct arena *a, enum payload_kind kind, struct str payload)
{
    struct json json;
    struct json_error error;
    struct str rest = payload, word;
    if (!payload.n || payload.n > PAYLOAD_BYTES_MAX)
        return false;
    if (kind == PAYLOAD_REF)
        return str_next_word(&rest, &word) && word.n == payload.n;
    return json_parse(a, payload, &json, &error) == ST_OK && json.kind == JSON_IS_OBJ;
}

enum status event_append(struct tx *t, enum event event, struct str payload)
{
    struct arena *a = db_arena(tx_db(t));
    if (!payload_good(a, events[event].payload, payload))
        return ST_INVALID;
    struct outbox_add_in in = {tx_new_id(t), str_c(events[event].name), payload, time_now_ms()};
    TRY(outbox_add(t, &in, NULL));
    return job_enqueue(
        t, &(struct job_order){.kind = "outbox_deliver", .payload = arena_printf(a, "%lld", (long long)in.id)});
}

struct delivery {
    const struct event_handler *handler;
    const struct event_message *message;
    void *app;
};

static enum status deliver(struct tx *t, void *arg)
{
    const struct delivery *d = arg;
    int64_t added;
    struct outbox_mark_in in = {d->message->id, str_c(d->handler->name), time_now_ms()};
    TRY(outbox_mark(t, &in, &added));
    return added ? d->handler->handle(t, d->message, d->app) : ST_OK;
}

static enum status mark_delivered(struct tx *t, void *arg)
{
    const struct event_message *m = arg;
    return outbox_delivered(t, m->id, time_now_ms(), NULL);
}

/* One handler's failure does not keep the event from the others. */
static enum status deliver_to_all(struct job_run *r, struct event_message *m)
{
    enum status first = ST_OK;
    for (const struct event_handler *h = r->options->handlers; h->name; h++) {
        struct delivery d = {h, m, r->options->app};
        enum status st = h->event == m->event ? db_write(r->db, deliver, &d) : ST_OK;
        if (st != ST_OK && first == ST_OK) {
            first = st;
            r->error = str_c(h->name);
        }
    }
    return first != ST_OK ? first : db_write(r->db, mark_delivered, m);
}

enum status outbox_deliver_job(struct job_run *r)
{
    int64_t id;
    struct outbox_get_row row;
    struct event_message m;
    if (!str_to_int(r->payload, &id))
        return ST_INVALID;
    enum status st = outbox_get(r->db, id, &row);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    m = (struct event_message){.id = id, .payload = row.payload, .at_ms = row.at_ms};
    return event_find(row.name, &m.event) ? deliver_to_all(r, &m) : ST_UNSUPPORTED;
}

static enum status forget(struct tx *t, void *arg)
{
    const struct sql_ints *ids = arg;
    TRY(outbox_forget_done(t, *ids, NULL));
    return outbox_forget(t, *ids, NULL);
}

enum status outbox_sweep_job(struct job_run *r)
{
    struct outbox_old_list old = {NULL, 0, 0};
    if (!r->options->settings)
        return ST_OK;
    do {
        TRY(outbox_old(r->db, time_now_ms() - r->options->settings->outbox_keep_ms, SWEEP_ROWS, &old));
        int64_t *ids = ARENA_ARRAY(r->arena, old.n, int64_t);
        for (size_t i = 0; i < old.n; i++)
            ids[i] = old.v[i].id;
        struct sql_ints list = {ids, old.n};
        TRY(db_write(r->db, forget, &list));
        if (old.n == SWEEP_ROWS)
            TRY(job_renew(r));
    } while (old.n == SWEEP_ROWS);
    return ST_OK;
}
