/*
 * Builds answers; knows nothing of the HTTP library. Headers are copied into the request's arena and refused when they
 * could break the header block. Owns the body buffer, the file descriptor and a reference of the channel until
 * response_release.
 */
#include "http/response.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "http/guard.h"

/* Less does not pay; more would keep its thread for too long. */
enum { GZIP_LEAST = 1024, GZIP_MOST = 4 << 20 };

void response_init(struct http_response *r, struct http_request *q, size_t body_bytes_max)
{
    *r = (struct http_response){.status = 200, .fd = -1, .request = q};
    buf_init(&r->body, body_bytes_max);
}

static void drop_content(struct http_response *r)
{
    if (r->fd >= 0)
        close(r->fd);
    r->fd = -1;
    if (r->sse) {
        sse_detach(r->sse);
        sse_unref(r->sse);
    }
    r->sse = NULL;
}

void response_release(struct http_response *r)
{
    drop_content(r);
    buf_release(&r->body);
}

void response_reset(struct http_response *r)
{
    drop_content(r);
    buf_clear(&r->body);
    r->kind = RESPONSE_BUF;
    r->status = 200;
    r->headers.n = 0;
    r->header_bytes = 0;
    r->secrets = (struct secrets){.v = {{NULL, 0}}};
}

static bool value_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return true;
}

enum status response_header(struct http_response *r, struct str name, struct str value)
{
    size_t bytes = r->header_bytes + name.n + value.n + 4;
    if (!guard_is_token(name) || !value_ok(value) || bytes > RESPONSE_HEADER_BYTES_MAX)
        return ST_INVALID;
    r->header_bytes = bytes;
    struct arena *a = r->request->arena;
    VEC_PUSH(a, &r->headers, ((struct pair){arena_str(a, name), arena_str(a, value)}));
    return ST_OK;
}

/* For names and values of this file, which are known to be sound; a later one of the same name wins. */
static void set_header(struct http_response *r, const char *name, struct str value)
{
    for (size_t i = 0; i < r->headers.n; i++)
        if (guard_name_is(r->headers.v[i].name, str_c(name))) {
            r->headers.v[i].value = arena_str(r->request->arena, value);
            return;
        }
    enum status st = response_header(r, str_c(name), value);
    (void)st;
}

void response_type(struct http_response *r, const char *type)
{
    set_header(r, "Content-Type", str_c(type));
}

enum status response_cookie(struct http_response *r, const struct cookie *c)
{
    struct str value;
    TRY(cookie_format(r->request->arena, c, &value));
    return response_header(r, STR("Set-Cookie"), value);
}

enum status response_redirect(struct http_response *r, int code, struct str location)
{
    bool here = location.n >= 1 && location.p[0] == '/' && (location.n == 1 || !strchr("/\\", location.p[1]));
    if (!here || code < 300 || code > 308)
        return ST_INVALID;
    for (size_t i = 0; i < location.n; i++)
        if ((unsigned char)location.p[i] <= ' ' || (unsigned char)location.p[i] >= 0x7f || location.p[i] == '\\')
            return ST_INVALID;
    response_reset(r);
    r->status = code;
    return response_header(r, STR("Location"), location);
}

void response_bytes(struct http_response *r, const char *type, struct str bytes)
{
    drop_content(r);
    r->kind = RESPONSE_BYTES;
    r->bytes = bytes;
    response_type(r, type);
}

bool response_etag(struct http_response *r, struct str etag)
{
    if (!guard_is_token(etag))
        return false;
    struct http_request *q = r->request;
    struct str quoted = arena_printf(q->arena, "\"" STR_FMT "\"", STR_ARG(etag));
    set_header(r, "ETag", quoted);
    if (q->method != HTTP_GET || !static_etag_matches(request_header(q, STR("if-none-match")), quoted))
        return false;
    drop_content(r);
    buf_clear(&r->body);
    r->kind = RESPONSE_BUF;
    r->status = 304;
    return true;
}

void response_asset(struct http_response *r, const struct http_asset *asset)
{
    static const char *const names[] = {"", "gzip", "br"};
    struct http_request *q = r->request;
    enum static_encoding encoding = static_encoding(asset, request_header(q, STR("accept-encoding")));
    set_header(r, "Vary", STR("Accept-Encoding"));
    set_header(r, "Cache-Control",
               asset->immutable ? STR("public, max-age=31536000, immutable") : STR("public, no-cache"));
    struct str tag =
        arena_printf(q->arena, "%s%s%s", asset->etag, encoding == STATIC_IDENTITY ? "" : "-", names[encoding]);
    if (response_etag(r, tag))
        return;
    if (encoding != STATIC_IDENTITY)
        set_header(r, "Content-Encoding", str_c(names[encoding]));
    const struct str variants[] = {asset->identity, asset->gzip, asset->brotli};
    response_bytes(r, asset->type, variants[encoding]);
}

static bool is_text(const struct http_response *r)
{
    for (size_t i = 0; i < r->headers.n; i++)
        if (guard_name_is(r->headers.v[i].name, STR("Content-Type")))
            return str_starts(r->headers.v[i].value, STR("text/")) ||
                   str_starts(r->headers.v[i].value, STR("application/json"));
    return false;
}

/* Another site can make a visitor's browser ask again and again and watch the lengths; its own requests tell it
 * nothing. */
static bool from_elsewhere(const struct http_request *q)
{
    struct str site = request_header(q, STR("sec-fetch-site"));
    return q->cookies.n && site.n && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none"));
}

bool response_may_gzip(struct http_response *r)
{
    const struct http_request *q = r->request;
    if (r->kind != RESPONSE_BUF || r->status == 304 || !is_text(r))
        return false;
    const struct http_asset wish = {.gzip = STR("1")};
    set_header(r, "Vary", STR("Accept-Encoding"));
    return !from_elsewhere(q) && static_encoding(&wish, request_header(q, STR("accept-encoding"))) == STATIC_GZIP;
}

void response_packed(struct http_response *r, const struct packed *p, bool gzip)
{
    if (!gzip) {
        packed_write(p, &r->secrets, &r->body);
        return;
    }
    set_header(r, "Content-Encoding", STR("gzip"));
    packed_write_gzip(p, &r->secrets, &r->body);
}

void response_pack(struct http_response *r)
{
    if (r->body.n < GZIP_LEAST || r->body.n > GZIP_MOST || buf_status(&r->body) != ST_OK || !response_may_gzip(r))
        return;
    struct packed p;
    AUTO_ARENA a;
    arena_init(&a, SIZE_MAX / 2);
    packed_cut(&a, buf_str(&r->body), &r->secrets, &p);
    packed_compress(&a, &p);
    AUTO_BUF plain = r->body;
    buf_init(&r->body, plain.max);
    response_packed(r, &p, true);
}

/* The name as ASCII for old clients and in UTF-8 by RFC 8187. */
static struct str disposition(struct arena *a, struct str file_name, bool show)
{
    static const char hex[] = "0123456789ABCDEF";
    struct str name = file_name.n > 600 ? str_n(file_name.p, 600) : file_name;
    char *plain = arena_alloc(a, name.n + 1), *coded = arena_alloc(a, 3 * name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool letter =
            (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' || c == '-' || c == '_';
        plain[i] = letter ? (char)c : '_';
        if (letter) {
            coded[n++] = (char)c;
            continue;
        }
        coded[n++] = '%';
        coded[n++] = hex[c >> 4];
        coded[n++] = hex[c & 15];
    }
    return arena_printf(a, "%s; filename=\"%s\"; filename*=UTF-8''%s", show ? "inline" : "attachment", plain, coded);
}

enum status response_attachment(struct http_response *r, const char *type, struct str file_name)
{
    response_type(r, type);
    return response_header(r, STR("Content-Disposition"), disposition(r->request->arena, file_name, false));
}

enum status response_file(struct http_response *r, const struct http_download *d)
{
    struct http_request *q = r->request;
    int fd = open(d->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? ST_NOT_FOUND : ST_IO;
    drop_content(r);
    r->fd = fd;
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return ST_IO;
    struct static_range range;
    bool whole = request_header(q, STR("if-range")).n > 0 || q->method != HTTP_GET;
    enum status ranged = static_range(whole ? STR("") : request_header(q, STR("range")), st.st_size, &range);
    set_header(r, "Accept-Ranges", STR("bytes"));
    if (ranged != ST_OK) {
        response_error(r, 416);
        set_header(r, "Content-Range", arena_printf(q->arena, "bytes */%lld", (long long)st.st_size));
        return ST_OK;
    }
    if (range.partial) {
        r->status = 206;
        set_header(r, "Content-Range",
                   arena_printf(q->arena, "bytes %lld-%lld/%lld", (long long)range.from,
                                (long long)(range.from + range.n - 1), (long long)st.st_size));
    }
    TRY(response_header(r, STR("Content-Type"), d->type.n ? d->type : STR("application/octet-stream")));
    TRY(response_header(r, STR("Content-Disposition"), disposition(q->arena, d->file_name, d->show)));
    r->kind = RESPONSE_FILE;
    r->file_from = range.from;
    r->file_bytes = range.n;
    return ST_OK;
}

void response_sse(struct http_response *r, struct sse_channel *channel)
{
    drop_content(r);
    r->kind = RESPONSE_SSE;
    r->sse = sse_ref(channel);
    response_type(r, "text/event-stream");
    set_header(r, "Cache-Control", STR("no-store"));
    set_header(r, "X-Accel-Buffering", STR("no"));
}

struct error_text {
    int code;
    const char *type;
    const char *en;
    const char *ko;
};

/* Codes that have no status of their own, then those of the status table. */
static struct error_text error_text(int code)
{
    static const struct error_text own[] = {
        {414, "uri-too-long", "The address is too long", "주소가 너무 깁니다"},
        {416, "range", "That part of the file does not exist", "파일에 없는 부분입니다"},
        {431, "headers-too-large", "The request headers are too large", "요청 헤더가 너무 큽니다"},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].code == code)
            return own[i];
    enum status st = ST_BUG;
    for (int s = ST_OK; s <= ST_FULL; s++)
        if (status_http((enum status)s) == code) {
            st = (enum status)s;
            break;
        }
    return (struct error_text){code, status_type(st), status_title_en(st), status_title_ko(st)};
}

void response_error(struct http_response *r, int code)
{
    struct error_text t = error_text(code);
    response_reset(r);
    r->status = code;
    set_header(r, "Cache-Control", STR("no-store"));
    if (code == 503)
        set_header(r, "Retry-After", STR("2"));
    if (request_wants_json(r->request)) {
        response_type(r, "application/problem+json");
        buf_printf(&r->body, "{\"type\":\"%s\",\"title\":\"%s\",\"title_ko\":\"%s\",\"status\":%d}\n", t.type, t.en,
                   t.ko, code);
        return;
    }
    response_type(r, "text/html; charset=utf-8");
    buf_printf(
        &r->body,
        "<!DOCTYPE html>\n<html lang=\"ko\">\n<head><meta charset=\"utf-8\"><title>%d %s</title></head>\n<body>\n"
        "<main>\n<h1>%s</h1>\n<p lang=\"en\">%s (%d)</p>\n<p><a href=\"/\">처음으로 / Home</a></p>\n</main>\n</body>\n"
        "</html>\n",
        code, t.ko, t.ko, t.en, code);
}
