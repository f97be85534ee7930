/*
 * The council's own entries over the embedded lists. They win: their names replace the embedded ones, their words are
 * taken from other entries. But a code never changes its meaning: an embedded entry gets names and synonyms, nothing
 * else.
 */
#ifndef PPURI_VOCAB_OVERLAY_H
#define PPURI_VOCAB_OVERLAY_H

#include "vocab/list.h"

/* Empty texts and blanks say nothing. */
struct vocab_entry {
    enum vocab_list list;
    struct str code;
    struct str parent; /* of a new code in a tree */
    struct str ko;     /* required for a new code, as is en */
    struct str en;
    struct str synonyms; /* separated by | */
    struct str kind;     /* of a certificate */
    struct str implies;  /* of a certificate, separated by | */
    struct opt_real density_kg_m3;
    bool has_point; /* required for a new region */
    struct coordinates at;
};

/* Entries in the order of list and code, so that parents come before. */
struct vocab_overlay {
    struct vocab_entry *v;
    size_t n;
    size_t cap;
    int64_t seq; /* of the last change; the version of the vocabulary names it when it is not 0 */
};

struct overlay_refusal {
    struct str code;
    const char *why;
};

/* Entries that do not fit the lists of this program: they are left out. */
struct overlay_refusals {
    struct overlay_refusal *v;
    size_t n;
    size_t cap;
};

/* vocab_load with the council's entries over it. What is left out is logged when `refusals` is NULL. */
MUST_USE enum status vocab_load_over(struct arena *a, const struct embedded *files, const struct vocab_overlay *overlay,
                                     struct vocab *out, struct overlay_refusals *refusals, struct str *why);

#endif
