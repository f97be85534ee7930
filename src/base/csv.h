/* CSV in, row by row (libcsv is used only here): quotes, quoted line ends, LF or CRLF, an optional UTF-8 BOM. And cells
   out. */
#ifndef PPURI_BASE_CSV_H
#define PPURI_BASE_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/vec.h"

struct csv_row {
    size_t line; /* line of the file on which the row begins, from 1 */
    struct str *v;
    size_t n;
};

struct csv_table {
    struct csv_row *v;
    size_t n;
    size_t cap;
};

/* The whole text as rows; empty lines are left out. ST_INVALID with *bad_line set when a quote is out of place.
   Cells live in the arena. The caller bounds s.n before. */
MUST_USE enum status csv_read(struct arena *a, struct str s, struct csv_table *out, size_t *bad_line);
/* The same with another separator between cells. */
MUST_USE enum status csv_read_separated(struct arena *a, struct str s, char separator, struct csv_table *out,
                                        size_t *bad_line);
/* Comma, semicolon or tab: what the first line has most of outside quotes; comma when it has none. */
char csv_separator(struct str s);
/* Column of `name` in the header row, or -1. */
ptrdiff_t csv_column(const struct csv_row *header, struct str name);
/* The cell, or the empty text when the row is shorter or col is -1. */
struct str csv_cell(const struct csv_row *row, ptrdiff_t col);
/* Appends the text as one cell, in quotes when it needs them. */
void csv_put(struct buf *out, struct str cell);

#endif
