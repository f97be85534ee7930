/*
 * Everything viewc writes: C with #line directives, the list of texts, error messages. The expression of an author
 * stands alone on its line behind as many blanks as in the source, so the C compiler's own message names the right
 * column.
 */
#include <stdarg.h>
#include <stdio.h>

#include "i18n/pattern.h"
#include "viewc.h"

static size_t line_start(struct str src, size_t at)
{
    while (at && src.p[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_number(struct str src, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += src.p[i] == '\n';
    return line;
}

/* Columns as gcc counts them: a Korean syllable is two wide. */
static size_t display_width(struct str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        if ((byte & 0xc0) != 0x80)
            width += byte >= 0xe3 && byte <= 0xf0 ? 2 : 1;
    }
    return width;
}

void fail(struct viewc *c, size_t at, const char *fmt, ...)
{
    char reason[300];
    va_list args;
    va_start(args, fmt);
    vsnprintf(reason, sizeof reason, fmt, args);
    va_end(args);
    if (at > c->src.n)
        at = c->src.n;
    size_t start = line_start(c->src, at);
    struct str line = str_drop(c->src, start);
    ptrdiff_t end = str_find_byte(line, '\n');
    if (end >= 0)
        line.n = (size_t)end;
    size_t line_n = line_number(c->src, at);
    size_t column = display_width(str_n(c->src.p + start, at - start));
    struct buf *out = &c->out->error;
    buf_printf(out, "%s:%zu:%zu: error: %s\n%5zu | ", c->file, line_n, column + 1, reason, line_n);
    buf_add(out, line);
    buf_printf(out, "\n      | %*s^\n", (int)(column > 1000 ? 1000 : column), "");
    longjmp(c->failed, 1);
}

void write_literal(struct buf *out, struct str s)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        if (byte == '\n')
            buf_add_c(out, "\\n");
        else if (byte == '"' || byte == '\\' || byte == '?')
            buf_printf(out, "\\%c", byte);
        else if (byte < ' ' || byte == 0x7f)
            buf_printf(out, "\\%03o", byte);
        else
            buf_add_byte(out, (char)byte);
    }
    buf_add_byte(out, '"');
}

/* In pieces, because compilers need not take string literals over 4,095 bytes. */
void write_flush(struct viewc *c)
{
    struct str s = buf_str(&c->text);
    while (s.n) {
        size_t n = s.n < 1000 ? s.n : 1000;
        while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
            n++;
        buf_add_c(&c->body, "    emit_raw(v, ");
        write_literal(&c->body, str_n(s.p, n));
        buf_printf(&c->body, ", %zu);\n", n);
        s = str_drop(s, n);
    }
    buf_clear(&c->text);
}

static void write_line(struct viewc *c, struct buf *out, size_t at)
{
    buf_printf(out, "\n#line %zu ", line_number(c->src, at));
    write_literal(out, str_c(c->file));
    buf_add_byte(out, '\n');
    for (size_t i = line_start(c->src, at); i < at; i++)
        buf_add_byte(out, c->src.p[i] == '\t' ? '\t' : ' ');
}

void write_code(struct viewc *c, struct buf *out, struct code code)
{
    write_line(c, out, code.at);
    buf_add(out, code.text);
    buf_add_byte(out, '\n');
}

void write_expr(struct viewc *c, struct code code, const char *macro, struct str attr)
{
    write_flush(c);
    write_texts(c, code);
    buf_add_c(&c->body, "    { const __auto_type x_ =");
    write_code(c, &c->body, code);
    buf_add_byte(&c->body, ';');
    write_line(c, &c->body, code.at);
    buf_printf(&c->body, "%s(v, ", macro);
    if (attr.n) {
        buf_add_c(&c->body, "STR(\" ");
        buf_add(&c->body, attr);
        buf_add_c(&c->body, "\"), ");
    }
    buf_add_c(&c->body, "x_); }\n");
    c->started = true;
}

void write_text_use(struct viewc *c, struct str text, size_t at)
{
    const char *wrong = pattern_error(text);
    if (wrong)
        fail(c, at, "%s", wrong);
    for (size_t i = 0; i < c->texts.n; i++)
        if (str_eq(c->texts.v[i], text))
            return;
    VEC_PUSH(c->arena, &c->texts, text);
    struct buf *pot = &c->out->pot;
    buf_printf(pot, "#: %s:%zu\nmsgid ", c->file, line_number(c->src, at));
    write_literal(pot, text);
    buf_add_c(pot, "\nmsgstr \"\"\n\n");
}

/* Notes every T("...") inside an expression. */
void write_texts(struct viewc *c, struct code code)
{
    struct str s = code.text;
    for (size_t i = 0; i + 3 < s.n; i++) {
        if (s.p[i] != 'T' || s.p[i + 1] != '(' || s.p[i + 2] != '"' || (i && is_word(s.p[i - 1])))
            continue;
        struct str rest = str_drop(s, i + 3);
        ptrdiff_t end = str_find_byte(rest, '"');
        if (end < 0)
            return;
        struct str text = str_n(rest.p, (size_t)end);
        if (str_find_byte(text, '\\') >= 0)
            fail(c, code.at + i, "no backslash inside T(\"...\")");
        if (text.n)
            write_text_use(c, text, code.at + i + 3);
    }
}
