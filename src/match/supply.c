/* Makes the folded forms once, so that comparing does no Unicode work. */
#include "match/supply.h"

#include "base/utf8.h"

static void fold_list(struct arena *a, const struct str_list *from, struct str_list *to)
{
    *to = (struct str_list){NULL, 0, 0};
    for (size_t i = 0; i < from->n; i++)
        VEC_PUSH(a, to, utf8_fold_tight(a, from->v[i]));
}

void supply_prepare(struct arena *a, struct site *site)
{
    site->folded_names[0] = utf8_fold(a, site->org.name);
    site->folded_names[1] = utf8_fold(a, site->org.name_en);
    site->folded_names[2] = utf8_fold(a, site->name);
    for (size_t i = 0; i < site->capabilities.n; i++) {
        struct capability *c = &site->capabilities.v[i];
        c->site = site;
        c->folded_text = utf8_fold(a, c->text);
        fold_list(a, &c->standards, &c->folded_standards);
        fold_list(a, &c->tags, &c->folded_tags);
    }
}
