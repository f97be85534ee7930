/* The answer as JSON, as doc/matching.md lays it out. */
#ifndef PPURI_MATCH_ANSWER_JSON_H
#define PPURI_MATCH_ANSWER_JSON_H

#include "base/json.h"
#include "match/scan.h"

/* `korean` chooses the language of asked, offered and label texts; questions come in both. */
void match_answer_json(struct arena *a, struct json_out *j, const struct match_answer *answer, bool korean);

/* The limit a relaxation proposes, in the unit of the criterion; false for lists, which can only be dropped. */
struct relax_limit {
    enum { LIMIT_NONE, LIMIT_NUMBER, LIMIT_SIZE, LIMIT_TOLERANCE, LIMIT_PROCESS } kind;
    double number;
    const struct size_mm *size;
    const struct tolerance *tolerance;
    struct str process;
};

struct relax_limit relaxation_limit(const struct step_answer *answer, const struct relaxation *r);

#endif
