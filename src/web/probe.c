/* What machines ask: health, metrics, files for browsers. */
#include "core/change.h"
#include "web/dispatch.h"

#include "base/embedded.h"

enum status health_probe(struct req *q);
enum status metrics_probe(struct req *q);
enum status asset_file(struct req *q);
enum status icon_file(struct req *q);

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

static void send_asset(struct req *q, const struct asset *a, bool immutable)
{
    struct http_asset asset = {.type = a->type,
                               .etag = a->path + strlen("/assets/"),
                               .identity = bytes_of(&a->plain),
                               .gzip = bytes_of(&a->gzip),
                               .brotli = bytes_of(&a->br),
                               .immutable = immutable};
    response_asset(q->answer, &asset);
}

enum status asset_file(struct req *q)
{
    for (const struct asset *a = embedded_assets; a->name; a++) {
        if (!str_eq(str_drop(str_c(a->path), strlen("/assets/")), q->param))
            continue;
        send_asset(q, a, true);
        return ST_OK;
    }
    return ST_NOT_FOUND;
}

/* Browsers ask for it unasked, under this one address. */
enum status icon_file(struct req *q)
{
    for (const struct asset *a = embedded_assets; a->name; a++) {
        if (strcmp(a->name, "icon.svg") != 0)
            continue;
        send_asset(q, a, false);
        return ST_OK;
    }
    return ST_NOT_FOUND;
}
