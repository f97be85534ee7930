/* Reads relations, equivalents and implications off the loaded lists. O(relations of the list). */
#include "vocab/entry.h"

static void add(struct arena *a, struct entry_links *out, enum entry_relation relation, struct entry_link link)
{
    link.relation = relation;
    VEC_PUSH(a, out, link);
}

/* A relation holds for both of its nodes and all below them. */
static void add_process_links(struct arena *a, const struct vocab *v, uint32_t node, enum entry_relation relation,
                              struct entry_links *out)
{
    bool offered = relation == ENTRY_COVERS || relation == ENTRY_MAY_COVER;
    bool sure = relation == ENTRY_COVERS || relation == ENTRY_COVERED_BY;
    for (size_t i = 0; i < v->relations.n; i++) {
        const struct process_relation *r = &v->relations.v[i];
        uint32_t here = offered ? r->offered : r->asked, there = offered ? r->asked : r->offered;
        if ((r->kind == RELATION_COVERS) == sure && tree_below(&v->processes, node, here))
            add(a, out, relation, (struct entry_link){.other = there, .via = here, .source = r->source});
    }
}

static void add_partners(struct arena *a, const struct vocab *v, uint32_t node, enum equivalence kind,
                         struct entry_links *out)
{
    enum entry_relation relation = kind == EQUIVALENT_SAME   ? ENTRY_SAME
                                   : kind == EQUIVALENT_NEAR ? ENTRY_NEAR
                                                             : ENTRY_ASK;
    const struct material_partners *partners = &v->partners[node];
    for (size_t i = 0; i < partners->n; i++) {
        const struct material_partner *p = &partners->v[i];
        if (p->kind == kind)
            add(a, out, relation, (struct entry_link){.other = p->grade, .via = node, .source = p->source});
    }
}

static void add_implications(struct arena *a, const struct vocab *v, uint32_t node, bool implies,
                             struct entry_links *out)
{
    for (uint32_t i = 0; i < v->certificates.n; i++) {
        bool linked = implies ? vocab_certificate_implies(v, node, i) : vocab_certificate_implies(v, i, node);
        if (i != node && linked)
            add(a, out, implies ? ENTRY_IMPLIES : ENTRY_IMPLIED_BY,
                (struct entry_link){.other = i, .via = node, .source = STR("")});
    }
}

void entry_links(struct arena *a, const struct vocab *v, enum vocab_list list, uint32_t node, struct entry_links *out)
{
    *out = (struct entry_links){NULL, 0, 0};
    if (list == LIST_PROCESSES) {
        for (int r = ENTRY_COVERS; r <= ENTRY_MAY_BE_COVERED_BY; r++)
            add_process_links(a, v, node, (enum entry_relation)r, out);
    } else if (list == LIST_MATERIALS) {
        for (int kind = EQUIVALENT_SAME; kind > EQUIVALENT_NOT; kind--)
            add_partners(a, v, node, (enum equivalence)kind, out);
    } else if (list == LIST_CERTIFICATES) {
        add_implications(a, v, node, true, out);
        add_implications(a, v, node, false, out);
    }
}

struct str entry_path(struct arena *a, const struct tree *tree, uint32_t node, bool korean)
{
    struct str path = tree_name(tree, node, korean);
    for (uint32_t up = tree->v[node].parent; up != NODE_NONE; up = tree->v[up].parent) {
        struct str name = tree_name(tree, up, korean);
        path = arena_printf(a, STR_FMT " > " STR_FMT, STR_ARG(name), STR_ARG(path));
    }
    return path;
}

const char *entry_relation_name(enum entry_relation relation)
{
    static const char *const names[ENTRY_RELATIONS] = {"covers", "covered_by", "may_cover", "may_be_covered_by", "same",
                                                       "near",   "ask",        "implies",   "implied_by"};
    return names[relation];
}
