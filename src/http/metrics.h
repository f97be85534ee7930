/* Counters and latency histograms in the Prometheus text format. No user text, no addresses, no paths. */
#ifndef PPURI_HTTP_METRICS_H
#define PPURI_HTTP_METRICS_H

#include "base/buf.h"

enum { METRICS_CLASSES_MAX = 8, METRICS_EXTRA_MAX = 64 };

/* name, kind, help */
#define METRIC_TABLE(M)                                                                                                \
    M(METRIC_CONNECTIONS, "ppuri_http_connections", "gauge", "Open connections")                                       \
    M(METRIC_IN_FLIGHT, "ppuri_http_in_flight", "gauge", "Requests between their headers and the end of their answer") \
    M(METRIC_QUEUED, "ppuri_http_queued", "gauge", "Requests waiting for or held by a worker")                         \
    M(METRIC_STREAMS, "ppuri_http_event_streams", "gauge", "Open event streams")                                       \
    M(METRIC_BYTES_OUT, "ppuri_http_body_bytes_total", "counter", "Bytes of answer bodies")                            \
    M(METRIC_REFUSED, "ppuri_http_refused_total", "counter", "Requests refused before their route was asked")          \
    M(METRIC_BUSY, "ppuri_http_busy_total", "counter", "Requests refused because the queue was full")                  \
    M(METRIC_CUT, "ppuri_http_cut_total", "counter", "Connections cut at a deadline")                                  \
    M(METRIC_ABORTED, "ppuri_http_aborted_total", "counter", "Requests whose client went before the answer was sent")

enum metric {
#define M(id, name, kind, help) id,
    METRIC_TABLE(M)
#undef M
        METRIC_COUNT
};

struct metrics;

/* `classes` are at most METRICS_CLASSES_MAX names of route classes that live as long as the registry. */
struct metrics *metrics_new(const char *const *classes, size_t n);
void metrics_free(struct metrics *m);

/* Lock-free, from any thread. */
void metrics_add(struct metrics *m, enum metric which, int64_t by);
int64_t metrics_get(const struct metrics *m, enum metric which);
/* An answered request; a class out of range counts as the last one. */
void metrics_observe(struct metrics *m, int route_class, int http_code, int64_t ns);

/* Numbers of other modules, read when the text is written. `name`, `kind` and `help` live as long as the registry;
   false when METRICS_EXTRA_MAX is reached. Only before the server starts. */
struct metric_source {
    const char *name;
    const char *kind;
    const char *help;
    int64_t (*read)(void *arg);
    void *arg;
};
bool metrics_register(struct metrics *m, const struct metric_source *source);

void metrics_write(const struct metrics *m, struct buf *out);

#endif
