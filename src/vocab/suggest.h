/*
 * Suggestions while a word of the vocabulary is being typed: Korean down to the last unfinished syllable (여, 열ㅊ, 옃)
 * and by initial consonants (ㅇㅊㄹ), English, codes. Built once, then read-only; a question costs well under a
 * millisecond over all lists.
 */
#ifndef PPURI_VOCAB_SUGGEST_H
#define PPURI_VOCAB_SUGGEST_H

#include "vocab/list.h"
#include "vocab/lookup.h"

enum { SUGGEST_QUERY_CHARS_MAX = 64, SUGGEST_LIMIT_MAX = 100 };

struct suggest_entry {
    struct str word; /* as it is written in the list */
    uint32_t node;
    uint32_t key;      /* where its key begins in the list's keys */
    uint32_t initials; /* where its initial consonants begin */
    enum lookup_kind kind;
};

struct suggest_list {
    const struct tree *tree;
    struct suggest_entry *v;
    size_t n;
    size_t cap;
    struct str keys;     /* all keys, a NUL before each and at the end */
    struct str initials; /* the same with the vowels and finals of Korean left out */
};

struct suggest {
    struct suggest_list list[VOCAB_LISTS];
};

/* In this order: the whole word; the beginning of a name, or all initials of a word; the beginning of a synonym or a
 * code; inside. */
enum suggest_rank { SUGGEST_EXACT, SUGGEST_NAME, SUGGEST_SYNONYM, SUGGEST_INSIDE, SUGGEST_NEAR };

struct suggest_hit {
    enum vocab_list list;
    uint32_t node;
    struct str word; /* the one that matched */
    enum lookup_kind kind;
    enum suggest_rank rank;
};

struct suggest_hits {
    struct suggest_hit *v;
    size_t n;
    size_t cap;
};

struct suggest_question {
    struct str text;      /* only its first SUGGEST_QUERY_CHARS_MAX characters count */
    enum vocab_list list; /* VOCAB_LISTS: all */
    size_t limit;         /* 1 .. SUGGEST_LIMIT_MAX */
};

/* The vocabulary must live as long as the suggestions. */
void suggest_build(struct arena *a, const struct vocab *v, struct suggest *out);
/* Each node once, best first, always in the same order; the list lives in the arena. */
void suggest_find(const struct suggest *s, struct arena *a, const struct suggest_question *q, struct suggest_hits *out);
/* Words that are nearly the typed one: for when nothing was found. Some milliseconds. */
void suggest_near(const struct suggest *s, struct arena *a, const struct suggest_question *q, struct suggest_hits *out);

#endif
