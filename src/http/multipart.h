/* multipart/form-data (RFC 7578) as a push parser: bytes in as they arrive, parts out as they are understood. */
#ifndef PPURI_HTTP_MULTIPART_H
#define PPURI_HTTP_MULTIPART_H

#include "base/arena.h"
#include "base/status.h"

enum { MULTIPART_BOUNDARY_MAX = 70, MULTIPART_HEAD_MAX = 4 << 10, MULTIPART_PARTS_MAX = 500 };

struct multipart_head {
    struct str name;      /* in NFC */
    struct str file_name; /* last path element as the client calls it, in NFC, at most 200 characters */
    bool is_file;         /* a file name was given, even an empty one */
    struct str type;      /* media type as sent, or empty */
};

/* Called in order: begin, data any number of times, end; texts of the head are in the arena. */
struct multipart_sink {
    enum status (*begin)(void *arg, const struct multipart_head *head);
    enum status (*data)(void *arg, struct str bytes);
    enum status (*end)(void *arg);
    void *arg;
};

struct multipart {
    struct arena *arena;
    struct multipart_sink sink;
    enum { MULTIPART_PREAMBLE, MULTIPART_AFTER, MULTIPART_HEAD, MULTIPART_DATA, MULTIPART_DONE } state;
    char delimiter[MULTIPART_BOUNDARY_MAX + 4];
    size_t delimiter_n;
    size_t matched; /* bytes of the delimiter seen so far */
    char head[MULTIPART_HEAD_MAX];
    size_t head_n;
    size_t parts;
};

/* The boundary of a Content-Type value; false when it is not multipart/form-data with a sound boundary. */
bool multipart_boundary(struct str content_type, struct str *boundary);
void multipart_init(struct multipart *m, struct arena *a, struct str boundary, struct multipart_sink sink);
/* ST_INVALID for what is malformed, or the sink's failure; after a failure the parser is not fed again. */
MUST_USE enum status multipart_feed(struct multipart *m, struct str bytes);
/* ST_INVALID when the last boundary has not come. */
MUST_USE enum status multipart_finish(const struct multipart *m);

#endif
