/*
 * A need out of plain words, as doc/parse.md says: a mail, a note on a drawing, a message from a phone. Korean,
 * English, mixed. Nothing is invented, nothing leaves the process; linear in the length of the text.
 */
#ifndef PPURI_MATCH_PARSE_H
#define PPURI_MATCH_PARSE_H

#include "base/json.h"
#include "base/time.h"
#include "match/parse_typo.h"
#include "vocab/words.h"

enum { PARSE_TEXT_MAX = 1 << 20 };

/* A piece of the text and what it was read as. */
struct parse_span {
    size_t from; /* bytes of parse_answer.text, `to` exclusive; spans are in order and do not overlap */
    size_t to;
    size_t step; /* from 1; 0: of the whole need, or of every step */
    const char *field;
    struct str value;
    double
        certainty; /* 1 a code, a name or a number with its unit; 0.9 a synonym; 0.7 with one typo; 0.5 by position */
};

struct parse_spans {
    struct parse_span *v;
    size_t n;
    size_t cap;
};

/* A word with more than one meaning. */
struct parse_doubt {
    size_t from;
    size_t to;
    const char *field;
    struct str_list options; /* codes, the one that was taken first */
};

struct parse_doubts {
    struct parse_doubt *v;
    size_t n;
    size_t cap;
};

struct parse_answer {
    struct str text; /* in normal form C: what the offsets count in */
    struct str need; /* the need as a JSON object that need_read takes; without a process "steps" is empty */
    struct parse_spans spans;
    struct parse_doubts doubts;
    struct str_list unread; /* words that were not understood, in order */
};

struct parse_words {
    const struct vocab *vocab;
    const struct words *words;
    const uint8_t *asked;        /* look-ups by the first two signs of their words: lookup_asked */
    struct typo_index processes; /* of names, for words with one typo */
    struct typo_index materials;
};

/* Built once; the vocabulary and the words must live as long. */
void parse_words_build(struct arena *a, const struct vocab *v, const struct words *words, struct parse_words *out);

/* `text` is valid UTF-8 of at most PARSE_TEXT_MAX bytes. */
void parse_need(struct arena *a, const struct parse_words *words, struct str text, struct day today,
                struct parse_answer *out);

/* The need with "spans", "doubts" and "unread" beside its members. */
void parse_answer_json(struct arena *a, struct json_out *j, const struct parse_answer *answer);

#endif
