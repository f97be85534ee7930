/* One answer as handlers build it. Nothing is sent before the handler has returned. */
#ifndef PPURI_HTTP_RESPONSE_H
#define PPURI_HTTP_RESPONSE_H

#include "base/buf.h"
#include "http/cookie.h"
#include "http/packed.h"
#include "http/request.h"
#include "http/sse.h"
#include "http/static.h"

enum { RESPONSE_HEADER_BYTES_MAX = 8 << 10 };

struct http_response {
    int status;
    struct pair_list headers;
    size_t header_bytes;
    enum { RESPONSE_BUF, RESPONSE_BYTES, RESPONSE_FILE, RESPONSE_SSE } kind;
    struct buf body;  /* RESPONSE_BUF: written by views; bounded by response_bytes_max */
    struct str bytes; /* RESPONSE_BYTES: lives as long as the process or the request's arena */
    int fd;           /* RESPONSE_FILE: closed after sending */
    int64_t file_from;
    int64_t file_bytes;
    struct sse_channel *sse; /* RESPONSE_SSE */
    bool close;              /* end the connection after this answer */
    struct secrets secrets;  /* that stand in the body */
    struct http_request *request;
};

/* A begun answer: 200, empty body, no headers. */
void response_init(struct http_response *r, struct http_request *q, size_t body_bytes_max);
/* Frees the body, closes the file, drops the channel. */
void response_release(struct http_response *r);
/* Back to 200 and empty, for an error page instead of a half-written one. */
void response_reset(struct http_response *r);

/* Adds a header; name and value are copied. ST_INVALID: no token, control characters, or too many bytes altogether. */
MUST_USE enum status response_header(struct http_response *r, struct str name, struct str value);
/* Sets Content-Type; `type` is a literal. */
void response_type(struct http_response *r, const char *type);
MUST_USE enum status response_cookie(struct http_response *r, const struct cookie *c);
/* 303 after a POST, or code. A location that is not a path on this host is ST_INVALID. */
MUST_USE enum status response_redirect(struct http_response *r, int code, struct str location);
/* Bytes that outlive the answer, not copied. */
void response_bytes(struct http_response *r, const char *type, struct str bytes);
/* Tag of what is being answered, a token without quotes. True: the client has it, the answer is a 304 without body now.
 */
bool response_etag(struct http_response *r, struct str etag);
/* The asset in the encoding the client likes best, or 304. */
void response_asset(struct http_response *r, const struct http_asset *asset);

/* Whether this text may go out in gzip: the client takes it, it pays, and it is not asked for by another site in a
   visitor's name. Says so in Vary. */
bool response_may_gzip(struct http_response *r);
/* The body in gzip where it may; secrets stay outside of the compression. */
void response_pack(struct http_response *r);
/* The parts as the body, in gzip (compressed before) or plain. */
void response_packed(struct http_response *r, const struct packed *p, bool gzip);

struct http_download {
    const char *path;
    struct str type;      /* found out from the content */
    struct str file_name; /* what the browser shall call it */
    bool show;            /* "inline" instead of "attachment" */
};

/* A file from disk, with Range. ST_NOT_FOUND or ST_IO when it cannot be opened. Answers 416 by itself. */
MUST_USE enum status response_file(struct http_response *r, const struct http_download *d);
/* The body being written is a file to keep: its type (a literal) and what the browser shall call it. */
MUST_USE enum status response_attachment(struct http_response *r, const char *type, struct str file_name);
/* A stream of events: the answer takes a reference of its own; ends when the channel is closed. */
void response_sse(struct http_response *r, struct sse_channel *channel);

/* Makes the small error answer of this layer: JSON for clients that ask for it, else a bilingual page. */
void response_error(struct http_response *r, int code);

#endif
