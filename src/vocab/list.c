/* Names of the lists and where each stands in a loaded vocabulary. */
#include "vocab/list.h"

static const char *const names[VOCAB_LISTS] = {"processes", "materials", "certificates", "industries", "regions"};

const char *vocab_list_name(enum vocab_list list)
{
    return names[list];
}

bool vocab_list_of(struct str name, enum vocab_list *list)
{
    for (int i = 0; i < VOCAB_LISTS; i++) {
        if (str_eq(name, str_c(names[i]))) {
            *list = (enum vocab_list)i;
            return true;
        }
    }
    return false;
}

const struct tree *vocab_tree(const struct vocab *v, enum vocab_list list)
{
    const struct tree *const trees[VOCAB_LISTS] = {&v->processes, &v->materials, &v->certificates, &v->industries,
                                                   &v->regions};
    return trees[list];
}

bool vocab_find_anywhere(const struct vocab *v, struct str code, enum vocab_list *list, uint32_t *node)
{
    for (int i = 0; i < VOCAB_LISTS; i++) {
        if (vocab_find(v, vocab_tree(v, (enum vocab_list)i), code, node)) {
            *list = (enum vocab_list)i;
            return true;
        }
    }
    return false;
}
