/* Growth of arena vectors by doubling. */
#include "base/vec.h"

void *vec_grown(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
    size_t grown = *cap ? *cap * 2 : 8;
    char *p = arena_raw(a, grown, size);
    if (n)
        memcpy(p, v, n * size);
    memset(p + n * size, 0, (grown - n) * size);
    *cap = grown;
    return p;
}
