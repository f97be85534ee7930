/*
 * Raw deflate, each text by itself: nothing refers across a secret, whose length may differ at the next visitor. Pages
 * have few secrets, so little is lost. Costs some 10 ns a byte; written again from the parts, the copying.
 */
#include "http/packed.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LEVEL = 5 };

/* Where the next secret begins, or the end of the text. */
static size_t next_secret(struct str rest, const struct secrets *secrets, int *which)
{
    size_t at = rest.n;
    *which = -1;
    for (int i = 0; i < SECRETS_MAX; i++) {
        struct str s = secrets->v[i];
        const char *found = s.n && s.n <= SECRET_BYTES_MAX ? memmem(rest.p, at, s.p, s.n) : NULL;
        if (!found)
            continue;
        at = (size_t)(found - rest.p);
        *which = i;
    }
    return at;
}

void packed_cut(struct arena *a, struct str body, const struct secrets *secrets, struct packed *out)
{
    struct str rest = body;
    *out = (struct packed){NULL, 0, 0, false};
    while (rest.n) {
        int which;
        size_t at = next_secret(rest, secrets, &which);
        if (at)
            VEC_PUSH(a, out, ((struct packed_part){.text = str_n(rest.p, at), .secret = -1}));
        if (which >= 0) {
            VEC_PUSH(a, out, ((struct packed_part){.text = STR(""), .secret = which}));
            at += secrets->v[which].n;
        }
        rest = str_drop(rest, at);
    }
}

static struct str deflated(struct arena *a, z_stream *z, struct str text)
{
    if (deflateReset(z) != Z_OK)
        abort();
    size_t room = deflateBound(z, text.n) + 64;
    char *out = arena_raw(a, room, 1);
    z->next_in = (z_const Bytef *)(uintptr_t)text.p;
    z->avail_in = (uInt)text.n;
    z->next_out = (Bytef *)out;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FULL_FLUSH) != Z_OK || z->avail_in)
        abort();
    return str_n(out, room - z->avail_out);
}

void packed_compress(struct arena *a, struct packed *p)
{
    z_stream z = {0};
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    for (size_t i = 0; i < p->n; i++) {
        struct packed_part *part = &p->v[i];
        if (part->secret >= 0)
            continue;
        part->gzip = deflated(a, &z, part->text);
        part->crc = (uint32_t)crc32_z(0, (const Bytef *)part->text.p, part->text.n);
    }
    deflateEnd(&z);
    p->compressed = true;
}

void packed_write(const struct packed *p, const struct secrets *secrets, struct buf *out)
{
    for (size_t i = 0; i < p->n; i++)
        buf_add(out, p->v[i].secret < 0 ? p->v[i].text : secrets->v[p->v[i].secret]);
}

static void add_little_endian(struct buf *out, uint32_t x)
{
    for (int i = 0; i < 4; i++)
        buf_add_byte(out, (char)(x >> 8 * i & 0xff));
}

/* RFC 1951, 3.2.4: not the last block, no compression, length and its complement. */
static void add_stored(struct buf *out, struct str s)
{
    buf_add_byte(out, 0);
    add_little_endian(out, (uint32_t)s.n | ~(uint32_t)s.n << 16);
    buf_add(out, s);
}

void packed_write_gzip(const struct packed *p, const struct secrets *secrets, struct buf *out)
{
    static const char head[10] = {0x1f, (char)0x8b, 8, 0, 0, 0, 0, 0, 0, (char)0xff};
    static const char last[2] = {3, 0};
    uint32_t crc = 0, bytes = 0;
    buf_add(out, str_n(head, sizeof head));
    for (size_t i = 0; i < p->n; i++) {
        const struct packed_part *part = &p->v[i];
        struct str s = part->secret < 0 ? part->text : secrets->v[part->secret];
        if (part->secret < 0) {
            buf_add(out, part->gzip);
            crc = (uint32_t)crc32_combine(crc, part->crc, (z_off_t)s.n);
        } else {
            add_stored(out, s);
            crc = (uint32_t)crc32_z(crc, (const Bytef *)s.p, s.n);
        }
        bytes += (uint32_t)s.n;
    }
    buf_add(out, str_n(last, sizeof last));
    add_little_endian(out, crc);
    add_little_endian(out, bytes);
}
