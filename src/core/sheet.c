#include "core/sheet.h"

#include "base/csv.h"
#include "base/json.h"
#include "base/vec.h"

void sheet_init(struct sheet *s, struct arena *a, struct str name)
{
    *s = (struct sheet){.arena = a, .name = name};
}

void sheet_head(struct sheet *s, struct str text)
{
    VEC_PUSH(s->arena, &s->head, ((struct sheet_cell){.text = text}));
}

void sheet_row(struct sheet *s)
{
    VEC_PUSH(s->arena, &s->rows, ((struct sheet_row){.v = NULL}));
}

void sheet_text(struct sheet *s, struct str text)
{
    VEC_PUSH(s->arena, &s->rows.v[s->rows.n - 1], ((struct sheet_cell){.text = text}));
}

void sheet_number(struct sheet *s, double number)
{
    VEC_PUSH(s->arena, &s->rows.v[s->rows.n - 1], ((struct sheet_cell){.is_number = true, .number = number}));
}

static void put_cell(struct arena *a, const struct sheet_cell *c, struct buf *out)
{
    char number[32];
    if (c->is_number) {
        json_real_text(c->number, number);
        buf_add_c(out, number);
        return;
    }
    bool formula = c->text.n && strchr("=+-@\t\r", c->text.p[0]);
    csv_put(out, formula ? arena_printf(a, "'" STR_FMT, STR_ARG(c->text)) : c->text);
}

static void put_row(struct arena *a, const struct sheet_row *row, struct buf *out)
{
    for (size_t i = 0; i < row->n; i++) {
        if (i)
            buf_add_c(out, ",");
        put_cell(a, &row->v[i], out);
    }
    buf_add_c(out, "\r\n");
}

void sheet_csv(const struct sheet *s, struct buf *out)
{
    buf_add_c(out, "\xef\xbb\xbf");
    put_row(s->arena, &s->head, out);
    for (size_t i = 0; i < s->rows.n; i++)
        put_row(s->arena, &s->rows.v[i], out);
}
