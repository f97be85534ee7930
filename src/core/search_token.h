/* Inside of the search index: signs and tokens. */
#ifndef PPURI_CORE_SEARCH_TOKEN_H
#define PPURI_CORE_SEARCH_TOKEN_H

#include <stdint.h>

/* The initial consonant of a Korean syllable, every other sign as it is. */
uint32_t search_initial(uint32_t c);
/* Two signs, or one and 0. */
int64_t search_token(uint32_t first, uint32_t second);

#endif
