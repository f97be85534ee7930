/* Deadlines of connections: one thread cuts those that are over theirs. Slow clients cannot hold a place for long. */
#ifndef PPURI_HTTP_SWEEP_H
#define PPURI_HTTP_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the connection is waiting for. In HEAD and BODY a request has begun and no answer yet: a plain connection gets
   the 408 text before it is cut. */
enum sweep_phase { SWEEP_START, SWEEP_HEAD, SWEEP_BODY, SWEEP_WORK, SWEEP_SEND, SWEEP_IDLE };

/* One connection; embedded in what its owner keeps of it. */
struct sweep_entry {
    struct sweep_entry *next;
    struct sweep_entry *prev;
    int fd;
    bool plain; /* no TLS */
    bool cut;
    enum sweep_phase phase;
    int64_t deadline_ms; /* on the steady clock; 0: none */
};

struct sweep;

struct sweep_options {
    int tick_ms;
    const char *timeout_text; /* a whole HTTP answer; lives as long as the sweep */
    void (*on_cut)(void *arg);
    void (*on_tick)(void *arg); /* every tick, without the lock */
    void *arg;
};

/* NULL when the thread cannot be started. */
struct sweep *sweep_new(struct sweep_options options);
void sweep_free(struct sweep *s);

int64_t sweep_now_ms(void);
void sweep_add(struct sweep *s, struct sweep_entry *e);
/* After this the entry's descriptor is never touched again, so it may be closed. */
void sweep_remove(struct sweep *s, struct sweep_entry *e);
/* Deadline in `in_ms` from now; 0 means none. */
void sweep_set(struct sweep *s, struct sweep_entry *e, enum sweep_phase phase, int64_t in_ms);
/* The same, but never later than the deadline it has. */
void sweep_tighten(struct sweep *s, struct sweep_entry *e, enum sweep_phase phase, int64_t in_ms);

#endif
