/* Inside directory/ only: a product list cut into the pieces between commas, brackets and words for "and". */
#ifndef PPURI_FEATURE_DIRECTORY_INFER_TEXT_H
#define PPURI_FEATURE_DIRECTORY_INFER_TEXT_H

#include "base/vec.h"

enum piece_break { BREAK_JOIN, BREAK_CLAUSE, BREAK_OPEN, BREAK_CLOSE };

enum { VERB_MAKE = 1, VERB_TRADE = 2 };

struct piece {
    size_t from;
    size_t to;
    unsigned depth;          /* brackets around it */
    enum piece_break opened; /* what stands before it */
    enum piece_break closed; /* what stands after it */
    unsigned verbs;          /* its own: making, trading */
    unsigned verbs_for_it;   /* its own and those after it that hold for the whole list */
    bool only_verbs;
    bool heads_machine; /* its last word is a machine, an equipment, a material */
};

struct pieces {
    struct piece *v;
    size_t n;
    size_t cap;
};

/* Every break makes a piece, so some are empty. The verb fields are left for the caller. */
void pieces_cut(struct arena *a, struct str text, struct pieces *out);
/* The piece that goes on where the bracket closes that follows or surrounds piece i; the count when there is none. */
size_t piece_after_bracket(const struct pieces *p, size_t i);

#endif
