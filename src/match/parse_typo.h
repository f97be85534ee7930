/*
 * Words with one typo: Latin words of 5 letters or more, Korean ones of 4 syllables or more, one letter (of Korean: one
 * jamo) more, less or other. Either half of the word is then unchanged, so a word is looked for by its halves.
 */
#ifndef PPURI_MATCH_PARSE_TYPO_H
#define PPURI_MATCH_PARSE_TYPO_H

#include "vocab/lookup.h"

struct typo_entry {
    uint64_t half; /* hash of half of the letters, with the word's length and which half */
    uint32_t key;  /* of the lookup's entries */
};

enum { TYPO_LETTERS_MOST = 120, TYPO_FILTER_BITS = 1 << 18, TYPO_LENGTHS = 3 };

/* A word while it is spelled: small Latin letters, or Korean syllables as jamo. */
struct typo_word {
    uint16_t v[TYPO_LETTERS_MOST];
    size_t n;
    size_t latin;
    size_t korean;
    bool other;                      /* has a sign that no word with a typo has, or is too long */
    uint64_t half[2 * TYPO_LENGTHS]; /* of words one letter shorter, as long and one longer: left and right */
};

void typo_word_add(struct typo_word *w, uint32_t sign);
/* The word is whole; false: too short, or of other signs. */
bool typo_word_end(struct typo_word *w);

struct typo_index {
    const struct lookup *lookup;
    struct str *letters; /* of each entry of the lookup: letters, Korean as jamo; empty: too short */
    struct typo_entry *v;
    size_t n;
    size_t cap;
    uint64_t *filter; /* TYPO_FILTER_BITS bits: halves that are in v, by their hash */
};

void typo_index_build(struct arena *a, const struct lookup *lookup, struct typo_index *out);
/* The entry that the word is one typo away from; NULL: none, or several of different meaning. */
const struct lookup_entry *typo_find(const struct typo_index *index, const struct typo_word *word);

#endif
