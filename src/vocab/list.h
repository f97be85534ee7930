/* The five vocabularies that have names and synonyms, by number: for everything that offers a choice of list. */
#ifndef PPURI_VOCAB_LIST_H
#define PPURI_VOCAB_LIST_H

#include "vocab/vocab.h"

enum vocab_list {
    LIST_PROCESSES,
    LIST_MATERIALS,
    LIST_CERTIFICATES,
    LIST_INDUSTRIES,
    LIST_REGIONS,
    VOCAB_LISTS /* their number; where a list is asked for: all of them */
};

/* "processes", as in addresses, options and the store. */
const char *vocab_list_name(enum vocab_list list);
bool vocab_list_of(struct str name, enum vocab_list *list);
const struct tree *vocab_tree(const struct vocab *v, enum vocab_list list);

/* The first list that has the code. A code that was renamed counts as its new one. */
bool vocab_find_anywhere(const struct vocab *v, struct str code, enum vocab_list *list, uint32_t *node);

#endif
