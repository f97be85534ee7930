/* application/x-www-form-urlencoded: request bodies and queries. */
#ifndef PPURI_HTTP_FORM_H
#define PPURI_HTTP_FORM_H

#include "base/arena.h"
#include "base/pair.h"
#include "base/status.h"

enum { FORM_PAIRS_MAX = 2000 };

/* Appends the pairs of s, decoded and in NFC. ST_INVALID for a bad escape, NUL, control characters, bad UTF-8, or more
   than pairs_max pairs. Empty pieces ("a=1&&b=2") are skipped. The caller bounds s.n. */
MUST_USE enum status form_parse(struct arena *a, struct str s, size_t pairs_max, struct pair_list *out);

#endif
