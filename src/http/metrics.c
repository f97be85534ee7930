/* Relaxed atomics only: numbers of one page may be a request apart. Fixed memory; about 40 ns an observed request. */
#include "http/metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static const int64_t bounds_us[] = {100,   250,    500,    1000,   2500,    5000,    10000,   25000,
                                    50000, 100000, 250000, 500000, 1000000, 2500000, 10000000};
static const char *const bounds_s[] = {"0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025",
                                       "0.05",   "0.1",     "0.25",   "0.5",   "1",      "2.5",   "10"};
enum { BOUNDS = sizeof bounds_us / sizeof *bounds_us, CODES = 6 };

struct class_numbers {
    _Atomic int64_t codes[CODES]; /* by first digit */
    _Atomic int64_t buckets[BOUNDS + 1];
    _Atomic int64_t sum_us;
};

struct metrics {
    const char *classes[METRICS_CLASSES_MAX];
    size_t classes_n;
    struct class_numbers by_class[METRICS_CLASSES_MAX];
    _Atomic int64_t values[METRIC_COUNT];
    struct metric_source extra[METRICS_EXTRA_MAX];
    size_t extra_n;
};

struct metrics *metrics_new(const char *const *classes, size_t n)
{
    struct metrics *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    for (size_t i = 0; i < n && i < METRICS_CLASSES_MAX; i++)
        m->classes[m->classes_n++] = classes[i];
    if (!m->classes_n)
        m->classes[m->classes_n++] = "all";
    return m;
}

void metrics_free(struct metrics *m)
{
    free(m);
}

static void bump(_Atomic int64_t *v, int64_t by)
{
    atomic_fetch_add_explicit(v, by, memory_order_relaxed);
}

static int64_t look(const _Atomic int64_t *v)
{
    return atomic_load_explicit(v, memory_order_relaxed);
}

void metrics_add(struct metrics *m, enum metric which, int64_t by)
{
    bump(&m->values[which], by);
}

int64_t metrics_get(const struct metrics *m, enum metric which)
{
    return look(&m->values[which]);
}

void metrics_observe(struct metrics *m, int route_class, int http_code, int64_t ns)
{
    size_t i = route_class < 0 || (size_t)route_class >= m->classes_n ? m->classes_n - 1 : (size_t)route_class;
    struct class_numbers *c = &m->by_class[i];
    int64_t us = ns / 1000;
    size_t bucket = 0;
    while (bucket < BOUNDS && us > bounds_us[bucket])
        bucket++;
    bump(&c->buckets[bucket], 1);
    bump(&c->sum_us, us);
    bump(&c->codes[http_code >= 100 && http_code < 600 ? http_code / 100 : 5], 1);
}

bool metrics_register(struct metrics *m, const struct metric_source *source)
{
    if (m->extra_n == METRICS_EXTRA_MAX)
        return false;
    m->extra[m->extra_n++] = *source;
    return true;
}

static void write_head(struct buf *out, const char *name, const char *kind, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void write_requests(const struct metrics *m, struct buf *out)
{
    write_head(out, "ppuri_http_requests_total", "counter", "Answers by route class and first digit of the code");
    for (size_t i = 0; i < m->classes_n; i++)
        for (int code = 1; code < CODES; code++)
            buf_printf(out, "ppuri_http_requests_total{class=\"%s\",code=\"%dxx\"} %lld\n", m->classes[i], code,
                       (long long)look(&m->by_class[i].codes[code]));
}

static void write_latency(const struct metrics *m, struct buf *out)
{
    const char *name = "ppuri_http_request_seconds";
    write_head(out, name, "histogram", "Seconds from the request line to the end of the answer, by route class");
    for (size_t i = 0; i < m->classes_n; i++) {
        const struct class_numbers *c = &m->by_class[i];
        int64_t total = 0;
        for (size_t b = 0; b <= BOUNDS; b++) {
            total += look(&c->buckets[b]);
            buf_printf(out, "%s_bucket{class=\"%s\",le=\"%s\"} %lld\n", name, m->classes[i],
                       b < BOUNDS ? bounds_s[b] : "+Inf", (long long)total);
        }
        buf_printf(out, "%s_sum{class=\"%s\"} %.6f\n", name, m->classes[i], (double)look(&c->sum_us) / 1e6);
        buf_printf(out, "%s_count{class=\"%s\"} %lld\n", name, m->classes[i], (long long)total);
    }
}

void metrics_write(const struct metrics *m, struct buf *out)
{
    static const struct {
        const char *name;
        const char *kind;
        const char *help;
    } own[] = {
#define M(id, name, kind, help) {name, kind, help},
        METRIC_TABLE(M)
#undef M
    };
    write_requests(m, out);
    write_latency(m, out);
    for (size_t i = 0; i < METRIC_COUNT; i++) {
        write_head(out, own[i].name, own[i].kind, own[i].help);
        buf_printf(out, "%s %lld\n", own[i].name, (long long)look(&m->values[i]));
    }
    for (size_t i = 0; i < m->extra_n; i++) {
        const struct metric_source *s = &m->extra[i];
        write_head(out, s->name, s->kind, s->help);
        buf_printf(out, "%s %lld\n", s->name, (long long)s->read(s->arg));
    }
}
