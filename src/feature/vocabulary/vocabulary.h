/* The lists of words as people and programs see them: answers in JSON, shared by the API and the command line. */
#ifndef PPURI_FEATURE_VOCABULARY_VOCABULARY_H
#define PPURI_FEATURE_VOCABULARY_VOCABULARY_H

#include "base/json.h"
#include "vocab/entry.h"
#include "vocab/words.h"

/* {"vocab_version","q","results":[...]} and, when there are none, "near" with words that are nearly the typed one.
   Returns the number of results. */
size_t vocabulary_find_json(struct arena *a, struct json_out *j, const struct vocab *v, const struct words *words,
                            const struct suggest_question *q);
/* One entry with all the lists say about it. */
void vocabulary_entry_json(struct arena *a, struct json_out *j, const struct vocab *v, enum vocab_list list,
                           uint32_t node);
/* {"vocab_version","list","entries":[{"code","parent","ko","en","synonyms"}]} */
void vocabulary_list_json(struct json_out *j, const struct vocab *v, enum vocab_list list);

#endif
