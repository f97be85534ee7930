/* jansson's tree copied into an arena: one lifetime, keys in the order of the text. Costs two passes over the text. */
#include "base/json.h"
#include "base/utf8.h"

#include <jansson.h>

enum { LEVELS_MAX = 64 };

static enum status refuse(struct json_error *error, const char *text)
{
    *error = (struct json_error){1, 1, str_c(text)};
    return ST_INVALID;
}

static enum status copy_value(struct arena *a, json_t *from, int level, struct json *to);

static enum status copy_object(struct arena *a, json_t *from, int level, struct json *to)
{
    to->kind = JSON_IS_OBJ;
    to->n = json_object_size(from);
    to->items = ARENA_ARRAY(a, to->n, struct json);
    to->keys = ARENA_ARRAY(a, to->n, struct str);
    const char *key;
    json_t *value;
    size_t i = 0;
    json_object_foreach(from, key, value)
    {
        to->keys[i] = arena_str(a, str_c(key));
        TRY(copy_value(a, value, level + 1, &to->items[i]));
        i++;
    }
    return ST_OK;
}

static enum status copy_array(struct arena *a, json_t *from, int level, struct json *to)
{
    to->kind = JSON_IS_ARR;
    to->n = json_array_size(from);
    to->items = ARENA_ARRAY(a, to->n, struct json);
    for (size_t i = 0; i < to->n; i++)
        TRY(copy_value(a, json_array_get(from, i), level + 1, &to->items[i]));
    return ST_OK;
}

static enum status copy_value(struct arena *a, json_t *from, int level, struct json *to)
{
    if (level > LEVELS_MAX)
        return ST_INVALID;
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        return copy_object(a, from, level, to);
    case JSON_ARRAY:
        return copy_array(a, from, level, to);
    case JSON_STRING:
        to->kind = JSON_IS_STR;
        to->text = utf8_nfc(a, arena_str(a, str_n(json_string_value(from), json_string_length(from))));
        return ST_OK;
    case JSON_INTEGER:
        *to = (struct json){
            .kind = JSON_IS_INT, .whole = json_integer_value(from), .real = (double)json_integer_value(from)};
        return ST_OK;
    case JSON_REAL:
        *to = (struct json){.kind = JSON_IS_REAL, .real = json_real_value(from)};
        return ST_OK;
    default:
        *to = (struct json){.kind = json_is_null(from) ? JSON_IS_NULL : JSON_IS_BOOL, .truth = json_is_true(from)};
        return ST_OK;
    }
}

enum status json_parse(struct arena *a, struct str s, struct json *out, struct json_error *error)
{
    json_error_t e;
    json_t *root = json_loadb(s.n ? s.p : "", s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (!root) {
        *error = (struct json_error){e.line, e.column, arena_str(a, str_c(e.text))};
        return ST_INVALID;
    }
    *out = (struct json){.kind = JSON_IS_NULL};
    enum status st = copy_value(a, root, 1, out);
    json_decref(root);
    return st == ST_OK ? ST_OK : refuse(error, "nested too deeply");
}

const struct json *json_get(const struct json *object, struct str key)
{
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->keys[i], key))
            return &object->items[i];
    return NULL;
}

bool json_is_lines(struct str text)
{
    struct str line;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_drop(text, 3);
    bool blank = true;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] == '{')
            return true;
        blank &= line.n == 0;
    }
    return blank;
}
