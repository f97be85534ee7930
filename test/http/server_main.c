/*
 * The server that the raw-socket tests talk to: one small route for each thing the HTTP layer promises. Options are
 * name=value arguments; prints "port N", and on SIGTERM "rows N drained 0|1". Never part of the product.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "http/server.h"

enum { CHANNELS_MAX = 64 };

struct test_app {
    struct metrics *metrics;
    _Atomic int64_t rows;
    pthread_mutex_t lock;
    struct sse_channel *channels[CHANNELS_MAX];
    struct http_asset asset;
    const char *file;
};

typedef enum status handler(struct http_request *q, struct http_response *r, struct test_app *app);

static void text(struct http_response *r)
{
    response_type(r, "text/plain; charset=utf-8");
}

static int64_t number(const struct http_request *q, struct str name, int64_t fallback)
{
    int64_t v = fallback;
    return str_to_int(request_query(q, name), &v) ? v : fallback;
}

static enum status home(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q, (void)app;
    response_type(r, "text/html; charset=utf-8");
    buf_add_c(&r->body, "<!DOCTYPE html><html lang=\"ko\"><title>t</title><p>hello</p></html>\n");
    return ST_OK;
}

static enum status echo_path(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    text(r);
    for (size_t i = 0; i < q->uri.path.n; i++)
        buf_printf(&r->body, "[" STR_FMT "]", STR_ARG(q->uri.path.v[i]));
    for (size_t i = 0; i < q->uri.query.n; i++)
        buf_printf(&r->body, "{" STR_FMT "=" STR_FMT "}", STR_ARG(q->uri.query.v[i].name),
                   STR_ARG(q->uri.query.v[i].value));
    buf_printf(&r->body, " " STR_FMT " https=%d", STR_ARG(q->remote), q->https);
    return ST_OK;
}

static void nap_ms(int64_t ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static enum status nap(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    nap_ms(number(q, STR("ms"), 0));
    text(r);
    buf_add_c(&r->body, "slept\n");
    return ST_OK;
}

/* The row is there before the answer, as after a commit: a stop in between must still bring the answer out. */
static enum status row_add(struct http_request *q, struct http_response *r, struct test_app *app)
{
    if (!request_form(q, STR("name")).n)
        return ST_INVALID;
    text(r);
    buf_printf(&r->body, "%lld\n", (long long)(atomic_fetch_add(&app->rows, 1) + 1));
    nap_ms(number(q, STR("ms"), 0));
    return ST_OK;
}

static enum status echo_body(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    text(r);
    buf_add(&r->body, q->body);
    return ST_OK;
}

static enum status upload(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    text(r);
    for (size_t i = 0; i < q->form.n; i++)
        buf_printf(&r->body, STR_FMT "=" STR_FMT "\n", STR_ARG(q->form.v[i].name), STR_ARG(q->form.v[i].value));
    for (size_t i = 0; i < q->files.n; i++) {
        const struct http_file *f = &q->files.v[i];
        uint64_t sum = 0;
        char piece[65536];
        ssize_t n;
        for (off_t at = 0; (n = pread(f->fd, piece, sizeof piece, at)) > 0; at += n)
            for (ssize_t k = 0; k < n; k++)
                sum = sum * 31 + (unsigned char)piece[k];
        buf_printf(&r->body, "file " STR_FMT " " STR_FMT " %lld %llu\n", STR_ARG(f->field), STR_ARG(f->name),
                   (long long)f->size_bytes, (unsigned long long)(sum & 0xffffffff));
    }
    return ST_OK;
}

static enum status asset(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q;
    response_asset(r, &app->asset);
    return ST_OK;
}

static enum status download(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q;
    return response_file(r, &(struct http_download){.path = app->file, .file_name = STR("도면 1.bin")});
}

static enum status page_with_tag(struct http_request *q, struct http_response *r, struct test_app *app)
{
    if (response_etag(r, STR("v1")))
        return ST_OK;
    return home(q, r, app);
}

static enum status events(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q;
    struct sse_channel *c = sse_new();
    response_sse(r, c);
    pthread_mutex_lock(&app->lock);
    for (size_t i = 0; i < CHANNELS_MAX; i++) {
        if (app->channels[i] && !sse_is_closed(app->channels[i]))
            continue;
        if (app->channels[i])
            sse_unref(app->channels[i]);
        app->channels[i] = c;
        c = NULL;
        break;
    }
    pthread_mutex_unlock(&app->lock);
    if (c)
        sse_unref(c);
    return ST_OK;
}

static enum status push(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)r;
    struct sse_event e = {.name = STR("note"), .id = request_form(q, STR("id")), .data = request_form(q, STR("data"))};
    enum status st = ST_OK;
    pthread_mutex_lock(&app->lock);
    for (size_t i = 0; i < CHANNELS_MAX; i++) {
        if (!app->channels[i])
            continue;
        st = sse_push(app->channels[i], &e);
        if (st != ST_FULL && st != ST_NOT_FOUND)
            continue;
        sse_unref(app->channels[i]);
        app->channels[i] = NULL;
    }
    pthread_mutex_unlock(&app->lock);
    return st == ST_INVALID ? st : ST_OK;
}

static enum status big(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    text(r);
    char block[1 << 16];
    memset(block, 'x', sizeof block);
    for (int64_t n = number(q, STR("n"), 0); n > 0; n -= (int64_t)sizeof block)
        buf_add(&r->body, str_n(block, n < (int64_t)sizeof block ? (size_t)n : sizeof block));
    return ST_OK;
}

static enum status metrics(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q;
    text(r);
    metrics_write(app->metrics, &r->body);
    return ST_OK;
}

static enum status memory(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    struct str status, line;
    TRY(file_read(q->arena, "/proc/self/status", 64 << 10, &status));
    text(r);
    while (str_next(&status, '\n', &line))
        if (str_starts(line, STR("VmRSS:")))
            buf_printf(&r->body, STR_FMT "\n", STR_ARG(line));
    return ST_OK;
}

static enum status jump(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    return response_redirect(r, 303, request_query(q, STR("to")));
}

static enum status split(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)app;
    return response_header(r, STR("X-Echo"), request_query(q, STR("v")));
}

static enum status not_there(struct http_request *q, struct http_response *r, struct test_app *app)
{
    (void)q, (void)r, (void)app;
    return ST_NOT_FOUND;
}

static const struct test_route {
    const char *name;
    enum http_method method;
    handler *run;
    struct http_plan plan;
} routes[] = {
    {"", HTTP_GET, home, {.name = "home"}},
    {"path", HTTP_GET, echo_path, {.name = "path"}},
    {"pool", HTTP_GET, echo_path, {.name = "pool", .in_pool = true}},
    {"slow", HTTP_GET, nap, {.name = "slow", .in_pool = true}},
    {"rows",
     HTTP_POST,
     row_add,
     {.name = "row_add", .in_pool = true, .body = HTTP_BODY_FORM, .body_bytes_max = 4096, .route_class = 1}},
    {"json", HTTP_POST, echo_body, {.name = "json", .body = HTTP_BODY_JSON, .body_bytes_max = 1000}},
    {"raw", HTTP_POST, echo_body, {.name = "raw", .body = HTTP_BODY_RAW, .body_bytes_max = 100000, .chunked = true}},
    {"upload",
     HTTP_POST,
     upload,
     {.name = "upload",
      .in_pool = true,
      .body = HTTP_BODY_FORM,
      .body_bytes_max = 4096,
      .files_max = 3,
      .file_bytes_max = 100 << 20,
      .chunked = true,
      .route_class = 1}},
    {"asset", HTTP_GET, asset, {.name = "asset"}},
    {"file", HTTP_GET, download, {.name = "file"}},
    {"tag", HTTP_GET, page_with_tag, {.name = "tag"}},
    {"events", HTTP_GET, events, {.name = "events"}},
    {"push", HTTP_POST, push, {.name = "push", .in_pool = true, .body = HTTP_BODY_FORM, .body_bytes_max = 100000}},
    {"big", HTTP_GET, big, {.name = "big"}},
    {"metrics", HTTP_GET, metrics, {.name = "metrics"}},
    {"memory", HTTP_GET, memory, {.name = "memory"}},
    {"jump", HTTP_GET, jump, {.name = "jump"}},
    {"split", HTTP_GET, split, {.name = "split"}},
};

static struct http_plan classify(const struct http_request *q, void *arg)
{
    (void)arg;
    struct str first = q->uri.path.n ? q->uri.path.v[0] : STR("");
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (routes[i].method != q->method || !str_eq(first, str_c(routes[i].name)))
            continue;
        struct http_plan plan = routes[i].plan;
        plan.route = &routes[i];
        return plan;
    }
    return (struct http_plan){.name = "none"};
}

static enum status handle(struct http_request *q, struct http_response *r, void *arg)
{
    const struct test_route *route = q->route;
    return route ? route->run(q, r, arg) : not_there(q, r, arg);
}

static bool number_option(const char *name, size_t n, const char *value, struct http_server_options *o)
{
    struct http_limits *l = &o->limits;
    const struct {
        const char *name;
        int *to;
    } numbers[] = {{"headers_ms", &l->headers_ms},
                   {"body_ms", &l->body_ms},
                   {"send_ms", &l->send_ms},
                   {"keep_alive_ms", &l->keep_alive_ms},
                   {"stream_beat_ms", &l->stream_beat_ms},
                   {"drain_ms", &l->drain_ms},
                   {"workers", &o->workers},
                   {"queue_max", &o->queue_max},
                   {"streams_max", &l->streams_max},
                   {"io_threads", &o->io_threads}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strlen(numbers[i].name) == n && strncmp(numbers[i].name, name, n) == 0) {
            *numbers[i].to = (int)strtol(value, NULL, 10);
            return true;
        }
    return false;
}

static void option(char *arg, struct http_server_options *o, struct test_app *app)
{
    char *equals = strchr(arg, '=');
    if (!equals || number_option(arg, (size_t)(equals - arg), equals + 1, o))
        return;
    *equals = '\0';
    const char *value = equals + 1;
    if (strcmp(arg, "address") == 0)
        o->address = value;
    if (strcmp(arg, "cert") == 0)
        o->tls_cert_path = value;
    if (strcmp(arg, "key") == 0)
        o->tls_key_path = value;
    if (strcmp(arg, "tmp") == 0)
        o->tmp_dir = value;
    if (strcmp(arg, "file") == 0)
        app->file = value;
    if (strcmp(arg, "behind_proxy") == 0)
        o->behind_proxy = true;
    if (strcmp(arg, "rate") == 0)
        o->limits.body_bytes_per_s = strtoll(value, NULL, 10);
}

static void asset_load(struct arena *a, struct test_app *app)
{
    struct str *const parts[] = {&app->asset.identity, &app->asset.gzip, &app->asset.brotli};
    static const char *const ends[] = {"", ".gz", ".br"};
    app->asset.type = "text/css; charset=utf-8";
    app->asset.etag = "abc123";
    for (size_t i = 0; app->file && i < 3; i++) {
        struct str path = arena_printf(a, "%s%s", app->file, ends[i]);
        if (file_read(a, path.p, 1 << 20, parts[i]) != ST_OK)
            *parts[i] = (struct str){NULL, 0};
    }
}

int main(int argc, char **argv)
{
    static const char *const classes[] = {"page", "write", "other"};
    static struct test_app app = {.lock = PTHREAD_MUTEX_INITIALIZER};
    struct http_server_options o = http_server_defaults();
    o.port = 0;
    app.metrics = metrics_new(classes, 3);
    o.metrics = app.metrics;
    for (int i = 1; i < argc; i++)
        option(argv[i], &o, &app);
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    asset_load(&a, &app);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    AUTO_BUF reason;
    buf_init(&reason, 1000);
    struct http_app calls = {.classify = classify, .handle = handle, .arg = &app};
    struct http_server *server;
    if (http_server_start(&o, &calls, &server, &reason) != ST_OK) {
        printf("refused: " STR_FMT "\n", STR_ARG(buf_str(&reason)));
        return 2;
    }
    printf("port %u\n", http_server_port(server));
    fflush(stdout);
    int sig;
    sigwait(&set, &sig);
    bool drained = http_server_stop(server);
    printf("rows %lld drained %d\n", (long long)app.rows, drained);
    for (size_t i = 0; i < CHANNELS_MAX; i++)
        if (app.channels[i])
            sse_unref(app.channels[i]);
    metrics_free(app.metrics);
    return 0;
}
