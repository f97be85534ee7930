/* One look-up a tree, and the suggestions over all of them. */
#include "vocab/words.h"

void words_build(struct arena *a, const struct vocab *v, struct words *out)
{
    lookup_build(a, &v->processes, &out->processes);
    lookup_build(a, &v->materials, &out->materials);
    lookup_build(a, &v->certificates, &out->certificates);
    lookup_build(a, &v->industries, &out->industries);
    lookup_build(a, &v->regions, &out->regions);
    suggest_build(a, v, &out->suggest);
}
