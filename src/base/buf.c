/* Growing buffer: doubles up to its maximum, amortised O(1) a byte; running out of memory ends the process. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){NULL, 0, 0, max_bytes, false};
}

void buf_release(struct buf *b)
{
    free(b->p);
    *b = (struct buf){NULL, 0, 0, b->max, false};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->overflow = false;
}

char *buf_room(struct buf *b, size_t n)
{
    if (b->overflow || n > b->max - b->n) {
        b->overflow = true;
        return NULL;
    }
    size_t want = b->n + n;
    if (want > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 1024;
        while (cap < want)
            cap *= 2;
        if (cap > b->max)
            cap = b->max;
        char *p = realloc(b->p, cap);
        if (!p) {
            fprintf(stderr, "ppuri: out of memory (%zu bytes)\n", cap);
            abort();
        }
        b->p = p;
        b->cap = cap;
    }
    return b->p ? b->p + b->n : NULL;
}

void buf_reserve(struct buf *b, size_t bytes)
{
    if (bytes > b->cap && bytes <= b->max - b->n)
        (void)buf_room(b, bytes - b->n);
}

void buf_grown(struct buf *b, size_t n)
{
    b->n += n;
}

void buf_add(struct buf *b, struct str s)
{
    if (!s.n)
        return;
    char *p = buf_room(b, s.n);
    if (!p)
        return;
    memcpy(p, s.p, s.n);
    b->n += s.n;
}

void buf_add_c(struct buf *b, const char *s)
{
    buf_add(b, str_c(s));
}

void buf_add_byte(struct buf *b, char c)
{
    char *p = buf_room(b, 1);
    if (!p)
        return;
    *p = c;
    b->n++;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    char text[256];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0)
        return;
    if ((size_t)n < sizeof text) {
        buf_add(b, str_n(text, (size_t)n));
        return;
    }
    char *p = buf_room(b, (size_t)n + 1);
    if (!p)
        return;
    va_start(args, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, args);
    va_end(args);
    b->n += (size_t)n;
}

enum status buf_status(const struct buf *b)
{
    return b->overflow ? ST_TOO_LARGE : ST_OK;
}
