/* Files inside the binary, as tools/embed lays them out. */
#ifndef PPURI_BASE_EMBEDDED_H
#define PPURI_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name;
    const unsigned char *bytes; /* a NUL stands behind them */
    size_t n;
};

extern const struct embedded embedded_vocab[];
extern const struct embedded embedded_migrations[];

/* A file for browsers. Its path changes with its content, so it may be kept for ever; gzip and br are NULL where they
   save nothing. */
struct asset {
    const char *name; /* "ppuri.css" */
    const char *path; /* "/assets/ppuri.0123456789abcdef.css" */
    const char *type; /* of the Content-Type header */
    struct embedded plain;
    struct embedded gzip;
    struct embedded br;
};

/* In the order of the build file, ended by a row of NULLs. */
extern const struct asset embedded_assets[];

#endif
