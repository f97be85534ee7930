/* What a request's header list must satisfy before anything else looks at it. A pure function, tested as a table. */
#ifndef PPURI_HTTP_GUARD_H
#define PPURI_HTTP_GUARD_H

#include "base/pair.h"

enum { GUARD_HEADERS_MAX = 100, GUARD_HEADER_BYTES_MAX = 16 << 10 };

/* name, HTTP code, word for the metrics */
#define GUARD_TABLE(G)                                                                                                 \
    G(GUARD_OK, 200, "ok")                                                                                             \
    G(GUARD_FIELD_NAME, 400, "field-name")                                                                             \
    G(GUARD_FIELD_VALUE, 400, "field-value")                                                                           \
    G(GUARD_CONTENT_LENGTH, 400, "content-length")                                                                     \
    G(GUARD_TRANSFER_ENCODING, 400, "transfer-encoding")                                                               \
    G(GUARD_BOTH_LENGTHS, 400, "both-lengths")                                                                         \
    G(GUARD_HOST, 400, "host")                                                                                         \
    G(GUARD_TOO_MANY, 431, "too-many-headers")                                                                         \
    G(GUARD_TOO_LARGE, 431, "headers-too-large")

enum guard_fault {
#define G(name, code, word) name,
    GUARD_TABLE(G)
#undef G
};

/* The first fault. Refused: a field name that is no token; control characters in a value; more than one Content-Length
   or one that is not 1 to 18 digits; more than one Transfer-Encoding or anything but "chunked"; both together; not
   exactly one Host, or a Host with characters that no host and port have; more than the two maxima above. */
enum guard_fault guard_check(const struct pair_list *headers);
int guard_http(enum guard_fault fault);
const char *guard_word(enum guard_fault fault);

/* Case-insensitive comparison of a header name or token. */
bool guard_name_is(struct str name, struct str want);
/* True for a non-empty RFC 9110 token. */
bool guard_is_token(struct str s);

#endif
