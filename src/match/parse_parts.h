/* Inside the parse files only: the text as signs, and what was found in it. */
#ifndef PPURI_MATCH_PARSE_PARTS_H
#define PPURI_MATCH_PARSE_PARTS_H

#include "match/criterion.h"
#include "match/parse.h"
#include "match/supply.h"

/* A sign in a form that is compared: full-width as ASCII, Latin in small letters, one sign for each kind of dash, times
   and diameter. */
struct parse_sign {
    uint32_t c;
    uint32_t from; /* bytes of the text */
    uint32_t to;
};

enum fact_kind {
    FACT_PROCESS,
    FACT_MATERIAL,
    FACT_CERTIFICATE,
    FACT_INDUSTRY,
    FACT_REGION, /* the place of delivery */
    FACT_FIRMS_REGION,
    FACT_MAX_KM,
    FACT_SIZE,
    FACT_MASS,
    FACT_THICKNESS,
    FACT_LAYER,
    FACT_TOLERANCE,
    FACT_ROUGHNESS,
    FACT_HARDNESS,
    FACT_QUANTITY,
    FACT_DUE,
    FACT_MONEY,
    FACT_STANDARD,
    FACT_OTHER /* understood, but not of the part: a hole, a thread, a pressure */
};

enum { FACT_KINDS = FACT_OTHER + 1, STEP_ALL = -1, STEP_NONE = -2 };

struct fact {
    enum fact_kind kind;
    uint32_t from, to; /* bytes */
    uint32_t node;     /* of its vocabulary */
    union {            /* what its kind has */
        struct {
            double number[3];
            unsigned n;
        };
        struct tolerance tolerance;
        struct hardness hardness;
        struct day day;
    };
    double certainty;
    bool per_month;
    bool prefer;
    bool negated;
    bool labelled; /* a word before it says what it is */
    int step;      /* STEP_ALL, STEP_NONE or the index of a step */
};

struct facts {
    struct fact *v;
    size_t n;
    size_t cap;
};

struct listed_word {
    struct str word;
    uint32_t begin; /* its first sign */
    uint32_t next;  /* from 1: another that begins with a like sign */
};

enum { WORD_LISTS_MOST = 256, LIKE_SIGNS = 64 };

/* A list of words as it is compared; which signs they begin and end with, because most questions end there. */
struct word_list {
    const char *words;
    uint64_t last[4]; /* by the low byte of the sign */
    struct listed_word *v;
    size_t n;
    uint16_t first[LIKE_SIGNS]; /* from 1, by the low bits of the sign they begin with */
};

struct parser {
    struct arena *arena;
    struct word_list *lists; /* WORD_LISTS_MOST slots, by the list's address */
    const struct parse_words *words;
    struct day today;
    struct str text;
    struct parse_sign *v; /* with four zeros behind */
    size_t n;
    uint32_t *sign;            /* by byte of the text: the first sign at or after it */
    VEC(uint32_t) clause_ends; /* signs */
    bool *taken;               /* by byte of the text: part of a fact */
    struct facts facts;
    struct fact nowhere; /* what has no signs left is written here and forgotten */
    struct parse_answer *out;
};

static inline bool sign_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool sign_is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x52f && c != 0xd7 && c != 0xf7);
}

static inline bool sign_is_korean(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3131 && c <= 0x318e) || (c >= 0x4e00 && c <= 0x9fff);
}

static inline bool sign_is_letter(uint32_t c)
{
    return sign_is_latin(c) || sign_is_korean(c);
}

static inline size_t skip_blanks(const struct parser *p, size_t i)
{
    while (i < p->n && (p->v[i].c == ' ' || p->v[i].c == '\t'))
        i++;
    return i;
}

/* The first sign at or after byte `at`. */
static inline size_t sign_of_byte(const struct parser *p, size_t at)
{
    return p->sign[at];
}

/* parse_text.c */
void parse_signs(struct parser *p);
/* Signs of the word at i when `word` (small letters) stands there; a Latin word must end there. 0: it does not. */
size_t word_at(const struct parser *p, size_t i, const char *word);
/* The longest of words separated by '|'. */
size_t any_word_at(const struct parser *p, size_t i, const char *words);
/* One of the words ends right before i, blanks, ':' and '=' between allowed; *begin is where. */
bool any_word_before(const struct parser *p, size_t i, const char *words, size_t *begin);
/* Where something was found already nothing else is: the fact has what is left of its signs, the last of them. */
struct fact *add_fact(struct parser *p, enum fact_kind kind, size_t from, size_t to);
/* Beginning and end of the clause around sign i: up to a full stop, comma, semicolon, arrow or new line. */
size_t clause_begin(const struct parser *p, size_t i);
size_t clause_end(const struct parser *p, size_t i);

/* parse_number.c: a number with its groups and 만, 천, 억; *end behind it. */
bool number_at(const struct parser *p, size_t i, double *value, size_t *end);

/* Each looks at sign i and gives the sign behind what it found, or 0. */
size_t find_hardness(struct parser *p, size_t i);
size_t find_tolerance(struct parser *p, size_t i);
size_t find_roughness(struct parser *p, size_t i);
size_t find_thread(struct parser *p, size_t i);
size_t find_size(struct parser *p, size_t i);
size_t find_measure(struct parser *p, size_t i);
size_t find_count(struct parser *p, size_t i);
size_t find_due(struct parser *p, size_t i);
size_t find_standard(struct parser *p, size_t i);
/* Numbers before names of things, when no count was found. */
void find_plain_count(struct parser *p);

/* parse_vocab.c */
const uint8_t *note_words(struct arena *a, const struct words *w);
void find_words(struct parser *p);
void find_typos(struct parser *p);
/* parse_context.c: negations, wishes, places of firms. */
void read_contexts(struct parser *p);
/* parse_assign.c: facts to steps, the need and the spans. */
void write_need(struct parser *p); /* of facts in the order of the text */
/* parse_unread.c */
void list_unread(struct parser *p);

#endif
