/* Text of unknown encoding to UTF-8 (iconv is used only here). */
#ifndef PPURI_BASE_ENCODING_H
#define PPURI_BASE_ENCODING_H

#include "base/arena.h"
#include "base/status.h"

/* UTF-8 with or without a byte order mark (which is dropped) comes back as it is; what is not valid UTF-8 is read as
   CP949, as Korean spreadsheets save it. ST_INVALID when it is neither, or holds a NUL. The caller bounds s.n before.
 */
MUST_USE enum status encoding_to_utf8(struct arena *a, struct str s, struct str *out);

#endif
