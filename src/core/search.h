/*
 * Search over texts of every kind: a bigram index in memory, made at the start of the process from what is stored and
 * kept in step with the change log (decision 067). A word is found wherever its signs stand, blanks, hyphens, dots and
 * underscores left out; initial consonants (U+3131.. of the keyboard) stand for syllables. Words are joined by AND.
 * What a query answers equals a plain scan of the folded texts.
 *
 * Whoever has texts gives them with search_put; the index knows nothing of firms or needs. One thread writes, any
 * number read.
 */
#ifndef PPURI_CORE_SEARCH_H
#define PPURI_CORE_SEARCH_H

#include "base/status.h"
#include "base/vec.h"

enum search_field { SEARCH_NAME, SEARCH_PROCESS, SEARCH_TEXT, SEARCH_FIELDS };
enum search_kind { SEARCH_FIRM, SEARCH_CAPABILITY, SEARCH_NEED, SEARCH_KINDS };
enum {
    SEARCH_WORDS_MAX = 8,
    SEARCH_WORD_CHARS_MAX = 64,
    SEARCH_LIMIT_MAX = 100,
    SEARCH_SKIP_MAX = 2000,
    SEARCH_FIELD_BYTES_MAX = 16384
};

/* One thing to be found. Pieces of a field are searched each by itself; only the first SEARCH_FIELD_BYTES_MAX bytes
 * count. */
struct search_doc {
    enum search_kind kind;
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

struct search;

struct search *search_new(void);
void search_free(struct search *s);
/* Replaces everything that was made of `part_of` (the ref in the change log); no documents: it is gone. All texts are
   copied. */
void search_put(struct search *s, struct str part_of, const struct search_docs *docs);

/* How much of the first filling is done, 0 .. 100; until then answers are of what is there. */
void search_filled(struct search *s, int percent);
int search_percent(struct search *s);

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

struct search_ask {
    struct str words;
    unsigned kinds;     /* a bit each; 0: every kind */
    int64_t viewer_org; /* who asks; 0: a visitor */
    size_t limit;       /* 1 .. SEARCH_LIMIT_MAX */
    size_t skip;        /* hits before the first, at most SEARCH_SKIP_MAX */
};

struct search_hit {
    int64_t rank; /* best first: field of the first word, exact, at the beginning, inside */
    enum search_kind kind;
    struct str ref;
    struct str part_of; /* as given to search_put: site/REF of a firm or capability */
    struct str title;
    struct str snippet;
    struct str other; /* folded piece with the first word, when neither title nor snippet has any; else empty */
    struct search_spans title_spans;
    struct search_spans snippet_spans;
};

struct search_hits {
    struct search_hit *v; /* by rank, then title, then ref */
    size_t n;
    size_t cap;
    int64_t count[SEARCH_KINDS]; /* of all hits, whatever kinds are asked */
    bool more;
};

/* Texts live in `a`. No words: no hits. ST_TOO_LARGE: more than SEARCH_WORDS_MAX words or a too long one. */
MUST_USE enum status search_query(struct search *s, struct arena *a, const struct search_ask *ask,
                                  struct search_hits *out);

/* Inside of the index, for its tests and the scan it is measured against. */

struct search_words {
    struct str v[SEARCH_WORDS_MAX]; /* folded */
    size_t n;
};

struct search_tokens {
    int64_t *v;
    size_t n;
    size_t cap;
    bool whole; /* one token, and a text that has it holds the word */
};

MUST_USE enum status search_words_read(struct arena *a, struct str text, struct search_words *out);
/* Folded pieces with a line end between them. */
struct str search_fold(struct arena *a, const struct str_list *pieces);
/* Tokens a word must have; the first is the one of its beginning. */
void search_word_tokens(struct arena *a, struct str word, struct search_tokens *out);
/* 0: the piece is the word, 1: begins with it; -1: neither. */
int64_t search_begin_rank(struct str piece, struct str word);
/* The same, and 2: holds it. */
int64_t search_rank_in_piece(struct str piece, struct str word);
/* 3 x field + the best of its pieces; -1 when the word is not there. */
int64_t search_rank(const struct str fold[SEARCH_FIELDS], struct str word);
/* Where the words stand in a text as it is shown. */
void search_mark(struct arena *a, struct str shown, const struct search_words *words, struct search_spans *out);

#endif
