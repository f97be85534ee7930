/* Configuration files of "name = value" lines (libinih is used only here): comments with # or ;, UTF-8 with an optional
 * BOM. */
#ifndef PPURI_BASE_INI_H
#define PPURI_BASE_INI_H

#include "base/arena.h"
#include "base/status.h"
#include "base/vec.h"

struct ini_entry {
    struct str section; /* empty before the first [section] */
    struct str name;
    struct str value;
};

struct ini_entry_list {
    struct ini_entry *v;
    size_t n;
    size_t cap;
};

/* Longest line, in bytes; what libinih cuts silently is refused here. */
enum { INI_LINE_BYTES_MAX = 190 };

/* Entries in the order of the text, in the arena. ST_INVALID with *bad_line (from 1) set: no UTF-8, a line that is
   neither entry nor section nor comment, a line that is too long, or one that begins with a blank. The caller bounds
   text.n before. */
MUST_USE enum status ini_read(struct arena *a, struct str text, struct ini_entry_list *out, size_t *bad_line);

#endif
