/* What machines ask: health, metrics, files for browsers. */
#include "core/change.h"
#include "web/dispatch.h"

#include "base/embedded.h"

enum status health_probe(struct req *q);
enum status metrics_probe(struct req *q);
enum status asset_file(struct req *q);

/* 200 when the store answers, else the error's code. */
enum status health_probe(struct req *q)
{
    int64_t seq;
    TRY(change_seq(q->db, &seq));
    struct json_out j;
    req_json_begin(q, &j);
    jout_obj(&j);
    jout_key_str(&j, "status", STR("ok"));
    jout_key_str(&j, "version", STR(PPURI_VERSION));
    jout_key_str(&j, "vocab_version", q->app->vocab->version);
    jout_key_int(&j, "seq", seq);
    jout_end(&j);
    return req_json_end(q);
}

enum status metrics_probe(struct req *q)
{
    response_type(q->answer, "text/plain; version=0.0.4; charset=utf-8");
    metrics_write(q->app->metrics, &q->answer->body);
    return buf_status(&q->answer->body);
}

static struct str bytes_of(const struct embedded *e)
{
    return str_n((const char *)e->bytes, e->n);
}

enum status asset_file(struct req *q)
{
    for (const struct asset *a = embedded_assets; a->name; a++) {
        struct str name = str_drop(str_c(a->path), strlen("/assets/"));
        if (!str_eq(name, q->param))
            continue;
        struct http_asset asset = {.type = a->type,
                                   .etag = name.p,
                                   .identity = bytes_of(&a->plain),
                                   .gzip = bytes_of(&a->gzip),
                                   .brotli = bytes_of(&a->br),
                                   .immutable = true};
        response_asset(q->answer, &asset);
        return ST_OK;
    }
    return ST_NOT_FOUND;
}
