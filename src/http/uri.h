/* Request targets, decoded by ourselves from the raw bytes: what routing sees is what the client sent, or nothing. */
#ifndef PPURI_HTTP_URI_H
#define PPURI_HTTP_URI_H

#include "base/arena.h"
#include "base/pair.h"
#include "base/status.h"
#include "base/vec.h"

enum { URI_MAX_BYTES = 8 << 10, URI_SEGMENTS_MAX = 32, URI_QUERY_PAIRS_MAX = 200 };

struct uri {
    struct str raw_path;    /* as sent, without the query */
    struct str raw_query;   /* as sent, without the question mark */
    struct str_list path;   /* decoded segments in NFC: "/a/b" is a, b and "/" is none */
    bool slash_end;         /* "/a/": the path ends in a slash that no segment follows */
    struct pair_list query; /* decoded, in NFC; a name without "=" has an empty value */
};

/* ST_INVALID: not beginning with "/", a bad escape, %00, %2f, control characters, bad UTF-8, an empty, "." or ".."
   segment, too many segments or pairs. ST_TOO_LARGE: more than URI_MAX_BYTES. The parts point into raw and the arena.
 */
MUST_USE enum status uri_parse(struct arena *a, struct str raw, struct uri *out);

enum uri_place { URI_IN_PATH, URI_IN_FORM };

/* Undoes the percent encoding (and "+" in forms) and brings the text to NFC. In a form, line ends and tabs are text. */
MUST_USE enum status uri_decode(struct arena *a, struct str raw, enum uri_place place, struct str *out);

/* Refuses bad UTF-8 and control characters, other than line ends and tabs in a form. */
bool uri_text_ok(struct str s, enum uri_place place);

#endif
