/*
 * The delimiter is CR LF "--" boundary, and CR stands only at its beginning: so a partial match that fails can begin
 * again only at the failing byte, and the bytes held back are a prefix of the delimiter itself. Nothing is buffered but
 * the head of a part, bounded. Linear time; memory only from the arena, for the texts of the heads.
 */
#include "http/multipart.h"

#include "base/utf8.h"
#include "http/guard.h"
#include "http/uri.h"

enum { FILE_NAME_CHARS_MAX = 200, FIELD_NAME_MAX = 200 };

static bool boundary_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = (char)(s.p[i] | 0x20);
        bool plain = (s.p[i] >= '0' && s.p[i] <= '9') || (c >= 'a' && c <= 'z');
        if (!plain && (s.p[i] == '\0' || !strchr("'()+_,-./:=?", s.p[i])))
            return false;
    }
    return s.n >= 1 && s.n <= MULTIPART_BOUNDARY_MAX;
}

bool multipart_boundary(struct str content_type, struct str *boundary)
{
    struct str rest = content_type, piece;
    if (!str_next(&rest, ';', &piece) || !guard_name_is(str_trim(piece), STR("multipart/form-data")))
        return false;
    while (str_next(&rest, ';', &piece)) {
        piece = str_trim(piece);
        if (piece.n < 9 || !guard_name_is(str_n(piece.p, 9), STR("boundary=")))
            continue;
        piece = str_drop(piece, 9);
        if (piece.n >= 2 && piece.p[0] == '"' && piece.p[piece.n - 1] == '"')
            piece = str_n(piece.p + 1, piece.n - 2);
        *boundary = piece;
        return boundary_ok(piece);
    }
    return false;
}

void multipart_init(struct multipart *m, struct arena *a, struct str boundary, struct multipart_sink sink)
{
    *m = (struct multipart){.arena = a, .sink = sink, .state = MULTIPART_PREAMBLE};
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.p, boundary.n);
    m->delimiter_n = boundary.n + 4;
    m->matched = 2;
}

/* Browsers write a quote as %22; curl writes it as \". Other backslashes are part of the name. */
static struct str unescape(struct arena *a, struct str s)
{
    char *text = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"')
            continue;
        if (str_starts(str_drop(s, i), STR("%22"))) {
            text[n++] = '"';
            i += 2;
            continue;
        }
        text[n++] = s.p[i];
    }
    return str_n(text, n);
}

/* Cuts `; key="value"` or `; key=value` off rest. */
static bool next_param(struct str *rest, struct str *key, struct str *value)
{
    struct str s = str_trim(*rest);
    if (!s.n || s.p[0] != ';')
        return false;
    s = str_trim(str_drop(s, 1));
    ptrdiff_t equals = str_find_byte(s, '=');
    if (equals <= 0)
        return false;
    *key = str_n(s.p, (size_t)equals);
    s = str_drop(s, (size_t)equals + 1);
    size_t n = 0;
    if (s.n && s.p[0] == '"') {
        s = str_drop(s, 1);
        while (n < s.n && (s.p[n] != '"' || (n && s.p[n - 1] == '\\')))
            n++;
        if (n == s.n)
            return false;
        *rest = str_drop(s, n + 1);
    } else {
        while (n < s.n && s.p[n] != ';')
            n++;
        *rest = str_drop(s, n);
    }
    *value = str_n(s.p, n);
    return true;
}

static enum status text_clean(struct arena *a, struct str raw, struct str *out)
{
    struct str text = unescape(a, raw);
    if (!uri_text_ok(text, URI_IN_PATH))
        return ST_INVALID;
    *out = utf8_nfc(a, text);
    return ST_OK;
}

static struct str last_element(struct str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return str_drop(path, i);
    return path;
}

static enum status disposition_parse(struct arena *a, struct str value, struct multipart_head *head)
{
    struct str rest = value, kind = STR("form-data"), key, text;
    if (value.n < kind.n || !guard_name_is(str_n(value.p, kind.n), kind))
        return ST_INVALID;
    rest = str_drop(rest, kind.n);
    while (next_param(&rest, &key, &text)) {
        if (guard_name_is(key, STR("name"))) {
            TRY(text_clean(a, text, &head->name));
        } else if (guard_name_is(key, STR("filename"))) {
            TRY(text_clean(a, text, &head->file_name));
            head->file_name = utf8_head(last_element(head->file_name), FILE_NAME_CHARS_MAX);
            head->is_file = true;
        }
    }
    return str_blank(rest) ? ST_OK : ST_INVALID;
}

static enum status head_parse(struct multipart *m, struct multipart_head *head)
{
    struct str rest = arena_str(m->arena, str_n(m->head, m->head_n)), line;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        if (!line.n)
            continue;
        ptrdiff_t colon = str_find_byte(line, ':');
        if (colon < 0 || !guard_is_token(str_n(line.p, (size_t)colon)))
            return ST_INVALID;
        struct str name = str_n(line.p, (size_t)colon), value = str_trim(str_drop(line, (size_t)colon + 1));
        if (guard_name_is(name, STR("content-disposition")))
            TRY(disposition_parse(m->arena, value, head));
        if (guard_name_is(name, STR("content-type"))) {
            if (value.n > 200 || !uri_text_ok(value, URI_IN_PATH))
                return ST_INVALID;
            head->type = value;
        }
    }
    return head->name.n && head->name.n <= FIELD_NAME_MAX ? ST_OK : ST_INVALID;
}

static enum status head_byte(struct multipart *m, char c)
{
    if (m->head_n == MULTIPART_HEAD_MAX)
        return ST_INVALID;
    m->head[m->head_n++] = c;
    if (c != '\n' || !str_ends(str_n(m->head, m->head_n), STR("\r\n\r\n")))
        return ST_OK;
    struct multipart_head head = {0};
    TRY(head_parse(m, &head));
    m->head_n = 0;
    m->matched = 0;
    m->state = MULTIPART_DATA;
    return m->sink.begin(m->sink.arg, &head);
}

/* The two bytes after a delimiter: "--" ends the body, a line end begins a part. */
static enum status after_byte(struct multipart *m, char c)
{
    m->head[m->head_n++] = c;
    if (m->head_n < 2)
        return ST_OK;
    m->head_n = 0;
    if (m->head[0] == '-' && m->head[1] == '-') {
        m->state = MULTIPART_DONE;
        return ST_OK;
    }
    if (m->head[0] != '\r' || m->head[1] != '\n' || m->parts == MULTIPART_PARTS_MAX)
        return ST_INVALID;
    m->parts++;
    m->state = MULTIPART_HEAD;
    return ST_OK;
}

static enum status emit(struct multipart *m, const char *p, size_t n)
{
    return n && m->state == MULTIPART_DATA ? m->sink.data(m->sink.arg, str_n(p, n)) : ST_OK;
}

/* Takes data up to and with a delimiter; *used says how many bytes. */
static enum status data_bytes(struct multipart *m, struct str s, size_t *used)
{
    size_t i = 0, begin = 0;
    while (i < s.n) {
        if (s.p[i] == m->delimiter[m->matched]) {
            if (!m->matched)
                TRY(emit(m, s.p + begin, i - begin));
            i++;
            begin = i;
            if (++m->matched == m->delimiter_n)
                break;
            continue;
        }
        size_t held = m->matched;
        m->matched = 0;
        TRY(emit(m, m->delimiter, held));
        if (held && s.p[i] == m->delimiter[0])
            continue;
        const char *next = memchr(s.p + i, m->delimiter[0], s.n - i);
        i = next ? (size_t)(next - s.p) : s.n;
    }
    *used = i;
    if (m->matched < m->delimiter_n)
        return m->matched ? ST_OK : emit(m, s.p + begin, i - begin);
    bool part = m->state == MULTIPART_DATA;
    m->state = MULTIPART_AFTER;
    return part ? m->sink.end(m->sink.arg) : ST_OK;
}

enum status multipart_feed(struct multipart *m, struct str bytes)
{
    size_t i = 0;
    while (i < bytes.n && m->state != MULTIPART_DONE) {
        size_t used = 1;
        if (m->state == MULTIPART_AFTER)
            TRY(after_byte(m, bytes.p[i]));
        else if (m->state == MULTIPART_HEAD)
            TRY(head_byte(m, bytes.p[i]));
        else
            TRY(data_bytes(m, str_drop(bytes, i), &used));
        i += used;
    }
    return ST_OK;
}

enum status multipart_finish(const struct multipart *m)
{
    return m->state == MULTIPART_DONE ? ST_OK : ST_INVALID;
}
