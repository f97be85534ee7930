/* What the files that talk to the HTTP library share: server.c (life), server_conn.c (requests in), server_send.c
   (answers out). Only these three include microhttpd.h, through this header. */
#ifndef PPURI_HTTP_SERVER_INTERNAL_H
#define PPURI_HTTP_SERVER_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/body.h"
#include "http/server.h"
#include "http/sweep.h"
#include "http/workers.h"

enum server_state { SERVER_RUNNING, SERVER_DRAINING, SERVER_STOPPED };

struct http_server {
    struct http_server_options options;
    struct http_app app;
    struct MHD_Daemon *daemon;
    struct sweep *sweep;
    struct workers *workers;
    struct metrics *metrics;
    char *tls_key;
    char *tls_cert;
    char *timeout_text;
    uint16_t port;

    pthread_mutex_t lock; /* state, in_flight, streams */
    pthread_cond_t idle;
    enum server_state state;
    int64_t in_flight;
    struct stream *streams;
    int streams_n;
    int64_t next_beat_ms;

    atomic_bool draining;
    uint64_t id_seed;
    _Atomic uint64_t id_next;
};

/* What is kept of one connection, from accept to close. */
struct connection {
    struct sweep_entry sweep;
    char remote[64];
};

/* An open event stream: owned by its exchange, listed for beats and for the stop. */
struct stream {
    struct stream *next;
    struct stream *prev;
    struct sse_channel *channel;
    struct MHD_Connection *mhd;
    struct http_server *server;
    struct connection *connection;
};

enum exchange_stage {
    EXCHANGE_NEW,     /* headers not looked at yet */
    EXCHANGE_BODY,    /* body coming in, or complete at the next call without bytes */
    EXCHANGE_WORKING, /* suspended; a worker has it */
    EXCHANGE_SENDING  /* answer handed to the library */
};

/* One request with its answer, from its first line to the end of the answer. Freed only in exchange_completed. */
struct exchange {
    struct http_server *server;
    struct MHD_Connection *mhd;
    struct connection *connection;
    struct arena arena;
    struct http_request request;
    struct http_response response;
    struct http_plan plan;
    struct body_intake intake;
    const char *uri_at; /* where the library keeps the raw target, for the layout check */
    struct str raw_uri;
    bool uri_too_long;
    bool chunked;
    bool in_flight;
    int64_t body_limit;
    int64_t body_seen;
    int64_t sent_bytes;
    enum exchange_stage stage;
    atomic_bool done; /* set by the worker (release) before it resumes the connection */
    struct stream stream;
};

/* server_conn.c */
void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result exchange_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **req_cls);
void exchange_completed(void *cls, struct MHD_Connection *mhd, void **req_cls, enum MHD_RequestTerminationCode code);
void connection_notify(void *cls, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code);
void exchange_run(void *job);
void exchange_refuse(void *job);

/* server_send.c */
enum MHD_Result exchange_send(struct exchange *x);
/* The same for an error of this layer. */
enum MHD_Result exchange_send_error(struct exchange *x, int code);
/* The answer to a request that ran out of time, as bytes on the wire; to be freed. */
char *timeout_text_new(void);
void stream_end(struct exchange *x);
void streams_tick(struct http_server *s);
void streams_close(struct http_server *s);

#endif
