/*
 * A vocabulary tree in preorder: everything at or below node i is the range i .. v[i].end - 1, so "below" is two
 * comparisons. Node numbers are valid for one loaded vocabulary; what is stored or sent is the code.
 */
#ifndef PPURI_VOCAB_TREE_H
#define PPURI_VOCAB_TREE_H

#include "base/csv.h"
#include "base/map.h"
#include "base/vec.h"

#define NODE_NONE UINT32_MAX

struct tree_node {
    struct str code;
    struct str ko;
    struct str en;
    struct str_list synonyms;
    uint32_t parent; /* NODE_NONE at the top */
    uint32_t end;
    uint32_t level; /* 1 at the top */
    uint32_t row;   /* row of the file, 1 = the first after the header: where further columns are found */
};

struct tree {
    struct tree_node *v;
    size_t n;
    struct map by_code;
};

/* Reads code, parent, ko, en, synonyms of a table with a header row; a table without the column parent is a flat list.
   ST_INVALID with *why set on a missing column, name or parent, or a code used twice. */
MUST_USE enum status tree_load(struct arena *a, const struct csv_table *table, struct tree *out, struct str *why);
bool tree_find(const struct tree *t, struct str code, uint32_t *node);

/* True when node is `above` or somewhere below it. */
static inline bool tree_below(const struct tree *t, uint32_t node, uint32_t above)
{
    return node >= above && node < t->v[above].end;
}

static inline struct str tree_name(const struct tree *t, uint32_t node, bool korean)
{
    return korean ? t->v[node].ko : t->v[node].en;
}

#endif
