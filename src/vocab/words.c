/* One look-up a tree, and the suggestions over all of them. */
#include "vocab/words.h"

/* The code of a certificate is how the standard is called ("ISO9001"), so it may be written like any word: "iso 9001".
 */
static void name_by_code(struct arena *a, struct lookup *certificates)
{
    for (uint32_t i = 0; i < certificates->tree->n; i++)
        lookup_add(a, certificates, certificates->tree->v[i].code, i);
}

void words_build(struct arena *a, const struct vocab *v, struct words *out)
{
    lookup_build(a, &v->processes, &out->processes);
    lookup_build(a, &v->materials, &out->materials);
    lookup_words(a, &v->certificates, &out->certificates);
    name_by_code(a, &out->certificates);
    lookup_index(a, &out->certificates);
    lookup_build(a, &v->industries, &out->industries);
    lookup_build(a, &v->regions, &out->regions);
    suggest_build(a, v, &out->suggest);
}
