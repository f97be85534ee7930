/* Non-cryptographic hashes. */
#ifndef PPURI_BASE_HASH_H
#define PPURI_BASE_HASH_H

#include "base/str.h"

#define FNV1A_64_START UINT64_C(14695981039346656037)

/* FNV-1a, 64 bits (offset basis 14695981039346656037, prime 1099511628211); feed pieces by passing the last result. */
uint64_t hash_fnv1a(uint64_t h, struct str s);

#endif
