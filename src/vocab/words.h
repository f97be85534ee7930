/* The look-ups by name of all vocabularies and the suggestions, built once: what people type to codes. */
#ifndef PPURI_VOCAB_WORDS_H
#define PPURI_VOCAB_WORDS_H

#include "vocab/lookup.h"
#include "vocab/suggest.h"

struct words {
    struct lookup processes;
    struct lookup materials;
    struct lookup certificates;
    struct lookup industries;
    struct lookup regions;
    struct suggest suggest;
};

/* The vocabulary must live as long as the words. */
void words_build(struct arena *a, const struct vocab *v, struct words *out);

#endif
