/*
 * The syntax inside translatable texts, read the same way by the program and by the build tools:
 *     {name}            the value
 *     {name|one|many}   the first word if the value is 1, else the second
 *     {을/를}           a Korean particle for what stands before it
 */
#ifndef PPURI_I18N_PATTERN_H
#define PPURI_I18N_PATTERN_H

#include "base/str.h"

enum piece_kind { PIECE_TEXT, PIECE_VALUE, PIECE_PLURAL, PIECE_PARTICLE };

struct piece {
    enum piece_kind kind;
    struct str text; /* the text, or the name */
    struct str a;    /* plural: one; particle: after a consonant */
    struct str b;    /* plural: many; particle: after a vowel */
};

/* Cuts the next piece off `rest`; false at the end. A hole that breaks the syntax comes back as text, with *error set.
 */
bool pattern_next(struct str *rest, struct piece *piece, const char **error);
/* NULL, or what is wrong with the text. */
const char *pattern_error(struct str text);
/* Whether some piece of `text` uses the value `name`. */
bool pattern_uses(struct str text, struct str name);

#endif
