/*
 * Life of the server: options checked, socket opened, threads started, drained and stopped. Guarantees the order of the
 * stop: listener, streams, requests in flight, workers, library; the library aborts the process when it is stopped with
 * a suspended connection, so every suspended one is resumed before. Must not route, render or know a session.
 */
#include "http/server_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "base/time.h"

/* Room for 8 KB of target, 16 KB of headers, their records, the library's own copy of cookies, and the answer's
 * headers. */
enum { CONNECTION_MEMORY = 64 << 10, OTHER_FILES = 512, TICK_MS = 200 };

struct http_server_options http_server_defaults(void)
{
    return (struct http_server_options){.address = "127.0.0.1",
                                        .port = 8080,
                                        .workers = 32,
                                        .queue_max = 512,
                                        .tmp_dir = "/tmp",
                                        .limits = {.headers_ms = 10000,
                                                   .body_ms = 60000,
                                                   .send_ms = 60000,
                                                   .body_bytes_per_s = 100000,
                                                   .keep_alive_ms = 15000,
                                                   .stream_beat_ms = 15000,
                                                   .drain_ms = 10000,
                                                   .connections_max = 12000,
                                                   .streams_max = 1000,
                                                   .request_arena_bytes_max = 32 << 20,
                                                   .response_bytes_max = 16 << 20}};
}

struct address {
    struct sockaddr_storage sa;
    socklen_t n;
    bool loopback;
};

static bool address_parse(const char *text, uint16_t port, struct address *out)
{
    *out = (struct address){.n = 0};
    if (strcmp(text, "localhost") == 0)
        text = "127.0.0.1";
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        memcpy(&out->sa, &v4, sizeof v4);
        out->n = sizeof v4;
        out->loopback = ntohl(v4.sin_addr.s_addr) >> 24 == 127;
    } else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
        memcpy(&out->sa, &v6, sizeof v6);
        out->n = sizeof v6;
        out->loopback = IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
    }
    return out->n > 0;
}

bool http_address_is_loopback(const char *address)
{
    struct address parsed;
    return address_parse(address, 0, &parsed) && parsed.loopback;
}

static enum status options_check(const struct http_server_options *o, struct address *addr, struct buf *reason)
{
    if (!o->address || !address_parse(o->address, o->port, addr)) {
        buf_add_c(reason, "the address to listen on is not an IP address or \"localhost\"");
        return ST_INVALID;
    }
    if (!o->tls_cert_path != !o->tls_key_path) {
        buf_add_c(reason, "TLS needs both a certificate and a key file");
        return ST_INVALID;
    }
    if (!addr->loopback && !o->tls_cert_path && !o->behind_proxy) {
        buf_printf(reason,
                   "refusing to listen on %s: beyond loopback passwords would cross the network unencrypted; give TLS "
                   "certificate and key files, or --behind-proxy when a proxy in front does TLS",
                   o->address);
        return ST_INVALID;
    }
    if (!o->metrics || o->workers < 1 || !o->tmp_dir) {
        buf_add_c(reason, "the server needs metrics, a folder for uploads and at least one worker");
        return ST_BUG;
    }
    return ST_OK;
}

static enum status pem_read(const char *path, bool secret, char **out, struct buf *reason)
{
    AUTO_ARENA a;
    arena_init(&a, 1 << 20);
    struct stat st;
    struct str text;
    if (stat(path, &st) != 0 || file_read(&a, path, 256 << 10, &text) != ST_OK) {
        buf_printf(reason, "cannot read %s", path);
        return ST_IO;
    }
    if (secret && (st.st_mode & 077)) {
        buf_printf(reason, "%s can be read by others: its mode must be 0600", path);
        return ST_INVALID;
    }
    *out = strndup(text.p, text.n);
    if (!*out)
        abort();
    if (secret)
        explicit_bzero((void *)(uintptr_t)text.p, text.n);
    return ST_OK;
}

static enum status socket_open(struct http_server *s, const struct address *addr, int *out, struct buf *reason)
{
    int one = 1, off = 0;
    int fd = socket(addr->sa.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_storage bound;
    socklen_t n = sizeof bound;
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (addr->sa.ss_family == AF_INET6)
            setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (fd < 0 || bind(fd, (const struct sockaddr *)&addr->sa, addr->n) != 0 || listen(fd, 1024) != 0 ||
        getsockname(fd, (struct sockaddr *)&bound, &n) != 0) {
        buf_printf(reason, "cannot listen on %s port %u: %s", s->options.address, s->options.port, strerror(errno));
        if (fd >= 0)
            close(fd);
        return ST_IO;
    }
    s->port = ntohs(bound.ss_family == AF_INET ? ((struct sockaddr_in *)&bound)->sin_port
                                               : ((struct sockaddr_in6 *)&bound)->sin6_port);
    *out = fd;
    return ST_OK;
}

/* Raises the limit of open files as far as allowed and answers how many connections fit. */
static unsigned connections_allowed(int wanted)
{
    struct rlimit limit;
    rlim_t need = (rlim_t)wanted + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    if (limit.rlim_cur < need) {
        limit.rlim_cur = limit.rlim_max < need ? limit.rlim_max : need;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= need)
        return (unsigned)wanted;
    return limit.rlim_cur > 2 * OTHER_FILES ? (unsigned)(limit.rlim_cur - OTHER_FILES) : OTHER_FILES / 2;
}

static unsigned io_threads(const struct http_server_options *o)
{
    long n = o->io_threads > 0 ? o->io_threads : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

/* The library would decode here; uri_parse does it instead, from the raw target. */
static size_t leave_encoded(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls, (void)mhd;
    return strlen(text);
}

static enum status library_start(struct http_server *s, int listen_fd, struct buf *reason)
{
    const struct http_server_options *o = &s->options;
    static char tls_versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    struct MHD_OptionItem more[5] = {{MHD_OPTION_END, 0, NULL}};
    size_t n = 0;
    unsigned threads = io_threads(o);
    if (threads > 1)
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL};
    if (s->tls_cert) {
        flags |= MHD_USE_TLS;
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, s->tls_key};
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, s->tls_cert};
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, tls_versions};
    }
    more[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    unsigned per_address = o->behind_proxy ? 0 : (unsigned)o->limits.connections_per_address_max;
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, exchange_access, s, MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_NOTIFY_CONNECTION,
        connection_notify, s, MHD_OPTION_NOTIFY_COMPLETED, exchange_completed, s, MHD_OPTION_URI_LOG_CALLBACK,
        exchange_begin, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT, connections_allowed(o->limits.connections_max),
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    if (s->daemon)
        return ST_OK;
    buf_add_c(reason, s->tls_cert ? "cannot start the server: is the certificate or its key not valid PEM?"
                                  : "cannot start the server's threads");
    return s->tls_cert ? ST_INVALID : ST_IO;
}

static void on_cut(void *arg)
{
    struct http_server *s = arg;
    metrics_add(s->metrics, METRIC_CUT, 1);
}

static void on_tick(void *arg)
{
    streams_tick(arg);
}

static void server_free(struct http_server *s)
{
    if (s->sweep)
        sweep_free(s->sweep);
    if (s->workers) {
        workers_stop(s->workers);
        workers_free(s->workers);
    }
    if (s->tls_key)
        explicit_bzero(s->tls_key, strlen(s->tls_key));
    free(s->tls_key);
    free(s->tls_cert);
    free(s->timeout_text);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->idle);
    free(s);
}

static struct http_server *server_new(const struct http_server_options *o, const struct http_app *app)
{
    struct http_server *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->options = *o;
    s->app = *app;
    s->metrics = o->metrics;
    s->timeout_text = timeout_text_new();
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&s->idle, &attr);
    pthread_condattr_destroy(&attr);
    return s;
}

static enum status threads_start(struct http_server *s, struct buf *reason)
{
    const struct http_server_options *o = &s->options;
    s->workers =
        workers_new((size_t)o->workers, (size_t)o->queue_max, (struct workers_job_kind){exchange_run, exchange_refuse});
    s->sweep = sweep_new((struct sweep_options){TICK_MS, s->timeout_text, on_cut, on_tick, s});
    if (s->workers && s->sweep)
        return ST_OK;
    buf_add_c(reason, "cannot start the server's threads");
    return ST_IO;
}

static enum status server_open(struct http_server *s, const struct address *addr, struct buf *reason)
{
    const struct http_server_options *o = &s->options;
    if (o->tls_cert_path) {
        TRY(pem_read(o->tls_cert_path, false, &s->tls_cert, reason));
        TRY(pem_read(o->tls_key_path, true, &s->tls_key, reason));
    }
    TRY(random_secret(&s->id_seed, sizeof s->id_seed));
    int fd;
    TRY(socket_open(s, addr, &fd, reason));
    enum status st = threads_start(s, reason);
    if (st == ST_OK)
        st = library_start(s, fd, reason);
    if (st != ST_OK)
        close(fd);
    return st;
}

enum status http_server_start(const struct http_server_options *options, const struct http_app *app,
                              struct http_server **out, struct buf *reason)
{
    struct address addr;
    TRY(options_check(options, &addr, reason));
    struct http_server *s = server_new(options, app);
    enum status st = server_open(s, &addr, reason);
    if (st != ST_OK) {
        server_free(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

uint16_t http_server_port(const struct http_server *s)
{
    return s->port;
}

/* True when nothing is in flight any more; the state is STOPPED then, so that nothing can begin. */
static bool wait_idle(struct http_server *s, int64_t ms)
{
    struct timespec until = time_steady_after(ms);
    pthread_mutex_lock(&s->lock);
    int late = 0;
    while (s->in_flight > 0 && !late)
        late = pthread_cond_timedwait(&s->idle, &s->lock, &until);
    bool idle = s->in_flight == 0;
    if (idle)
        s->state = SERVER_STOPPED;
    pthread_mutex_unlock(&s->lock);
    return idle;
}

bool http_server_stop(struct http_server *s)
{
    pthread_mutex_lock(&s->lock);
    s->state = SERVER_DRAINING;
    pthread_mutex_unlock(&s->lock);
    atomic_store(&s->draining, true);
    MHD_socket listener = MHD_quiesce_daemon(s->daemon);
    /* Refuses new connections at once; the library's threads may still name the descriptor, so it is closed last. */
    if (listener != MHD_INVALID_SOCKET)
        shutdown(listener, SHUT_RDWR);
    streams_close(s);
    bool idle = wait_idle(s, s->options.limits.drain_ms);
    if (!idle) {
        if (s->app.give_up)
            s->app.give_up(s->app.arg);
        workers_stop(s->workers);
        wait_idle(s, 1000);
    }
    pthread_mutex_lock(&s->lock);
    s->state = SERVER_STOPPED;
    pthread_mutex_unlock(&s->lock);
    workers_stop(s->workers);
    MHD_stop_daemon(s->daemon);
    if (listener != MHD_INVALID_SOCKET)
        close(listener);
    server_free(s);
    return idle;
}
