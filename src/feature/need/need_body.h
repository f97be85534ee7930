/* The one text of a need that is stored: members in a fixed order, blanks left out, so that equal needs are equal
 * texts. */
#ifndef PPURI_FEATURE_NEED_NEED_BODY_H
#define PPURI_FEATURE_NEED_NEED_BODY_H

#include "base/json.h"
#include "base/time.h"

/* Of a checked need; ref and created are set to these. */
struct str need_body(struct arena *a, const struct json *need, struct str ref, struct day created);

#endif
