/* The HTTP/1.1 server: listens, guards, bounds, times, and calls one handler. Everything that routes lies above. */
#ifndef PPURI_HTTP_SERVER_H
#define PPURI_HTTP_SERVER_H

#include "http/metrics.h"
#include "http/request.h"
#include "http/response.h"

struct http_limits {
    int headers_ms; /* from the first byte's chance to the end of the headers */
    int body_ms;    /* for a body, plus 1 s per body_bytes_per_s bytes of it */
    int send_ms;    /* for an answer, plus the same allowance */
    int64_t body_bytes_per_s;
    int keep_alive_ms;   /* idle time between requests, on top of headers_ms */
    int stream_beat_ms;  /* comment line in silent event streams; one that takes none for three beats is cut */
    int drain_ms;        /* how long http_server_stop waits for requests in flight */
    int connections_max; /* lowered to what the limit of open files allows */
    int connections_per_address_max; /* 0: no bound; not used behind a proxy */
    int streams_max;
    size_t request_arena_bytes_max;
    size_t response_bytes_max;
};

struct http_server_options {
    const char *address;       /* "127.0.0.1", "::1", "0.0.0.0", "::", "localhost" or another literal */
    uint16_t port;             /* 0: any free one */
    bool behind_proxy;         /* believe X-Forwarded-For and X-Forwarded-Proto; allows plain HTTP beyond loopback */
    const char *tls_cert_path; /* PEM chain; NULL: no TLS */
    const char *tls_key_path;  /* PEM, mode 0600 */
    int io_threads;            /* 0: one a processor, at most 8 */
    int workers;
    int queue_max;
    const char *tmp_dir;     /* for uploads; must be on the file system the files shall be renamed to */
    struct metrics *metrics; /* the caller's, with the names of the route classes; outlives the server */
    struct http_limits limits;
};

/* The values of the product: 127.0.0.1:8080, headers 10 s, body 60 s plus 1 s per 100 kB, 12,000 connections, 32
 * workers. */
struct http_server_options http_server_defaults(void);

struct http_app {
    /* Decides before the body is read, in the thread of the connection: must not block. method, path, query, headers
       and cookies of the request are there. */
    struct http_plan (*classify)(const struct http_request *q, void *arg);
    /* Fills the answer. Anything but ST_OK throws it away for a small error page of that status. */
    enum status (*handle)(struct http_request *q, struct http_response *r, void *arg);
    /* Called once when draining has taken too long: fail what handlers are waiting for. May be NULL. */
    void (*give_up)(void *arg);
    void *arg;
};

struct http_server;

/* Options, their texts and the app's argument live until http_server_stop. ST_INVALID with a reason (one English line)
   for options that are refused, above all for listening beyond loopback without TLS and without behind_proxy; ST_IO
   with a reason when the port or a file cannot be had. */
MUST_USE enum status http_server_start(const struct http_server_options *options, const struct http_app *app,
                                       struct http_server **out, struct buf *reason);
uint16_t http_server_port(const struct http_server *s);

/* Closes the listener, says "Connection: close" on every answer, ends the streams, waits for requests in flight, gives
   up after drain_ms, then stops workers and threads and frees everything. True when nothing had to be given up. */
bool http_server_stop(struct http_server *s);

/* True when plain HTTP is safe on that address: a loopback literal or "localhost". */
bool http_address_is_loopback(const char *address);

#endif
