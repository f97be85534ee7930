/*
 * Splits first, decodes after: an encoded separator can never become one, and is refused in a path anyway.
 * Pure; memory only from the arena; linear time; the result holds at most four times the input (NFC may grow text).
 */
#include "http/uri.h"

#include "base/utf8.h"
#include "http/form.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool control_ok(uint32_t c, enum uri_place place)
{
    if (place == URI_IN_FORM && (c == '\n' || c == '\r' || c == '\t'))
        return true;
    return c >= 0x20 && c != 0x7f && (c < 0x80 || c > 0x9f);
}

bool uri_text_ok(struct str s, enum uri_place place)
{
    if (!utf8_valid(s))
        return false;
    while (s.n) {
        size_t n;
        if (!control_ok(utf8_next(s, &n), place))
            return false;
        s = str_drop(s, n);
    }
    return true;
}

enum status uri_decode(struct arena *a, struct str raw, enum uri_place place, struct str *out)
{
    char *text = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '+' && place == URI_IN_FORM)
            c = ' ';
        if (c == '%') {
            int high = i + 2 < raw.n ? hex_digit(raw.p[i + 1]) : -1;
            int low = i + 2 < raw.n ? hex_digit(raw.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return ST_INVALID;
            c = (char)(high << 4 | low);
            i += 2;
            if (c == '/' && place == URI_IN_PATH)
                return ST_INVALID;
        }
        text[n++] = c;
    }
    if (!uri_text_ok(str_n(text, n), place))
        return ST_INVALID;
    *out = utf8_nfc(a, str_n(text, n));
    return ST_OK;
}

static enum status path_parse(struct arena *a, struct str raw, struct uri *out)
{
    struct str rest = str_drop(raw, 1), piece;
    while (str_next(&rest, '/', &piece)) {
        if (!piece.n) {
            out->slash_end = true;
            continue;
        }
        if (out->slash_end || out->path.n == URI_SEGMENTS_MAX)
            return ST_INVALID;
        struct str segment;
        TRY(uri_decode(a, piece, URI_IN_PATH, &segment));
        if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
            return ST_INVALID;
        VEC_PUSH(a, &out->path, segment);
    }
    bool doubled = raw.n > 1 && raw.p[raw.n - 1] == '/' && raw.p[raw.n - 2] == '/';
    out->slash_end = out->slash_end && out->path.n > 0;
    return doubled ? ST_INVALID : ST_OK;
}

enum status uri_parse(struct arena *a, struct str raw, struct uri *out)
{
    *out = (struct uri){0};
    if (raw.n > URI_MAX_BYTES)
        return ST_TOO_LARGE;
    if (!raw.n || raw.p[0] != '/')
        return ST_INVALID;
    for (size_t i = 0; i < raw.n; i++)
        if ((unsigned char)raw.p[i] <= ' ' || raw.p[i] == 0x7f || raw.p[i] == '#')
            return ST_INVALID;
    ptrdiff_t mark = str_find_byte(raw, '?');
    out->raw_path = mark < 0 ? raw : str_n(raw.p, (size_t)mark);
    out->raw_query = mark < 0 ? STR("") : str_drop(raw, (size_t)mark + 1);
    TRY(path_parse(a, out->raw_path, out));
    return form_parse(a, out->raw_query, URI_QUERY_PAIRS_MAX, &out->query);
}
