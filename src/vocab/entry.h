/* What the lists say about one entry beyond its names: its place in the tree and what it leads to. */
#ifndef PPURI_VOCAB_ENTRY_H
#define PPURI_VOCAB_ENTRY_H

#include "vocab/list.h"

enum entry_relation {
    ENTRY_COVERS,     /* who offers the entry also does the other */
    ENTRY_COVERED_BY, /* who offers the other also does the entry */
    ENTRY_MAY_COVER,  /* perhaps: to be asked */
    ENTRY_MAY_BE_COVERED_BY,
    ENTRY_SAME, /* equivalent materials */
    ENTRY_NEAR,
    ENTRY_ASK,
    ENTRY_IMPLIES, /* certificates, over chains too */
    ENTRY_IMPLIED_BY,
    ENTRY_RELATIONS
};

struct entry_link {
    enum entry_relation relation;
    uint32_t other;
    uint32_t via;      /* the node it is said of: the entry, or one above it */
    struct str source; /* empty for certificates */
};

struct entry_links {
    struct entry_link *v;
    size_t n;
    size_t cap;
};

/* By relation, then as the lists have them. */
void entry_links(struct arena *a, const struct vocab *v, enum vocab_list list, uint32_t node, struct entry_links *out);
/* "열처리 > 침탄 > 진공 침탄": names from the top down to the node. */
struct str entry_path(struct arena *a, const struct tree *tree, uint32_t node, bool korean);
/* "covers", as in JSON. */
const char *entry_relation_name(enum entry_relation relation);

#endif
