/* FNV-1a as published by Fowler, Noll and Vo. */
#include "base/hash.h"

uint64_t hash_fnv1a(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        h ^= (unsigned char)s.p[i];
        h *= UINT64_C(1099511628211);
    }
    return h;
}
