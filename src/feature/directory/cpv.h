/* Codes of the EU's procurement vocabulary that truly name a process (vocab/cpv_process.csv). */
#ifndef PPURI_FEATURE_DIRECTORY_CPV_H
#define PPURI_FEATURE_DIRECTORY_CPV_H

#include "base/embedded.h"
#include "vocab/vocab.h"

struct cpv_table {
    struct map by_code; /* process node */
};

struct cpv_found {
    uint32_t *v;
    size_t n;
    size_t cap;
};

/* A row whose process the vocabulary does not have is logged and left out. */
void cpv_load(struct arena *a, const struct vocab *v, const struct embedded *files, struct cpv_table *out);
/* The processes of the codes between |, each once. */
void cpv_processes(const struct cpv_table *t, struct arena *a, struct str codes, struct cpv_found *out);

#endif
