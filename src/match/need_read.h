/* A need from JSON: the same door for files, the API and the page's form. */
#ifndef PPURI_MATCH_NEED_READ_H
#define PPURI_MATCH_NEED_READ_H

#include "base/json.h"
#include "base/problem.h"
#include "match/need.h"

/* Reads, checks and plans. ST_INVALID with the problems when anything is not as it should be. */
MUST_USE enum status need_read(struct arena *a, const struct vocab *v, const struct json *value, struct need *out,
                               struct problem_list *problems);
/* The same from JSON text, which must be valid UTF-8. */
MUST_USE enum status need_read_text(struct arena *a, const struct vocab *v, struct str text, struct need *out,
                                    struct problem_list *problems);

#endif
