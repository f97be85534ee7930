/* Whole files in, with a bound. */
#ifndef PPURI_BASE_FILE_H
#define PPURI_BASE_FILE_H

#include "base/arena.h"
#include "base/status.h"

/* "-" is standard input. ST_NOT_FOUND, ST_IO, or ST_TOO_LARGE over max_bytes. */
MUST_USE enum status file_read(struct arena *a, const char *path, size_t max_bytes, struct str *out);

#endif
