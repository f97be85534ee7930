/* A need as JSON, the mirror of need_read.h: what is written reads back as the same need. */
#ifndef PPURI_MATCH_NEED_WRITE_H
#define PPURI_MATCH_NEED_WRITE_H

#include "base/json.h"
#include "match/need.h"

void need_write(struct arena *a, const struct vocab *v, struct json_out *j, const struct need *need);

#endif
