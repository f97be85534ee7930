/* Rules of RFC 9110 for content that is sent as it lies there: encodings, entity tags, dates, one range. All pure. */
#ifndef PPURI_HTTP_STATIC_H
#define PPURI_HTTP_STATIC_H

#include "base/arena.h"
#include "base/status.h"

/* A file inside the binary with its prebuilt variants; gzip and brotli may be empty. */
struct http_asset {
    const char *type; /* media type with charset */
    const char *etag; /* a token without quotes, the same for all variants */
    struct str identity;
    struct str gzip;
    struct str brotli;
    bool immutable; /* its address has its hash in it: may be kept for a year */
};

enum static_encoding { STATIC_IDENTITY, STATIC_GZIP, STATIC_BROTLI };

/* The best encoding by the client's Accept-Encoding (empty: none named) among what the asset has. */
enum static_encoding static_encoding(const struct http_asset *asset, struct str accept_encoding);

/* If-None-Match against one strong tag with its quotes; weak comparison; "*" matches. */
bool static_etag_matches(struct str if_none_match, struct str quoted_etag);

/* "Sun, 22 Nov 2026 05:06:07 GMT" */
struct str static_date(struct arena *a, int64_t ms);
/* Reads that form only; ms UTC. */
bool static_date_parse(struct str s, int64_t *ms);

struct static_range {
    int64_t from; /* first byte */
    int64_t n;    /* bytes; all of them when there is no range */
    bool partial; /* answer 206 */
};

/* One "bytes=a-b", "a-" or "-n". Several ranges, other units or nonsense are ignored (whole content, ST_OK);
   ST_INVALID when the range lies outside (answer 416). */
MUST_USE enum status static_range(struct str range, int64_t size, struct static_range *out);

#endif
