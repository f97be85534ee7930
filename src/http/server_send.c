/*
 * Turns an answer into one of the library's: adds the headers that every answer carries, picks the way the bytes go
 * out, and runs the event streams. An exchange owns the bytes until the library says the answer is complete, so nothing
 * is copied.
 */
#include "http/server_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "http/guard.h"

static const struct {
    const char *name;
    const char *value;
} safety_headers[] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                                "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                                "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};
enum { SAFETY_HEADERS = sizeof safety_headers / sizeof *safety_headers };

char *timeout_text_new(void)
{
    static const char body[] = "요청 시간이 초과되었습니다. / The request took too long.\n";
    AUTO_BUF b;
    buf_init(&b, 16 << 10);
    buf_add_c(&b, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nCache-Control: no-store\r\n"
                  "Content-Type: text/plain; charset=utf-8\r\n");
    for (size_t i = 0; i < SAFETY_HEADERS; i++)
        buf_printf(&b, "%s: %s\r\n", safety_headers[i].name, safety_headers[i].value);
    buf_printf(&b, "Content-Length: %zu\r\n\r\n%s", sizeof body - 1, body);
    char *text = strndup(b.p, b.n);
    if (!text)
        abort();
    return text;
}

static bool has_header(const struct http_response *r, const char *name)
{
    for (size_t i = 0; i < r->headers.n; i++)
        if (guard_name_is(r->headers.v[i].name, str_c(name)))
            return true;
    return false;
}

static void add_headers(const struct exchange *x, struct MHD_Response *out)
{
    const struct http_response *r = &x->response;
    for (size_t i = 0; i < r->headers.n; i++)
        MHD_add_response_header(out, r->headers.v[i].name.p, r->headers.v[i].value.p);
    for (size_t i = 0; i < SAFETY_HEADERS; i++)
        if (!has_header(r, safety_headers[i].name))
            MHD_add_response_header(out, safety_headers[i].name, safety_headers[i].value);
    if (!has_header(r, "Cache-Control"))
        MHD_add_response_header(out, "Cache-Control", "no-store");
    if (x->request.https)
        MHD_add_response_header(out, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    MHD_add_response_header(out, "X-Request-Id", x->request.id.p);
    if (r->close || atomic_load_explicit(&x->server->draining, memory_order_relaxed))
        MHD_add_response_header(out, "Connection", "close");
}

/* The stream's connection goes to sleep inside the library's own call, under the channel's lock: a wake cannot come
 * before. */
static void stream_sleep(void *arg)
{
    struct stream *stream = arg;
    MHD_suspend_connection(stream->mhd);
}

static void stream_wake(void *arg)
{
    struct stream *stream = arg;
    MHD_resume_connection(stream->mhd);
}

static ssize_t stream_read(void *cls, uint64_t pos, char *out, size_t max)
{
    (void)pos;
    struct exchange *x = cls;
    const struct http_limits *limits = &x->server->options.limits;
    sweep_set(x->server->sweep, &x->connection->sweep, SWEEP_SEND, 3 * (int64_t)limits->stream_beat_ms);
    ptrdiff_t n = sse_take(x->stream.channel, out, max);
    if (n > 0)
        x->sent_bytes += n;
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static bool stream_begin(struct exchange *x)
{
    struct http_server *s = x->server;
    x->stream = (struct stream){.channel = x->response.sse, .mhd = x->mhd, .server = s, .connection = x->connection};
    pthread_mutex_lock(&s->lock);
    bool room = s->state == SERVER_RUNNING && s->streams_n < s->options.limits.streams_max;
    if (room) {
        x->stream.next = s->streams;
        if (s->streams)
            s->streams->prev = &x->stream;
        s->streams = &x->stream;
        s->streams_n++;
    }
    pthread_mutex_unlock(&s->lock);
    if (!room) {
        x->stream.channel = NULL;
        return false;
    }
    metrics_add(s->metrics, METRIC_STREAMS, 1);
    sse_attach(x->response.sse, (struct sse_waiter){stream_sleep, stream_wake, &x->stream});
    return true;
}

void stream_end(struct exchange *x)
{
    struct http_server *s = x->server;
    struct stream *stream = &x->stream;
    if (!stream->channel)
        return;
    pthread_mutex_lock(&s->lock);
    if (stream->prev)
        stream->prev->next = stream->next;
    else
        s->streams = stream->next;
    if (stream->next)
        stream->next->prev = stream->prev;
    s->streams_n--;
    pthread_mutex_unlock(&s->lock);
    sse_detach(stream->channel);
    stream->channel = NULL;
    metrics_add(s->metrics, METRIC_STREAMS, -1);
}

void streams_tick(struct http_server *s)
{
    int64_t now = sweep_now_ms();
    pthread_mutex_lock(&s->lock);
    if (now >= s->next_beat_ms) {
        s->next_beat_ms = now + s->options.limits.stream_beat_ms;
        for (struct stream *stream = s->streams; stream; stream = stream->next)
            sse_beat(stream->channel);
    }
    pthread_mutex_unlock(&s->lock);
}

void streams_close(struct http_server *s)
{
    pthread_mutex_lock(&s->lock);
    for (struct stream *stream = s->streams; stream; stream = stream->next)
        sse_close(stream->channel);
    pthread_mutex_unlock(&s->lock);
}

static struct MHD_Response *library_response(struct exchange *x)
{
    struct http_response *r = &x->response;
    struct str bytes = r->kind == RESPONSE_BYTES ? r->bytes : buf_str(&r->body);
    struct MHD_Response *out = NULL;
    switch (r->kind) {
    case RESPONSE_BUF:
    case RESPONSE_BYTES:
        x->sent_bytes = (int64_t)bytes.n;
        return MHD_create_response_from_buffer(bytes.n, bytes.n ? (void *)(uintptr_t)bytes.p : (void *)(uintptr_t) "",
                                               MHD_RESPMEM_PERSISTENT);
    case RESPONSE_FILE:
        x->sent_bytes = r->file_bytes;
        out = MHD_create_response_from_fd_at_offset64((uint64_t)r->file_bytes, r->fd, (uint64_t)r->file_from);
        if (out)
            r->fd = -1;
        return out;
    case RESPONSE_SSE:
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, stream_read, x, NULL);
    }
    return NULL;
}

static int64_t send_allowance_ms(const struct exchange *x)
{
    const struct http_limits *limits = &x->server->options.limits;
    return limits->send_ms + x->sent_bytes * 1000 / limits->body_bytes_per_s;
}

enum MHD_Result exchange_send(struct exchange *x)
{
    struct http_response *r = &x->response;
    if (buf_status(&r->body) != ST_OK)
        response_error(r, 500);
    bool streams = r->kind == RESPONSE_SSE && !x->request.head;
    if (r->kind == RESPONSE_SSE && x->request.head) {
        response_reset(r);
        response_type(r, "text/event-stream");
    } else if (streams && !stream_begin(x)) {
        response_error(r, 503);
    }
    struct MHD_Response *out = library_response(x);
    if (!out)
        return MHD_NO;
    if (x->request.head)
        x->sent_bytes = 0;
    add_headers(x, out);
    x->stage = EXCHANGE_SENDING;
    sweep_set(x->server->sweep, &x->connection->sweep, SWEEP_SEND, send_allowance_ms(x));
    enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)r->status, out);
    MHD_destroy_response(out);
    return queued;
}

enum MHD_Result exchange_send_error(struct exchange *x, int code)
{
    response_error(&x->response, code);
    return exchange_send(x);
}
