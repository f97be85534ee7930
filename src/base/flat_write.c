/* JSON objects to rows. Cells that a spreadsheet would take for a formula get a ' in front, which flat_read.c takes off
 * again. */
#include "base/flat.h"

static const struct json *member_at(const struct json *object, const char *path)
{
    struct str rest = str_c(path), name;
    while (object && str_next(&rest, '.', &name))
        object = object->kind == JSON_IS_OBJ ? json_get(object, name) : NULL;
    return object;
}

static void add_number(struct buf *out, const struct json *v)
{
    char text[32];
    if (v->kind == JSON_IS_INT) {
        buf_printf(out, "%lld", (long long)v->whole);
    } else if (v->kind == JSON_IS_REAL) {
        json_real_text(v->real, text);
        buf_add_c(out, text);
    }
}

/* One entry of a list: | and \ are marked with \. */
static void add_entry(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|' || s.p[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, s.p[i]);
    }
}

static void add_list(struct buf *out, const struct flat_column *c, const struct json *v)
{
    if (v->kind != JSON_IS_ARR)
        return;
    if (v->n == 0)
        buf_add_byte(out, '-');
    for (size_t i = 0; i < v->n; i++) {
        const struct json *item = &v->items[i];
        if (i)
            buf_add_byte(out, '|');
        if (c->kind == FLAT_LIST) {
            add_entry(out, item->text);
            continue;
        }
        const struct json *code = json_get(item, STR("code")), *more = json_get(item, str_c(c->mark + 1));
        if (code)
            add_entry(out, code->text);
        if (more && more->kind == JSON_IS_STR) {
            buf_add_byte(out, c->mark[0]);
            add_entry(out, more->text);
        }
    }
}

static bool looks_like_formula(struct str s)
{
    return s.n && strchr("=+-@\t\r'", s.p[0]) != NULL;
}

static void put_cell(const struct flat_column *c, size_t part, const struct json *v, struct buf *out)
{
    AUTO_BUF cell;
    buf_init(&cell, out->max);
    if (v && c->kind == FLAT_TEXT && v->kind == JSON_IS_STR)
        buf_add(&cell, v->text);
    else if (v && c->kind == FLAT_NUMBER)
        add_number(&cell, v);
    else if (v && c->kind == FLAT_PART && v->kind == JSON_IS_ARR && part < v->n)
        add_number(&cell, &v->items[part]);
    else if (v && (c->kind == FLAT_LIST || c->kind == FLAT_MARKED))
        add_list(&cell, c, v);
    bool none = v && v->kind == JSON_IS_ARR && v->n == 0;
    bool words = c->kind == FLAT_TEXT || c->kind == FLAT_LIST || c->kind == FLAT_MARKED;
    AUTO_BUF safe;
    buf_init(&safe, out->max);
    if (words && !none && looks_like_formula(buf_str(&cell)))
        buf_add_byte(&safe, '\'');
    buf_add(&safe, buf_str(&cell));
    csv_put(out, buf_str(&safe));
}

static void put_row(const struct flat_table *t, const struct json *object, const struct json *item, size_t number,
                    struct buf *out)
{
    size_t part = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct flat_column *c = &t->v[i];
        const struct json *from = c->scope == FLAT_HEAD ? object : item;
        bool next_part = i && c->kind == FLAT_PART && strcmp(c->path, t->v[i - 1].path) == 0;
        part = next_part ? part + 1 : 0;
        if (i)
            buf_add_byte(out, ',');
        if (c->kind == FLAT_ORDER)
            buf_printf(out, "%zu", number);
        else
            put_cell(c, part, from ? member_at(from, c->path) : NULL, out);
    }
    buf_add_byte(out, '\n');
}

void flat_put(const struct flat_table *t, const struct json *object, struct buf *out)
{
    const struct json *items = json_get(object, str_c(t->items));
    size_t n = items && items->kind == JSON_IS_ARR ? items->n : 0;
    if (n == 0)
        put_row(t, object, NULL, 1, out);
    for (size_t i = 0; i < n; i++)
        put_row(t, object, &items->items[i], i + 1, out);
}

void flat_put_header(const struct flat_table *t, bool korean, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++) {
        if (i)
            buf_add_byte(out, ',');
        csv_put(out, str_c(korean ? t->v[i].ko : t->v[i].en));
    }
    buf_add_byte(out, '\n');
}

void flat_put_example(const struct flat_table *t, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++) {
        if (i)
            buf_add_byte(out, ',');
        csv_put(out, str_c(t->v[i].example));
    }
    buf_add_byte(out, '\n');
}

static const char *kind_words(const struct flat_column *c)
{
    static const char *const words[] = {"text", "number", "list", "number", "list", "number"};
    return words[c->kind];
}

void flat_put_markdown(const struct flat_table *t, struct buf *out)
{
    buf_add_c(out, "| English | Korean | field | kind | example |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < t->n; i++) {
        const struct flat_column *c = &t->v[i];
        buf_printf(out, "| %s | %s | ", c->en, c->ko);
        if (c->kind == FLAT_ORDER)
            buf_printf(out, "order of `%s`", t->items);
        else
            buf_printf(out, "`%s%s%s`", c->scope == FLAT_ITEM ? t->items : "", c->scope == FLAT_ITEM ? "[]." : "",
                       c->path);
        buf_printf(out, " | %s | ", kind_words(c));
        for (const char *p = c->example; *p; p++) {
            if (*p == '|')
                buf_add_byte(out, '\\');
            buf_add_byte(out, *p);
        }
        buf_add_c(out, " |\n");
    }
}
