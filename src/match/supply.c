/* Makes the folded forms once, so that comparing does no Unicode work. */
#include "match/supply.h"

#include "base/utf8.h"

#include <string.h>

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

static struct str copy_text(struct arena *a, struct str s)
{
    return s.n ? arena_str(a, s) : s;
}

static struct str_list copy_texts(struct arena *a, const struct str_list *from)
{
    struct str_list to = {ARENA_ARRAY(a, from->n, struct str), from->n, from->n};
    for (size_t i = 0; i < from->n; i++)
        to.v[i] = copy_text(a, from->v[i]);
    return to;
}

static struct node_list copy_nodes(struct arena *a, const struct node_list *from)
{
    struct node_list to = {ARENA_ARRAY(a, from->n, uint32_t), from->n, from->n};
    if (from->n)
        memcpy(to.v, from->v, from->n * sizeof *to.v);
    return to;
}

static void copy_capability(struct arena *a, const struct capability *from, const struct site *site,
                            struct capability *to)
{
    *to = *from;
    to->site = site;
    to->ref = copy_text(a, from->ref);
    to->materials = copy_nodes(a, &from->materials);
    to->standards = copy_texts(a, &from->standards);
    to->tags = copy_texts(a, &from->tags);
    to->industries = copy_nodes(a, &from->industries);
    to->text = copy_text(a, from->text);
    to->folded_text = copy_text(a, from->folded_text);
    to->folded_standards = copy_texts(a, &from->folded_standards);
    to->folded_tags = copy_texts(a, &from->folded_tags);
}

static void copy_organisation(struct arena *a, struct organisation *o)
{
    o->reg_no = copy_text(a, o->reg_no);
    o->name = copy_text(a, o->name);
    o->name_en = copy_text(a, o->name_en);
    o->kind = copy_text(a, o->kind);
    o->homepage = copy_text(a, o->homepage);
}

struct site *supply_copy(struct arena *a, const struct site *site)
{
    struct site *to = ARENA_NEW(a, struct site);
    *to = *site;
    copy_organisation(a, &to->org);
    to->ref = copy_text(a, site->ref);
    to->name = copy_text(a, site->name);
    to->address = copy_text(a, site->address);
    for (int i = 0; i < 3; i++)
        to->folded_names[i] = copy_text(a, site->folded_names[i]);
    to->certificates.v = ARENA_ARRAY(a, site->certificates.n, struct held_certificate);
    to->certificates.cap = site->certificates.n;
    for (size_t i = 0; i < site->certificates.n; i++)
        to->certificates.v[i] = site->certificates.v[i];
    to->capabilities.v = ARENA_ARRAY(a, site->capabilities.n, struct capability);
    to->capabilities.cap = site->capabilities.n;
    for (size_t i = 0; i < site->capabilities.n; i++)
        copy_capability(a, &site->capabilities.v[i], to, &to->capabilities.v[i]);
    return to;
}
