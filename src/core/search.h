/*
 * Search over texts of every kind: one bigram index in plain tables, the same on both stores. A word is found wherever
 * its signs stand, blanks, hyphens, dots and underscores left out; initial consonants (U+3131.. of the keyboard) stand
 * for syllables. Words are joined by AND. What a query answers equals a plain scan of the folded texts.
 *
 * Whoever has texts gives them with search_put in a transaction; the index knows nothing of firms or needs.
 */
#ifndef PPURI_CORE_SEARCH_H
#define PPURI_CORE_SEARCH_H

#include "db/db.h"

/* Changes when the tokens of a text change: the index is then made again. */
#define SEARCH_VERSION "1"

enum search_field { SEARCH_NAME, SEARCH_PROCESS, SEARCH_TEXT, SEARCH_FIELDS };
enum { SEARCH_WORDS_MAX = 8, SEARCH_WORD_CHARS_MAX = 64, SEARCH_LIMIT_MAX = 100, SEARCH_FIELD_BYTES_MAX = 16384 };

/* One thing to be found. Pieces of a field are searched each by itself; only the first SEARCH_FIELD_BYTES_MAX bytes
 * count. */
struct search_doc {
    struct str kind; /* "firm", "capability", "need" */
    struct str ref;
    int64_t owner_org; /* 0: nobody's */
    bool only_owner;
    struct str title;
    struct str shown; /* what the snippet is cut of */
    struct str_list field[SEARCH_FIELDS];
};

struct search_docs {
    struct search_doc *v;
    size_t n;
    size_t cap;
};

/* Replaces everything that was made of `part_of` (the ref in the change log); no documents: it is gone. */
MUST_USE enum status search_put(struct tx *t, struct str part_of, const struct search_docs *docs);

/* How far the index has followed the change log, and what it was made with. ST_NOT_FOUND: never. */
MUST_USE enum status search_state_read(struct db *db, struct str *version, int64_t *seq);
MUST_USE enum status search_state_write(struct tx *t, struct str version, int64_t seq);

/* Bytes of the title or snippet, `to` exclusive. */
struct search_span {
    size_t from;
    size_t to;
};

struct search_spans {
    struct search_span *v;
    size_t n;
    size_t cap;
};

struct search_cursor {
    int64_t rank; /* 0 at the start */
    int64_t doc;
};

struct search_ask {
    struct str words;
    struct str kind;    /* p = NULL: every kind */
    int64_t viewer_org; /* who asks; 0: a visitor */
    size_t limit;       /* 1 .. SEARCH_LIMIT_MAX */
    struct search_cursor after;
};

struct search_hit {
    int64_t rank; /* best first: field of the first word, exact, at the beginning, inside */
    int64_t doc;
    struct str kind;
    struct str ref;
    struct str part_of; /* as given to search_put: site/REF of a firm or capability */
    struct str title;
    struct str snippet;
    struct search_spans title_spans;
    struct search_spans snippet_spans;
};

struct search_hits {
    struct search_hit *v;
    size_t n;
    size_t cap;
    bool more;
    struct search_cursor next; /* only with `more` */
};

/* Texts live in the db's arena. No words: no hits. ST_TOO_LARGE: more than SEARCH_WORDS_MAX words or a too long one. */
MUST_USE enum status search_query(struct db *db, const struct search_ask *ask, struct search_hits *out);

/* Inside of the index, for its tests and the scan it is measured against. */

struct search_words {
    struct str v[SEARCH_WORDS_MAX]; /* folded */
    size_t n;
};

struct search_tokens {
    int64_t *v;
    size_t n;
    size_t cap;
};

MUST_USE enum status search_words_read(struct arena *a, struct str text, struct search_words *out);
/* Folded pieces with a line end between them. */
struct str search_fold(struct arena *a, const struct str_list *pieces);
/* Tokens a word must have; the first is the one of its beginning. */
void search_word_tokens(struct arena *a, struct str word, struct search_tokens *out);
/* 3 x field + exact, beginning, inside; -1 when the word is not there. */
int64_t search_rank(const struct str fold[SEARCH_FIELDS], struct str word);
/* Where the words stand in a text as it is shown. */
void search_mark(struct arena *a, struct str shown, const struct search_words *words, struct search_spans *out);

#endif
