/* Server-sent events: a bounded queue of bytes between threads that have news and one connection that sends them. */
#ifndef PPURI_HTTP_SSE_H
#define PPURI_HTTP_SSE_H

#include "base/status.h"
#include "base/str.h"

enum { SSE_PENDING_BYTES_MAX = 64 << 10 };

struct sse_channel;

struct sse_event {
    struct str name; /* letters, digits, - and _; may be empty */
    struct str id;   /* the same; may be empty */
    struct str data; /* any text; its lines become data lines */
};

/* Reference counted: the creator holds one, each answer that streams it another; one answer a channel. */
struct sse_channel *sse_new(void);
struct sse_channel *sse_ref(struct sse_channel *c);
void sse_unref(struct sse_channel *c);

/* From any thread. ST_FULL when the client does not keep up: the channel is closed then, the browser comes back with
   Last-Event-ID; ST_NOT_FOUND when it is closed already; ST_INVALID for a bad name or id. */
MUST_USE enum status sse_push(struct sse_channel *c, const struct sse_event *e);
/* A comment line, so that a gone client is noticed. Left out when something is waiting already. */
void sse_beat(struct sse_channel *c);
void sse_close(struct sse_channel *c);
bool sse_is_closed(struct sse_channel *c);

/* For the sending side: bytes to send into out (at most n); 0 when there is nothing now and `sleep` was called, under
   the channel's lock; -1 at the end. `wake` is called once, from any thread, after each `sleep`. */
struct sse_waiter {
    void (*sleep)(void *arg);
    void (*wake)(void *arg);
    void *arg;
};
void sse_attach(struct sse_channel *c, struct sse_waiter w);
ptrdiff_t sse_take(struct sse_channel *c, char *out, size_t n);
/* The connection is gone: no more sleep or wake; closes. */
void sse_detach(struct sse_channel *c);

#endif
