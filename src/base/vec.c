/* Growth of arena vectors by doubling. */
#include "base/vec.h"

void *vec_grown(struct arena *a, const void *v, size_t n, size_t *cap, size_t size)
{
    size_t grown = *cap ? *cap * 2 : 8;
    void *p = arena_grown(a, v, n * size, grown, size);
    *cap = grown;
    return p;
}
