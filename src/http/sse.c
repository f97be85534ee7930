/*
 * One mutex a channel. Guarantees: bytes leave in the order they were pushed and only whole events are queued; wake is
 * never called without a sleep before. Costs one memmove of what is left a send. Must not call back into the pusher.
 */
#include "http/sse.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"

struct sse_channel {
    pthread_mutex_t lock;
    struct buf pending;
    struct sse_waiter waiter;
    unsigned refs;
    bool asleep;
    bool closed;
};

struct sse_channel *sse_new(void)
{
    struct sse_channel *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    pthread_mutex_init(&c->lock, NULL);
    buf_init(&c->pending, SSE_PENDING_BYTES_MAX);
    c->refs = 1;
    return c;
}

struct sse_channel *sse_ref(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    c->refs++;
    pthread_mutex_unlock(&c->lock);
    return c;
}

void sse_unref(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    bool last = --c->refs == 0;
    pthread_mutex_unlock(&c->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&c->lock);
    buf_release(&c->pending);
    free(c);
}

static void wake_locked(struct sse_channel *c)
{
    if (!c->asleep)
        return;
    c->asleep = false;
    c->waiter.wake(c->waiter.arg);
}

static bool word_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        if (!(c >= 'a' && c <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-' && s.p[i] != '_')
            return false;
    }
    return s.n <= 100;
}

static void event_write(struct buf *b, const struct sse_event *e)
{
    if (e->name.n)
        buf_printf(b, "event: " STR_FMT "\n", STR_ARG(e->name));
    if (e->id.n)
        buf_printf(b, "id: " STR_FMT "\n", STR_ARG(e->id));
    struct str rest = e->data.p ? e->data : STR(""), line;
    while (str_next(&rest, '\n', &line)) {
        buf_add_c(b, "data: ");
        for (size_t i = 0; i < line.n; i++)
            buf_add_byte(b, line.p[i] == '\r' ? ' ' : line.p[i]);
        buf_add_byte(b, '\n');
    }
    buf_add_byte(b, '\n');
}

enum status sse_push(struct sse_channel *c, const struct sse_event *e)
{
    if (!word_ok(e->name) || !word_ok(e->id))
        return ST_INVALID;
    enum status st = ST_NOT_FOUND;
    pthread_mutex_lock(&c->lock);
    if (!c->closed) {
        size_t before = c->pending.n;
        event_write(&c->pending, e);
        st = ST_OK;
        if (buf_status(&c->pending) != ST_OK) {
            c->pending.n = before;
            c->closed = true;
            st = ST_FULL;
        }
        wake_locked(c);
    }
    pthread_mutex_unlock(&c->lock);
    return st;
}

void sse_beat(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    if (!c->closed && !c->pending.n) {
        buf_add_c(&c->pending, ":\n\n");
        wake_locked(c);
    }
    pthread_mutex_unlock(&c->lock);
}

void sse_close(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    c->closed = true;
    wake_locked(c);
    pthread_mutex_unlock(&c->lock);
}

bool sse_is_closed(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    bool closed = c->closed;
    pthread_mutex_unlock(&c->lock);
    return closed;
}

void sse_attach(struct sse_channel *c, struct sse_waiter w)
{
    pthread_mutex_lock(&c->lock);
    c->waiter = w;
    pthread_mutex_unlock(&c->lock);
}

ptrdiff_t sse_take(struct sse_channel *c, char *out, size_t n)
{
    pthread_mutex_lock(&c->lock);
    size_t taken = c->pending.n < n ? c->pending.n : n;
    ptrdiff_t result = (ptrdiff_t)taken;
    if (taken) {
        memcpy(out, c->pending.p, taken);
        memmove(c->pending.p, c->pending.p + taken, c->pending.n - taken);
        c->pending.n -= taken;
    } else if (c->closed) {
        result = -1;
    } else {
        c->asleep = true;
        c->waiter.sleep(c->waiter.arg);
    }
    pthread_mutex_unlock(&c->lock);
    return result;
}

void sse_detach(struct sse_channel *c)
{
    pthread_mutex_lock(&c->lock);
    c->asleep = false;
    c->closed = true;
    pthread_mutex_unlock(&c->lock);
}
