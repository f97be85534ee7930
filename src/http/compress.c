#include "http/compress.h"

#include "http/request.h"
#include "http/static.h"

#include <zlib.h>

enum { WORTH_BYTES = 1024, LEVEL = 3, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

static bool wants_gzip(const struct http_request *q)
{
    static const struct http_asset gzip_only = {.gzip = STR_INIT("x")};
    return static_encoding(&gzip_only, request_header(q, STR("accept-encoding"))) == STATIC_GZIP;
}

void response_compress(struct http_response *r)
{
    z_stream z = {.next_in = (unsigned char *)r->body.p, .avail_in = (unsigned)r->body.n};
    if (response_header(r, STR("Vary"), STR("Accept-Encoding")) != ST_OK || r->body.n < WORTH_BYTES ||
        r->body.n > UINT32_MAX / 2 || !wants_gzip(r->request))
        return;
    if (deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    size_t most = deflateBound(&z, r->body.n);
    char *out = arena_alloc(r->request->arena, most);
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)most;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&z);
    if (!done || z.total_out >= r->body.n)
        return;
    buf_clear(&r->body);
    buf_add(&r->body, str_n(out, z.total_out));
    if (response_header(r, STR("Content-Encoding"), STR("gzip")) != ST_OK)
        response_error(r, 500);
}
