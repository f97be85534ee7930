/* Text made safe for a place in HTML. Every function appends to a bounded buffer. */
#ifndef PPURI_HTML_ESCAPE_H
#define PPURI_HTML_ESCAPE_H

#include "base/buf.h"

/* For text and for quoted attributes: & < > " ' become references, NUL is dropped. */
void escape_html(struct buf *out, struct str s);
/* Percent-encodes all but A-Z a-z 0-9 - . _ ~ (RFC 3986 unreserved): a path segment, a query value. */
void escape_url_part(struct buf *out, struct str s);
/* A whole reference that came from outside: http, https, mailto, tel, or a path, query or fragment of this site.
   "//host", backslashes, blanks and control characters are refused. */
bool url_is_safe(struct str s);
/* `s` escaped for an attribute if it is safe, else "#". */
void escape_url(struct buf *out, struct str s);

#endif
