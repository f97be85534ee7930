/* The tables of jobs and event handlers, from their lists. */
#include "core/job.h"
#include "core/outbox.h"

const struct job_kind job_kinds[] = {
#define JOB(name, attempts, lease_s, period_s, help)                                                                   \
    {#name, attempts, INT64_C(1000) * lease_s, INT64_C(1000) * period_s, name##_job},
#include "core/jobs.def"
#undef JOB
    {NULL, 0, 0, 0, NULL},
};

#define HANDLER(name, event) enum status name##_handler(struct tx *t, const struct event_message *m, void *app);
#include "core/handlers.def"
#undef HANDLER

const struct event_handler event_handlers[] = {
#define HANDLER(name, event) {#name, EVENT_##event, name##_handler},
#include "core/handlers.def"
#undef HANDLER
    {NULL, EVENT_COUNT, NULL},
};
