/* Takes a request body in as it arrives: texts into memory, files to disk. Bounded by the route's plan. */
#ifndef PPURI_HTTP_BODY_H
#define PPURI_HTTP_BODY_H

#include "base/buf.h"
#include "http/multipart.h"
#include "http/request.h"

struct body_intake {
    struct http_request *request;
    const struct http_plan *plan;
    const char *tmp_dir;
    enum { BODY_NONE, BODY_MEMORY, BODY_MULTIPART } kind;
    struct buf bytes; /* BODY_MEMORY whole, BODY_MULTIPART the text of the present field */
    struct multipart *multipart;
    struct str field; /* name of the present field */
    char *block;      /* bytes of the present file not yet written, from the arena */
    size_t block_n;
    struct http_file *file; /* the present file */
    size_t text_bytes;
    int64_t file_bytes;
    enum status fault; /* first failure; what follows is swallowed */
};

/* ST_UNSUPPORTED when the Content-Type is none the plan takes. */
MUST_USE enum status body_begin(struct body_intake *in, struct http_request *q, const struct http_plan *plan,
                                const char *tmp_dir);
/* The largest body the plan can mean, for the check of Content-Length; multipart framing gets some room of its own. */
int64_t body_bytes_max(const struct http_request *q, const struct http_plan *plan);
void body_feed(struct body_intake *in, struct str bytes);
/* Fills form, files or body of the request; the first failure: ST_INVALID, ST_TOO_LARGE, ST_IO, ST_FULL (disk). */
MUST_USE enum status body_finish(struct body_intake *in);
/* Frees buffers, closes files and removes those not taken. */
void body_release(struct body_intake *in);

#endif
