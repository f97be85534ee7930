/* A growing byte buffer with a mandatory maximum. Over the maximum it stays at what it has and remembers the failure.
 */
#ifndef PPURI_BASE_BUF_H
#define PPURI_BASE_BUF_H

#include "base/status.h"
#include "base/str.h"

struct buf {
    char *p;
    size_t n;
    size_t cap;
    size_t max;
    bool overflow;
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_release(struct buf *b);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_add_c(struct buf *b, const char *s);
void buf_add_byte(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for n more bytes at the returned place, NULL over the maximum; count them in with buf_grown. */
/* Grows at once to what will probably be needed. */
void buf_reserve(struct buf *b, size_t bytes);
char *buf_room(struct buf *b, size_t n);
void buf_grown(struct buf *b, size_t n);
/* ST_TOO_LARGE once anything did not fit. */
MUST_USE enum status buf_status(const struct buf *b);

static inline struct str buf_str(const struct buf *b)
{
    return str_n(b->p, b->n);
}

#define AUTO_BUF __attribute__((cleanup(buf_release))) struct buf

#endif
