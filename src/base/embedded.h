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

#endif
