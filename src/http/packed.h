/*
 * A text answer cut at its secrets, and its gzip. The compressor never sees a secret: each stands in a stored block of
 * its own, so the length of an answer does not depend on whether something else on the page resembles it (BREACH).
 * The same cut serves another visitor with other secrets, without compressing again.
 */
#ifndef PPURI_HTTP_PACKED_H
#define PPURI_HTTP_PACKED_H

#include "base/buf.h"
#include "base/vec.h"

enum { SECRETS_MAX = 4, SECRET_BYTES_MAX = 1024 };

/* Tokens on a page, by what they are for; an empty one is not there. */
struct secrets {
    struct str v[SECRETS_MAX];
};

struct packed_part {
    struct str text; /* empty where a secret stands */
    struct str gzip; /* whole bytes of deflate, after packed_compress */
    uint32_t crc;
    int secret; /* index, -1 for text */
};

struct packed {
    struct packed_part *v;
    size_t n;
    size_t cap;
    bool compressed;
};

/* Parts of `body`, which they point into. */
void packed_cut(struct arena *a, struct str body, const struct secrets *secrets, struct packed *out);
void packed_compress(struct arena *a, struct packed *p);
void packed_write(const struct packed *p, const struct secrets *secrets, struct buf *out);
/* A gzip member; after packed_compress. */
void packed_write_gzip(const struct packed *p, const struct secrets *secrets, struct buf *out);

#endif
