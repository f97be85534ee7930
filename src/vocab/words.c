/* One look-up a tree. */
#include "vocab/words.h"

void words_build(struct arena *a, const struct vocab *v, struct words *out)
{
    lookup_build(a, &v->processes, &out->processes);
    lookup_build(a, &v->materials, &out->materials);
    lookup_build(a, &v->certificates, &out->certificates);
    lookup_build(a, &v->industries, &out->industries);
    lookup_build(a, &v->regions, &out->regions);
}
