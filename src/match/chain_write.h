/* The answer about chains as JSON (doc/matching.md lays it out) and as text. */
#ifndef PPURI_MATCH_CHAIN_WRITE_H
#define PPURI_MATCH_CHAIN_WRITE_H

#include "base/json.h"
#include "match/chain.h"

void chain_answer_json(struct arena *a, struct json_out *j, const struct chain_answer *answer);
void chain_answer_text(struct arena *a, struct buf *out, const struct chain_answer *answer, bool korean);
/* Why there is no chain, a sentence each. */
struct str_list chain_reasons(struct arena *a, const struct chain_answer *answer, bool korean);

#endif
