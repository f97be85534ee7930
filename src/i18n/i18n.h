/* The two languages of the product. Korean is the source of every text, English a catalogue built from locale/en.po. */
#ifndef PPURI_I18N_I18N_H
#define PPURI_I18N_I18N_H

#include "base/value.h"

enum language { LANGUAGE_KO, LANGUAGE_EN, LANGUAGES };

/* A catalogue as tools/poc lays it out: `slots` is an open-addressed table over hash_fnv1a of the id (0 is free, else
   the row's number plus one), its size a power of two. */
struct catalogue_row {
    struct str id;
    struct str text;
};

struct catalogue {
    const struct catalogue_row *rows;
    const uint16_t *slots;
    size_t slots_n;
};

extern const struct catalogue catalogue_ko;
extern const struct catalogue catalogue_en;

/* Lives as long as the program. */
const struct locale *i18n_locale(enum language language);
/* "ko" or "en"; anything else is false. */
bool i18n_language(struct str tag, enum language *out);
/* The text of that id, or the id itself. */
struct str catalogue_find(const struct catalogue *c, struct str id);
/* Appends `text` with its holes filled (i18n/pattern.h) by the values as this locale writes them. */
void i18n_fill(const struct locale *l, struct buf *out, struct str text, const struct msg_arg *args, size_t n);

#endif
