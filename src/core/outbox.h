/*
 * Events: appended in the transaction of the change they tell of, delivered afterwards to the handlers of this process,
 * at least once, by a job each. A handler runs inside a transaction that also notes that it had the event: what it
 * writes happens once. What it does outside the store (mail) it orders as a job. Events are not in order among each
 * other.
 */
#ifndef PPURI_CORE_OUTBOX_H
#define PPURI_CORE_OUTBOX_H

#include "db/db.h"

enum event {
#define EVENT(name, payload, help) EVENT_##name,
#include "core/events.def"
#undef EVENT
    EVENT_COUNT
};

struct event_message {
    int64_t id;
    enum event event;
    struct str payload;
    int64_t at_ms;
};

/* A closure of db_write: only the tx and what is reached through `app` read-only; may run more than once. Failing, it
   is called again later, beside the other handlers of the event, which are not. */
typedef enum status event_fn(struct tx *t, const struct event_message *m, void *app);

struct event_handler {
    const char *name; /* stored with each event that it had */
    enum event event;
    event_fn *handle;
};

/* core/handlers.def, ended by a NULL name. */
extern const struct event_handler event_handlers[];

/* ST_INVALID: the payload is not what the event's line says. */
MUST_USE enum status event_append(struct tx *t, enum event event, struct str payload);
const char *event_name(enum event event);

#endif
