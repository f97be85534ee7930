/* A region from the words of an address, for lists that have no region codes. */
#ifndef PPURI_FEATURE_DIRECTORY_REGION_WORDS_H
#define PPURI_FEATURE_DIRECTORY_REGION_WORDS_H

#include "vocab/lookup.h"

struct region_words {
    const struct tree *regions;
    struct lookup lookup;
};

void region_words_open(struct arena *a, const struct tree *regions, struct region_words *out);
/* A country by code or name; NODE_NONE when it is not known. */
uint32_t region_of_country(const struct region_words *w, struct arena *a, struct str country);
/* The smallest place in Korea that the texts name (province, district, address, in this order), else Korea itself. A
   place that only one of two readings would give is not taken. */
uint32_t region_in_korea(const struct region_words *w, struct arena *a, const struct str *texts, size_t n);

#endif
