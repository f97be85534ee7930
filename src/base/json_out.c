/* Streaming writer. Strings are escaped so that the text is also safe inside HTML script and on one line. */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void jout_init(struct json_out *j, struct buf *buf)
{
    *j = (struct json_out){.buf = buf, .first = {true}};
}

static void before_value(struct json_out *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (!j->first[j->depth])
        buf_add_byte(j->buf, ',');
    j->first[j->depth] = false;
}

static void open_level(struct json_out *j, char open, char close)
{
    before_value(j);
    if (j->depth == 32)
        abort();
    buf_add_byte(j->buf, open);
    j->depth++;
    j->first[j->depth] = true;
    j->close[j->depth] = close;
}

void jout_obj(struct json_out *j)
{
    open_level(j, '{', '}');
}

void jout_arr(struct json_out *j)
{
    open_level(j, '[', ']');
}

void jout_end(struct json_out *j)
{
    buf_add_byte(j->buf, j->close[j->depth]);
    j->depth--;
}

static void add_escaped(struct buf *b, unsigned char c)
{
    switch (c) {
    case '"':
        buf_add_c(b, "\\\"");
        return;
    case '\\':
        buf_add_c(b, "\\\\");
        return;
    case '\n':
        buf_add_c(b, "\\n");
        return;
    case '\t':
        buf_add_c(b, "\\t");
        return;
    default:
        buf_printf(b, "\\u%04x", (unsigned)c);
    }
}

static void add_quoted(struct buf *b, struct str s)
{
    buf_add_byte(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f)
            continue;
        buf_add(b, str_n(s.p + from, i - from));
        add_escaped(b, c);
        from = i + 1;
    }
    if (s.n > from)
        buf_add(b, str_n(s.p + from, s.n - from));
    buf_add_byte(b, '"');
}

static void add_key(struct json_out *j, struct str key)
{
    before_value(j);
    add_quoted(j->buf, key);
    buf_add_byte(j->buf, ':');
    j->after_key = true;
}

void jout_key(struct json_out *j, const char *key)
{
    add_key(j, str_c(key));
}

void jout_str(struct json_out *j, struct str s)
{
    before_value(j);
    add_quoted(j->buf, s);
}

void jout_int(struct json_out *j, int64_t v)
{
    before_value(j);
    buf_printf(j->buf, "%lld", (long long)v);
}

void json_real_text(double v, char *out)
{
    enum { WHOLE_MOST = 1000000000 }; /* most numbers are whole, and quicker written as such */
    if (v > 0 && v <= WHOLE_MOST && v == (double)(int64_t)v) {
        snprintf(out, 32, "%" PRId64, (int64_t)v);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, v);
        if (strtod(out, NULL) == v)
            return;
    }
}

void jout_real(struct json_out *j, double v)
{
    if (!isfinite(v)) {
        jout_null(j);
        return;
    }
    char text[32];
    json_real_text(v, text);
    before_value(j);
    buf_add_c(j->buf, text);
}

void jout_bool(struct json_out *j, bool v)
{
    before_value(j);
    buf_add_c(j->buf, v ? "true" : "false");
}

void jout_null(struct json_out *j)
{
    before_value(j);
    buf_add_c(j->buf, "null");
}

void jout_key_str(struct json_out *j, const char *key, struct str s)
{
    jout_key(j, key);
    jout_str(j, s);
}

void jout_key_int(struct json_out *j, const char *key, int64_t v)
{
    jout_key(j, key);
    jout_int(j, v);
}

void jout_key_real(struct json_out *j, const char *key, double v)
{
    jout_key(j, key);
    jout_real(j, v);
}

void jout_key_bool(struct json_out *j, const char *key, bool v)
{
    jout_key(j, key);
    jout_bool(j, v);
}

void jout_key_obj(struct json_out *j, const char *key)
{
    jout_key(j, key);
    jout_obj(j);
}

void jout_key_arr(struct json_out *j, const char *key)
{
    jout_key(j, key);
    jout_arr(j);
}

void jout_key_opt_int(struct json_out *j, const char *key, struct opt_int v)
{
    jout_key(j, key);
    if (v.has)
        jout_int(j, v.v);
    else
        jout_null(j);
}

void jout_key_opt_real(struct json_out *j, const char *key, struct opt_real v)
{
    jout_key(j, key);
    if (v.has)
        jout_real(j, v.v);
    else
        jout_null(j);
}

void jout_key_opt_str(struct json_out *j, const char *key, struct str s)
{
    jout_key(j, key);
    if (s.p)
        jout_str(j, s);
    else
        jout_null(j);
}

void jout_key_id(struct json_out *j, const char *key, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    jout_key_str(j, key, str_c(text));
}

void jout_key_opt_id(struct json_out *j, const char *key, struct opt_int id)
{
    if (id.has) {
        jout_key_id(j, key, id.v);
        return;
    }
    jout_key(j, key);
    jout_null(j);
}

void jout_members(struct json_out *j, const struct json *object, struct str but)
{
    for (size_t i = 0; i < object->n; i++) {
        if (but.p && str_eq(object->keys[i], but))
            continue;
        add_key(j, object->keys[i]);
        jout_json(j, &object->items[i]);
    }
}

void jout_json(struct json_out *j, const struct json *value)
{
    switch (value->kind) {
    case JSON_IS_NULL:
        jout_null(j);
        return;
    case JSON_IS_BOOL:
        jout_bool(j, value->truth);
        return;
    case JSON_IS_INT:
        jout_int(j, value->whole);
        return;
    case JSON_IS_REAL:
        jout_real(j, value->real);
        return;
    case JSON_IS_STR:
        jout_str(j, value->text);
        return;
    case JSON_IS_ARR:
        jout_arr(j);
        for (size_t i = 0; i < value->n; i++)
            jout_json(j, &value->items[i]);
        break;
    case JSON_IS_OBJ:
        jout_obj(j);
        jout_members(j, value, (struct str){NULL, 0});
        break;
    }
    jout_end(j);
}
