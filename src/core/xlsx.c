/* A sheet as a workbook, through libxlsxwriter, used only here. The library writes to a path: a file of this process
 * alone, read back and removed. */
#include "base/file.h"
#include "base/utf8.h"
#include "core/sheet.h"

#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { XLSX_BYTES_MAX = 16 << 20, CELL_CHARACTERS_MAX = 32767, WIDTH_LEAST = 10, WIDTH_MOST = 48 };

struct writer {
    const struct sheet *sheet;
    lxw_worksheet *page;
    lxw_format *bold;
};

static void put_cell(struct writer *w, size_t row, size_t column, const struct sheet_cell *c, lxw_format *format)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t col = (lxw_col_t)column;
    if (c->is_number) {
        worksheet_write_number(w->page, r, col, c->number, format);
        return;
    }
    worksheet_write_string(w->page, r, col, arena_c(w->sheet->arena, utf8_head(c->text, CELL_CHARACTERS_MAX)), format);
}

/* As wide as its longest text, within reason; a Korean letter takes two places of three bytes. */
static double width_of(const struct sheet *s, size_t column)
{
    size_t most = s->head.v[column].text.n;
    for (size_t i = 0; i < s->rows.n; i++)
        if (column < s->rows.v[i].n && s->rows.v[i].v[column].text.n > most)
            most = s->rows.v[i].v[column].text.n;
    double places = (double)most * 2 / 3 + 2;
    return places < WIDTH_LEAST ? WIDTH_LEAST : places > WIDTH_MOST ? WIDTH_MOST : places;
}

static void put_rows(struct writer *w)
{
    const struct sheet *s = w->sheet;
    for (size_t i = 0; i < s->head.n; i++) {
        worksheet_set_column(w->page, (lxw_col_t)i, (lxw_col_t)i, width_of(s, i), NULL);
        put_cell(w, 0, i, &s->head.v[i], w->bold);
    }
    for (size_t i = 0; i < s->rows.n; i++)
        for (size_t k = 0; k < s->rows.v[i].n; k++)
            put_cell(w, i + 1, k, &s->rows.v[i].v[k], NULL);
    worksheet_freeze_panes(w->page, 1, 0);
    if (s->head.n && s->rows.n)
        worksheet_autofilter(w->page, 0, 0, (lxw_row_t)s->rows.n, (lxw_col_t)(s->head.n - 1));
}

static enum status write_to(const struct sheet *s, const char *path)
{
    lxw_workbook *book = workbook_new(path);
    if (!book)
        return ST_IO;
    struct writer w = {s, workbook_add_worksheet(book, arena_c(s->arena, s->name)), workbook_add_format(book)};
    if (!w.page || !w.bold) {
        workbook_close(book);
        return ST_INVALID;
    }
    format_set_bold(w.bold);
    put_rows(&w);
    return workbook_close(book) == LXW_NO_ERROR ? ST_OK : ST_IO;
}

enum status sheet_xlsx(const struct sheet *s, struct buf *out)
{
    const char *folder = getenv("TMPDIR");
    static const char name[] = "/ppuri-sheet-XXXXXX";
    size_t n = strlen(folder = folder ? folder : "/tmp");
    char *path = arena_alloc(s->arena, n + sizeof name);
    memcpy(path, folder, n);
    memcpy(path + n, name, sizeof name);
    int fd = mkstemp(path);
    if (fd < 0)
        return ST_IO;
    close(fd);
    struct str bytes;
    enum status st = write_to(s, path);
    if (st == ST_OK)
        st = file_read(s->arena, path, XLSX_BYTES_MAX, &bytes);
    unlink(path);
    if (st == ST_OK)
        buf_add(out, bytes);
    return st;
}
