/* Texts of sites and needs for the index. Vocabulary entries give all their words, so that each spelling finds them. */
#include "feature/directory/directory.h"
#include "feature/need/need_store.h"
#include "feature/search/search_feed.h"

static void add(struct arena *a, struct str_list *l, struct str s)
{
    if (s.n)
        VEC_PUSH(a, l, s);
}

static void add_node(struct arena *a, const struct tree *t, uint32_t node, struct str_list *l)
{
    add(a, l, t->v[node].ko);
    add(a, l, t->v[node].en);
    for (size_t i = 0; i < t->v[node].synonyms.n; i++)
        add(a, l, t->v[node].synonyms.v[i]);
}

static void add_materials(struct arena *a, const struct vocab *v, const struct node_list *nodes, struct str_list *l)
{
    for (size_t i = 0; i < nodes->n; i++) {
        const struct material_partners *p = &v->partners[nodes->v[i]];
        add_node(a, &v->materials, nodes->v[i], l);
        for (size_t k = 0; k < p->n; k++)
            if (p->v[k].kind >= EQUIVALENT_NEAR)
                add_node(a, &v->materials, p->v[k].grade, l);
    }
}

static struct str joined(struct arena *a, const struct str_list *l)
{
    struct str out = STR("");
    for (size_t i = 0; i < l->n && out.n < 1000; i++)
        out = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(out), i ? " · " : "", STR_ARG(l->v[i]));
    return out;
}

static void capability_doc(struct arena *a, const struct vocab *v, const struct site *s, const struct capability *c,
                           struct search_doc *d)
{
    struct str_list shown = {NULL, 0, 0};
    struct str process = v->processes.v[c->process].ko;
    *d = (struct search_doc){.kind = SEARCH_CAPABILITY, .ref = c->ref};
    d->title = arena_printf(a, STR_FMT " · " STR_FMT, STR_ARG(process), STR_ARG(s->org.name));
    add_node(a, &v->processes, c->process, &d->field[SEARCH_PROCESS]);
    add(a, &shown, c->text);
    for (size_t i = 0; i < c->materials.n; i++)
        add(a, &shown, v->materials.v[c->materials.v[i]].ko);
    for (size_t i = 0; i < c->standards.n; i++)
        add(a, &shown, c->standards.v[i]);
    for (size_t i = 0; i < c->tags.n; i++)
        add(a, &shown, c->tags.v[i]);
    d->shown = joined(a, &shown);
    for (size_t i = 0; i < shown.n; i++)
        add(a, &d->field[SEARCH_TEXT], shown.v[i]);
    add_materials(a, v, &c->materials, &d->field[SEARCH_TEXT]);
}

void search_docs_of_site(struct arena *a, const struct vocab *v, const struct site *s, struct search_docs *out)
{
    struct search_doc firm = {.kind = SEARCH_FIRM, .ref = s->ref, .title = s->org.name};
    struct str_list shown = {NULL, 0, 0};
    add(a, &firm.field[SEARCH_NAME], s->org.name);
    add(a, &firm.field[SEARCH_NAME], s->org.name_en);
    add(a, &firm.field[SEARCH_NAME], s->name);
    if (!str_eq(s->name, s->org.name))
        add(a, &shown, s->name);
    for (size_t i = 0; i < s->capabilities.n; i++) {
        const struct capability *c = &s->capabilities.v[i];
        add(a, &shown, v->processes.v[c->process].ko);
        add_node(a, &v->processes, c->process, &firm.field[SEARCH_PROCESS]);
        capability_doc(a, v, s, c, VEC_ADD(a, out));
    }
    if (s->place.region != NODE_NONE)
        add_node(a, &v->regions, s->place.region, &firm.field[SEARCH_TEXT]);
    add(a, &firm.field[SEARCH_TEXT], s->address);
    add(a, &shown, s->address);
    for (size_t i = 0; i < s->certificates.n; i++)
        add_node(a, &v->certificates, s->certificates.v[i].certificate, &firm.field[SEARCH_TEXT]);
    firm.shown = joined(a, &shown);
    VEC_PUSH(a, out, firm);
}

static void need_doc(struct arena *a, const struct vocab *v, const struct need *n, struct search_doc *d)
{
    struct str_list shown = {NULL, 0, 0};
    *d = (struct search_doc){.kind = SEARCH_NEED, .ref = n->ref, .title = n->title.n ? n->title : n->ref};
    add(a, &d->field[SEARCH_NAME], d->title);
    for (size_t i = 0; i < n->steps.n; i++) {
        const struct need_step *s = &n->steps.v[i];
        if (s->process != NODE_NONE) {
            add_node(a, &v->processes, s->process, &d->field[SEARCH_PROCESS]);
            add(a, &shown, v->processes.v[s->process].ko);
        }
        add(a, &shown, s->words);
        for (size_t k = 0; k < s->materials.n; k++)
            add(a, &shown, v->materials.v[s->materials.v[k]].ko);
        add_materials(a, v, &s->materials, &d->field[SEARCH_TEXT]);
    }
    for (size_t i = 0; i < shown.n; i++)
        add(a, &d->field[SEARCH_TEXT], shown.v[i]);
    d->shown = joined(a, &shown);
}

void search_docs_of_need(struct arena *a, const struct vocab *v, struct str body, struct search_docs *out)
{
    struct need need;
    struct problem_list problems;
    problem_list_init(&problems, a);
    if (need_read_text(a, v, body, &need, &problems) == ST_OK)
        need_doc(a, v, &need, VEC_ADD(a, out));
}

static enum status site_docs(struct db *db, const struct vocab *v, struct str ref, struct search_docs *out)
{
    struct supply found;
    TRY(directory_load(db, v, ref, &found));
    if (found.n)
        search_docs_of_site(db_arena(db), v, found.v[0], out);
    return ST_OK;
}

static enum status need_docs(struct db *db, const struct vocab *v, struct str ref, struct search_docs *out)
{
    struct stored_need stored;
    enum status st = need_load_one(db, ref, &stored);
    if (st == ST_OK)
        search_docs_of_need(db_arena(db), v, stored.body, out);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status search_docs_of(struct db *db, const struct vocab *v, struct str kind, struct str ref,
                           struct search_docs *out)
{
    *out = (struct search_docs){NULL, 0, 0};
    if (str_eq(kind, STR("site")))
        return site_docs(db, v, ref, out);
    return str_eq(kind, STR("need")) ? need_docs(db, v, ref, out) : ST_OK;
}
