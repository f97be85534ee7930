/*
 * Requests in: from accept to the handler's call. The library calls exchange_access once with the headers, then with
 * pieces of the body, then at the end without bytes; a suspended request is called again after its worker resumed it.
 * An answer at the first call ends the connection (the library does not read on), so only refusals are sent there. Owns
 * exchanges and connections; a worker touches an exchange only between workers_push and its resume.
 */
#include "http/server_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/time.h"
#include "base/vec.h"
#include "http/guard.h"

enum { FORM_BYTES_MAX = 2 << 20, FILES_MAX = 100 };

static struct connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void remote_text(struct MHD_Connection *mhd, char *out, size_t n)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *addr = info ? info->client_addr : NULL;
    if (addr && addr->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)addr;
        inet_ntop(AF_INET, &v4->sin_addr, out, (socklen_t)n);
    } else if (addr && addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr);
        const uint8_t *bytes = v6->sin6_addr.s6_addr;
        inet_ntop(mapped ? AF_INET : AF_INET6, mapped ? bytes + 12 : bytes, out, (socklen_t)n);
    }
}

void connection_notify(void *cls, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
    struct http_server *s = cls;
    struct connection *c = *socket_context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        sweep_remove(s->sweep, &c->sweep);
        metrics_add(s->metrics, METRIC_CONNECTIONS, -1);
        free(c);
        *socket_context = NULL;
        return;
    }
    c = calloc(1, sizeof *c);
    if (!c)
        abort();
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    c->sweep = (struct sweep_entry){.fd = info ? info->connect_fd : -1, .plain = !s->options.tls_cert_path};
    c->sweep.phase = SWEEP_START;
    c->sweep.deadline_ms = sweep_now_ms() + s->options.limits.headers_ms;
    remote_text(mhd, c->remote, sizeof c->remote);
    *socket_context = c;
    metrics_add(s->metrics, METRIC_CONNECTIONS, 1);
    sweep_add(s->sweep, &c->sweep);
}

static struct str request_id(struct http_server *s, struct arena *a)
{
    uint64_t n = atomic_fetch_add_explicit(&s->id_next, 1, memory_order_relaxed);
    uint64_t id = (s->id_seed + n) * UINT64_C(0x9e3779b97f4a7c15);
    return arena_printf(a, "%016llx", (unsigned long long)(id ^ id >> 32));
}

void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *mhd)
{
    struct http_server *s = cls;
    struct exchange *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    x->server = s;
    x->mhd = mhd;
    x->connection = connection_of(mhd);
    arena_init(&x->arena, s->options.limits.request_arena_bytes_max);
    x->request.arena = &x->arena;
    x->request.started_ns = time_steady_ns();
    x->request.id = request_id(s, &x->arena);
    x->request.route_name = "-";
    response_init(&x->response, &x->request, s->options.limits.response_bytes_max);
    x->uri_at = uri;
    size_t n = uri ? strlen(uri) : 0;
    x->uri_too_long = n > URI_MAX_BYTES;
    /* Copied, for the library decodes arguments in place. */
    x->raw_uri = x->uri_too_long ? str_n(NULL, n) : arena_str(&x->arena, str_n(uri, n));
    sweep_tighten(s->sweep, &x->connection->sweep, SWEEP_HEAD, s->options.limits.headers_ms);
    return x;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n, const char *value,
                                   size_t value_n)
{
    (void)kind;
    struct exchange *x = cls;
    VEC_PUSH(&x->arena, &x->request.headers, ((struct pair){str_n(key, key_n), str_n(value, value_n)}));
    return MHD_YES;
}

#if MHD_VERSION < 0x01000000
/*
 * Library 0.9.75 hands over C strings, accepts bare line feeds and folds lines: a NUL hides what follows it. But all
 * strings still lie where they came in, so each must end exactly where the next begins (one NUL for a blank or colon,
 * two for CR LF).
 */
static bool layout_ok(const struct exchange *x, const char *method, const char *version)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (!info || !x->uri_at || x->uri_at != method + strlen(method) + 1 || version != x->uri_at + x->raw_uri.n + 1)
        return false;
    const char *end = version + strlen(version) + 2;
    const struct pair_list *headers = &x->request.headers;
    for (size_t i = 0; i < headers->n; i++) {
        struct str name = headers->v[i].name, value = headers->v[i].value;
        if (name.p != end || value.p < name.p + name.n + 1)
            return false;
        for (const char *p = name.p + name.n + 1; p < value.p; p++)
            if (*p != ' ' && *p != '\t')
                return false;
        end = value.p + value.n + 2;
    }
    return end + 2 == method + info->header_size;
}
#else
/* From 1.0 on the library refuses these by itself. */
static bool layout_ok(const struct exchange *x, const char *method, const char *version)
{
    (void)x, (void)method, (void)version;
    return true;
}
#endif

static void request_fill(struct exchange *x, const char *method)
{
    struct http_server *s = x->server;
    struct http_request *q = &x->request;
    q->method = http_method_of(str_c(method));
    q->head = strcmp(method, "HEAD") == 0;
    q->remote = str_c(x->connection->remote);
    q->https = s->options.tls_cert_path != NULL;
    if (!s->options.behind_proxy)
        return;
    q->remote = request_forwarded_for(q, q->remote);
    q->https = q->https || guard_name_is(request_header(q, STR("x-forwarded-proto")), STR("https"));
}

/* 0, or the code of the refusal. */
static int request_check(struct exchange *x, const char *method, const char *version)
{
    struct http_request *q = &x->request;
    enum guard_fault fault = guard_check(&q->headers);
    if (fault != GUARD_OK)
        return guard_http(fault);
    if (x->uri_too_long)
        return 414;
    if (!layout_ok(x, method, version) || uri_parse(&x->arena, x->raw_uri, &q->uri) != ST_OK)
        return 400;
    for (size_t i = 0; i < q->headers.n; i++)
        if (guard_name_is(q->headers.v[i].name, STR("cookie")) &&
            cookie_parse(&x->arena, q->headers.v[i].value, &q->cookies) != ST_OK)
            return 400;
    return 0;
}

static void plan_take(struct exchange *x)
{
    struct http_server *s = x->server;
    struct http_plan *p = &x->plan;
    *p = s->app.classify(&x->request, s->app.arg);
    if (p->body == HTTP_BODY_NONE)
        p->body_bytes_max = 0;
    if (p->body == HTTP_BODY_FORM && p->body_bytes_max > FORM_BYTES_MAX)
        p->body_bytes_max = FORM_BYTES_MAX;
    if (p->files_max > FILES_MAX)
        p->files_max = FILES_MAX;
    x->request.route = p->route;
    if (p->name)
        x->request.route_name = p->name;
    x->body_limit = body_bytes_max(&x->request, p);
}

/* Decides on the body by its announced length; 0, or the code of the refusal. */
static int body_check(struct exchange *x)
{
    struct http_server *s = x->server;
    int64_t length = 0;
    struct str announced = request_header(&x->request, STR("content-length"));
    x->chunked = request_header(&x->request, STR("transfer-encoding")).n > 0;
    if (x->chunked && (!x->plan.chunked || !x->body_limit))
        return 411;
    if (announced.n && !str_to_int(announced, &length))
        return 400;
    if (length > x->body_limit)
        return 413;
    if (x->chunked)
        length = x->body_limit;
    if (!length)
        return 0;
    enum status st = body_begin(&x->intake, &x->request, &x->plan, s->options.tmp_dir);
    if (st != ST_OK)
        return status_http(st);
    const struct http_limits *limits = &s->options.limits;
    sweep_set(s->sweep, &x->connection->sweep, SWEEP_BODY, limits->body_ms + length * 1000 / limits->body_bytes_per_s);
    return 0;
}

static bool admit(struct exchange *x)
{
    struct http_server *s = x->server;
    pthread_mutex_lock(&s->lock);
    x->in_flight = s->state != SERVER_STOPPED;
    s->in_flight += x->in_flight;
    pthread_mutex_unlock(&s->lock);
    if (x->in_flight)
        metrics_add(s->metrics, METRIC_IN_FLIGHT, 1);
    return x->in_flight;
}

static enum MHD_Result headers_in(struct exchange *x, const char *method, const char *version)
{
    struct http_server *s = x->server;
    if (!admit(x))
        return MHD_NO;
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, take_header, x);
    request_fill(x, method);
    x->stage = EXCHANGE_BODY;
    int code = request_check(x, method, version);
    if (!code) {
        plan_take(x);
        code = body_check(x);
    }
    if (!code)
        return MHD_YES;
    metrics_add(s->metrics, METRIC_REFUSED, 1);
    x->response.close = true;
    return exchange_send_error(x, code);
}

static enum MHD_Result body_in(struct exchange *x, struct str bytes)
{
    x->body_seen += (int64_t)bytes.n;
    if (x->chunked && x->body_seen > 2 * x->body_limit)
        return MHD_NO;
    if (x->body_seen > x->body_limit && x->intake.fault == ST_OK)
        x->intake.fault = ST_TOO_LARGE;
    body_feed(&x->intake, bytes);
    return MHD_YES;
}

static void handle(struct exchange *x)
{
    struct http_server *s = x->server;
    enum status st = s->app.handle(&x->request, &x->response, s->app.arg);
    if (st != ST_OK)
        response_error(&x->response, status_http(st));
}

static void resume(struct exchange *x)
{
    struct MHD_Connection *mhd = x->mhd;
    metrics_add(x->server->metrics, METRIC_QUEUED, -1);
    atomic_store_explicit(&x->done, true, memory_order_release);
    MHD_resume_connection(mhd);
}

void exchange_run(void *job)
{
    handle(job);
    resume(job);
}

void exchange_refuse(void *job)
{
    struct exchange *x = job;
    response_error(&x->response, 503);
    resume(x);
}

static enum MHD_Result complete(struct exchange *x)
{
    struct http_server *s = x->server;
    if (x->intake.request) {
        enum status st = body_finish(&x->intake);
        if (st != ST_OK)
            return exchange_send_error(x, status_http(st));
    }
    if (!x->plan.in_pool) {
        handle(x);
        return exchange_send(x);
    }
    if (!workers_reserve(s->workers)) {
        metrics_add(s->metrics, METRIC_BUSY, 1);
        return exchange_send_error(x, 503);
    }
    metrics_add(s->metrics, METRIC_QUEUED, 1);
    x->stage = EXCHANGE_WORKING;
    sweep_set(s->sweep, &x->connection->sweep, SWEEP_WORK, 0);
    MHD_suspend_connection(x->mhd);
    workers_push(s->workers, x);
    return MHD_YES;
}

enum MHD_Result exchange_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **req_cls)
{
    (void)cls, (void)url, (void)mhd;
    struct exchange *x = *req_cls;
    switch (x->stage) {
    case EXCHANGE_NEW:
        return headers_in(x, method, version);
    case EXCHANGE_BODY:
        if (*upload_size) {
            struct str bytes = str_n(upload, *upload_size);
            *upload_size = 0;
            return body_in(x, bytes);
        }
        return complete(x);
    case EXCHANGE_WORKING:
        return atomic_load_explicit(&x->done, memory_order_acquire) ? exchange_send(x) : MHD_YES;
    case EXCHANGE_SENDING:
        return MHD_YES;
    }
    return MHD_NO;
}

static void log_exchange(const struct exchange *x, bool aborted, int64_t ns)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
    const struct http_request *q = &x->request;
    LOG(LOG_INFO, "http_request", LOG_S("id", q->id), LOG_S("method", str_c(q->head ? "HEAD" : methods[q->method])),
        LOG_S("route", str_c(q->route_name)), LOG_N("status", x->response.status), LOG_N("bytes", x->sent_bytes),
        LOG_N("ms", ns / 1000000), LOG_N("aborted", aborted));
}

static void exchange_free(struct exchange *x)
{
    stream_end(x);
    body_release(&x->intake);
    response_release(&x->response);
    arena_release(&x->arena);
    free(x);
}

void exchange_completed(void *cls, struct MHD_Connection *mhd, void **req_cls, enum MHD_RequestTerminationCode code)
{
    (void)mhd;
    struct http_server *s = cls;
    struct exchange *x = *req_cls;
    if (!x)
        return;
    *req_cls = NULL;
    bool in_flight = x->in_flight;
    bool aborted = x->stage != EXCHANGE_SENDING || code != MHD_REQUEST_TERMINATED_COMPLETED_OK;
    int64_t ns = time_steady_ns() - x->request.started_ns;
    if (in_flight) {
        metrics_observe(s->metrics, x->plan.route_class, x->response.status, ns);
        metrics_add(s->metrics, METRIC_BYTES_OUT, x->sent_bytes);
        metrics_add(s->metrics, METRIC_ABORTED, aborted);
        metrics_add(s->metrics, METRIC_IN_FLIGHT, -1);
        log_exchange(x, aborted, ns);
    } else {
        metrics_add(s->metrics, METRIC_REFUSED, 1);
    }
    sweep_set(s->sweep, &x->connection->sweep, SWEEP_IDLE,
              s->options.limits.keep_alive_ms + s->options.limits.headers_ms);
    exchange_free(x);
    if (!in_flight)
        return;
    pthread_mutex_lock(&s->lock);
    if (--s->in_flight == 0)
        pthread_cond_broadcast(&s->idle);
    pthread_mutex_unlock(&s->lock);
}
