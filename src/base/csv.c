/* Collects libcsv's callbacks into rows. Linear; holds the whole table in the arena. */
#include "base/csv.h"

#include <csv.h>

struct collector {
    struct arena *arena;
    struct csv_table *table;
    struct str_list cells;
    size_t line;
    size_t row_line;
    bool in_row;
};

static void on_cell(void *p, size_t n, void *arg)
{
    struct collector *c = arg;
    if (!c->in_row) {
        c->in_row = true;
        c->row_line = c->line;
    }
    struct str cell = p ? arena_str(c->arena, str_n(p, n)) : STR("");
    VEC_PUSH(c->arena, &c->cells, cell);
}

static void on_row(int end, void *arg)
{
    (void)end;
    struct collector *c = arg;
    if (!c->in_row)
        return;
    struct csv_row *row = VEC_ADD(c->arena, c->table);
    *row = (struct csv_row){c->row_line, c->cells.v, c->cells.n};
    c->cells = (struct str_list){NULL, 0, 0};
    c->in_row = false;
}

/* Fed a line at a time so that each row knows its line. */
static bool feed(struct csv_parser *parser, struct collector *c, struct str s)
{
    while (s.n) {
        ptrdiff_t end = str_find_byte(s, '\n');
        size_t n = end < 0 ? s.n : (size_t)end + 1;
        c->line++;
        if (csv_parse(parser, s.p, n, on_cell, on_row, c) != n)
            return false;
        s = str_drop(s, n);
    }
    return true;
}

enum status csv_read(struct arena *a, struct str s, struct csv_table *out, size_t *bad_line)
{
    return csv_read_separated(a, s, ',', out, bad_line);
}

char csv_separator(struct str s)
{
    static const char separators[] = {',', ';', '\t'};
    size_t count[sizeof separators] = {0};
    bool quoted = false;
    for (size_t i = 0; i < s.n && s.p[i] != '\n'; i++) {
        quoted ^= s.p[i] == '"';
        for (size_t k = 0; k < sizeof separators && !quoted; k++)
            count[k] += s.p[i] == separators[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < sizeof separators; k++)
        if (count[k] > count[best])
            best = k;
    return separators[best];
}

enum status csv_read_separated(struct arena *a, struct str s, char separator, struct csv_table *out, size_t *bad_line)
{
    if (str_starts(s, STR("\xef\xbb\xbf")))
        s = str_drop(s, 3);
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL))
        return ST_BUG;
    csv_set_delim(&parser, (unsigned char)separator);
    struct collector c = {.arena = a, .table = out};
    *out = (struct csv_table){NULL, 0, 0};
    bool good = feed(&parser, &c, s) && csv_fini(&parser, on_cell, on_row, &c) == 0;
    csv_free(&parser);
    *bad_line = good ? 0 : c.in_row ? c.row_line : c.line;
    return good ? ST_OK : ST_INVALID;
}

ptrdiff_t csv_column(const struct csv_row *header, struct str name)
{
    for (size_t i = 0; i < header->n; i++)
        if (str_eq(str_trim(header->v[i]), name))
            return (ptrdiff_t)i;
    return -1;
}

struct str csv_cell(const struct csv_row *row, ptrdiff_t col)
{
    return col >= 0 && (size_t)col < row->n ? row->v[col] : STR("");
}

void csv_put(struct buf *out, struct str cell)
{
    bool quote = cell.n && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ');
    for (size_t i = 0; i < cell.n && !quote; i++)
        quote = strchr("\",;\t\r\n", cell.p[i]) != NULL;
    if (!quote) {
        buf_add(out, cell);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, cell.p[i]);
    }
    buf_add_byte(out, '"');
}
