/* Process and material: how two nodes of a tree, or two related nodes, stand to each other. */
#include "match/verdict_parts.h"

#include <math.h>

struct finding verdict_process(const struct question *q, const struct capability *cap)
{
    const struct tree *t = &q->vocab->processes;
    uint32_t asked = q->step->process, offered = cap->process;
    if (tree_below(t, offered, asked))
        return finding_yes(1);
    double ask = 0;
    for (size_t i = 0; i < q->vocab->relations.n; i++) {
        const struct process_relation *r = &q->vocab->relations.v[i];
        if (!tree_below(t, offered, r->offered) || !tree_below(t, asked, r->asked))
            continue;
        if (r->kind == RELATION_COVERS)
            return finding_yes(0.9);
        ask = 0.4;
    }
    if (tree_below(t, asked, offered)) {
        double above = pow(0.5, (double)(t->v[asked].level - t->v[offered].level));
        return finding_unknown(above > ask ? above : ask);
    }
    return ask > 0 ? finding_unknown(ask) : finding_no();
}

static struct finding material_pair(const struct vocab *v, uint32_t asked, uint32_t listed)
{
    const struct tree *t = &v->materials;
    enum equivalence e = vocab_equivalence(v, asked, listed);
    if (e == EQUIVALENT_SAME)
        return finding_yes(1);
    if (e == EQUIVALENT_NEAR)
        return finding_yes(0.9);
    if (tree_below(t, listed, asked))
        return finding_yes(0.8);
    if (tree_below(t, asked, listed)) {
        bool group_of_grade = v->material_level[listed] == MATERIAL_GROUP;
        return group_of_grade ? finding_yes(0.8) : finding_unknown(0.6);
    }
    bool siblings = v->material_level[asked] == MATERIAL_GRADE && v->material_level[listed] == MATERIAL_GRADE &&
                    t->v[asked].parent == t->v[listed].parent;
    return e == EQUIVALENT_ASK || siblings ? finding_unknown(0.4) : finding_no();
}

struct finding verdict_material(const struct question *q, const struct capability *cap)
{
    if (!cap->materials.n)
        return finding_unknown(0.4);
    struct finding best = finding_no();
    for (size_t i = 0; i < q->step->materials.n; i++) {
        for (size_t j = 0; j < cap->materials.n; j++) {
            struct finding f = material_pair(q->vocab, q->step->materials.v[i], cap->materials.v[j]);
            if (f.s > best.s)
                best = f;
        }
    }
    return best;
}
