/* A table on its way out as a file: one head, rows of texts and numbers. Written as CSV or as a workbook. */
#ifndef PPURI_CORE_SHEET_H
#define PPURI_CORE_SHEET_H

#include "base/arena.h"
#include "base/buf.h"

struct sheet_cell {
    struct str text;
    bool is_number;
    double number;
};

struct sheet_row {
    struct sheet_cell *v;
    size_t n;
    size_t cap;
};

struct sheet {
    struct arena *arena;
    struct str name; /* of the workbook's one sheet */
    struct sheet_row head;
    struct {
        struct sheet_row *v;
        size_t n;
        size_t cap;
    } rows;
};

void sheet_init(struct sheet *s, struct arena *a, struct str name);
void sheet_head(struct sheet *s, struct str text);
void sheet_row(struct sheet *s);
/* Into the row begun last. */
void sheet_text(struct sheet *s, struct str text);
void sheet_number(struct sheet *s, double number);

/* With a byte order mark, so that spreadsheets read Korean; a text that a spreadsheet would take for a formula is
   preceded by an apostrophe. */
void sheet_csv(const struct sheet *s, struct buf *out);
/* core/xlsx.c. ST_IO: no room for the temporary file. */
MUST_USE enum status sheet_xlsx(const struct sheet *s, struct buf *out);

#endif
