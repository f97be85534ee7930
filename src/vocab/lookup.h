/*
 * The words of one tree (Korean and English names, synonyms, codes) and where they stand in a text. Words are compared
 * after utf8_fold_tight; a code counts only when it is written exactly as it is.
 */
#ifndef PPURI_VOCAB_LOOKUP_H
#define PPURI_VOCAB_LOOKUP_H

#include "base/utf8.h"
#include "vocab/tree.h"

enum lookup_kind { LOOKUP_CODE, LOOKUP_NAME, LOOKUP_SYNONYM };

struct lookup_entry {
    struct str key; /* folded */
    uint32_t node;
    enum lookup_kind kind;
};

/* A key, once for all entries that have it. */
struct lookup_key {
    uint64_t head;    /* its first eight bytes, the first one highest; zeros behind a shorter key */
    uint32_t entry;   /* the first of them */
    uint32_t shorter; /* from 1: the longest key that this one begins with; 0: none */
};

/* Keys from lo up to hi - 1. */
struct lookup_range {
    uint32_t lo;
    uint32_t hi;
};

/* The keys that begin with two signs. */
struct lookup_pair {
    uint32_t first;
    uint32_t second;
    struct lookup_range range; /* hi = 0: nothing is here */
};

struct lookup {
    const struct tree *tree;
    struct lookup_key *keys; /* sorted */
    size_t keys_n;
    struct lookup_pair *pairs; /* by hash, the next free one when taken */
    size_t pairs_mask;
    struct lookup_entry *v; /* sorted by key, kind, node */
    size_t n;
    size_t cap;
};

/* A text made ready for scanning; `text` must be in normal form C. */
struct lookup_text {
    struct str text;
    struct utf8_folded folded;
};

struct lookup_hit {
    size_t from; /* bytes of the original text, `to` exclusive */
    size_t to;
    struct str key; /* the folded word of the vocabulary */
    uint32_t node;
    enum lookup_kind kind;
    bool shared; /* the same word stands at another node too; `node` is the one that comes first */
};

/* The tree must live as long as the lookup. */
void lookup_build(struct arena *a, const struct tree *tree, struct lookup *out);
/* The same in pieces, for more words: lookup_words, lookup_add for each word of a node (a synonym), lookup_index. */
void lookup_words(struct arena *a, const struct tree *tree, struct lookup *out);
void lookup_add(struct arena *a, struct lookup *l, struct str word, uint32_t node);
void lookup_index(struct arena *a, struct lookup *l);
/* The whole word is one of the tree's. */
bool lookup_exact(const struct lookup *l, struct arena *a, struct str word, struct lookup_hit *hit);

enum { LOOKUP_SIGNS = 3, LOOKUP_HASHES = 1 << 16 };

/* The signs that a text has at a folded byte: which look-ups are worth asking is known from them. */
struct lookup_signs {
    uint32_t c[LOOKUP_SIGNS];  /* 0 behind the end */
    uint8_t len[LOOKUP_SIGNS]; /* bytes */
};

struct lookup_signs lookup_signs_at(const struct lookup_text *text, size_t folded);
/* Sets `bit` in `asked` (LOOKUP_HASHES) for all signs that a word of the look-up may begin with. */
void lookup_note(const struct lookup *l, uint8_t *asked, uint8_t bit);
/* The bits of the look-ups that may have a word at a folded byte. */
uint8_t lookup_asked(const uint8_t *asked, const struct lookup_text *text, size_t folded, struct lookup_signs signs);
/* The longest word that begins right at a folded byte. */
bool lookup_at(const struct lookup *l, const struct lookup_text *text, size_t folded, struct lookup_signs signs,
               struct lookup_hit *hit);

void lookup_prepare(struct arena *a, struct str text, struct lookup_text *out);
/* The first place at or after byte `from` where a word begins, and the longest word there. Words of letters and digits
   stand alone; a Korean word may be part of a longer one, but a word of one syllable stands alone, and a word that
   spans a blank does not begin with the last syllable of another word or end with the first. */
bool lookup_find_next(const struct lookup *l, const struct lookup_text *text, size_t from, struct lookup_hit *hit);

#endif
