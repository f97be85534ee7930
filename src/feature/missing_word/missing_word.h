/* Words that a visitor looked for in vain and sends to the council, counted by list and folded word. */
#ifndef PPURI_FEATURE_MISSING_WORD_MISSING_WORD_H
#define PPURI_FEATURE_MISSING_WORD_MISSING_WORD_H

#include "core/idempotency.h"
#include "html/form.h"

extern const struct choice_list word_lists;

#define MISSING_WORD_FORM(F)                                                                                           \
    F(choice, list, T("목록"), 0, 0, .required = true, .choices = &word_lists)                                         \
    F(text, word, T("말"), 1, 100, .required = true)

FORM(missing_word_form, MISSING_WORD_FORM);

struct missing_word {
    struct str list; /* a code of word_lists */
    struct str word; /* 1..100 characters */
    struct str request;
    struct str address; /* of the client, for the audit row */
};

/* Counts the word once a key; audited. */
MUST_USE enum status missing_word_tell(struct db *db, const struct idempotency_key *key,
                                       const struct missing_word *word, struct idempotency_answer *answer);

struct told_word {
    struct str list;
    struct str word;
    int64_t times;
};

struct told_words {
    struct told_word *v;
    size_t n;
    size_t cap;
};

/* The most wanted first; limit >= 1. */
MUST_USE enum status missing_word_list(struct db *db, int64_t limit, struct told_words *out);

#endif
