/* Korean particles: which form follows a word. */
#ifndef PPURI_I18N_PARTICLE_H
#define PPURI_I18N_PARTICLE_H

#include "base/buf.h"

/* How the sound of a text ends. */
enum ending { ENDING_UNKNOWN, ENDING_VOWEL, ENDING_CONSONANT, ENDING_RIEUL };

/* Looks at the last syllable, figure, letter or unit; closing quotes, brackets and punctuation are skipped. */
enum ending particle_ending(struct str text);
/* Appends the right one of the two forms for what `out` ends with: `a` after a consonant, `b` after a vowel; forms that
   begin with 으 take `b` after ㄹ as well. Where the sound is unknown: "을(를)", "(으)로". */
void particle_add(struct buf *out, struct str a, struct str b);

#endif
