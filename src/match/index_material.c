/* Materials over the index: every node stands in one of five ways to what is asked; the rows that list it are marked.
 */
#include "match/index_parts.h"

/* words[standing] are the rows that list such a material. */
enum standing { RELATED, FAMILY, INSIDE, NEARLY, SAME };

static const double standing_s[MATERIAL_STANDINGS] = {0.4, 0.6, 0.8, 0.9, 1};

/* By node: one more than the best standing, 0 = not related. */
static void stand(uint8_t *standing, uint32_t node, enum standing s)
{
    if (s >= standing[node])
        standing[node] = (uint8_t)(s + 1);
}

static void stand_partners(const struct vocab *v, uint32_t asked, uint8_t *standing)
{
    const struct material_partners *partners = &v->partners[asked];
    for (size_t i = 0; i < partners->n; i++) {
        enum equivalence e = partners->v[i].kind;
        if (e != EQUIVALENT_NOT)
            stand(standing, partners->v[i].grade,
                  e == EQUIVALENT_SAME   ? SAME
                  : e == EQUIVALENT_NEAR ? NEARLY
                                         : RELATED);
    }
}

static void stand_relatives(const struct vocab *v, uint32_t asked, uint8_t *standing)
{
    const struct tree *t = &v->materials;
    uint32_t parent = t->v[asked].parent;
    stand(standing, asked, SAME);
    for (uint32_t node = asked + 1; node < t->v[asked].end; node++)
        stand(standing, node, INSIDE);
    for (uint32_t above = parent; above != NODE_NONE; above = t->v[above].parent)
        stand(standing, above, v->material_level[above] == MATERIAL_GROUP ? INSIDE : FAMILY);
    if (v->material_level[asked] != MATERIAL_GRADE || parent == NODE_NONE)
        return;
    for (uint32_t node = parent + 1; node < t->v[parent].end; node = t->v[node].end)
        if (v->material_level[node] == MATERIAL_GRADE)
            stand(standing, node, RELATED);
}

/* The rows of one posting that lie in a run. */
static void mark(const struct index_run *run, const struct index_postings *p, const struct index_posting *posting,
                 uint64_t *words)
{
    for (uint32_t i = posting->from; i < posting->to; i++) {
        uint32_t row = p->rows[i];
        words[run->tile + row / BLOCK_ROWS - run->from / BLOCK_ROWS] |= UINT64_C(1) << row % BLOCK_ROWS;
    }
}

/* A run is whole processes, and postings stand by process. */
static void mark_run(const struct index_view *v, const struct index_run *run, const uint8_t *standing,
                     struct index_term *t)
{
    const struct index_segment *s = v->segment;
    uint32_t first = s->capability[run->from]->process, last = s->capability[run->to - 1]->process;
    for (uint32_t i = s->process_material[first]; i < s->process_material[last + 1]; i++) {
        const struct index_posting *posting = &s->materials.v[i];
        if (standing[posting->key])
            mark(run, &s->materials, posting, t->words[standing[posting->key] - 1]);
    }
}

static struct index_verdicts sweep_material(const struct index_view *v, const struct index_term *t, size_t tile,
                                            uint64_t want)
{
    (void)want;
    uint64_t *const *w = t->words;
    uint64_t yes = w[SAME][tile] | w[NEARLY][tile] | w[INSIDE][tile];
    uint64_t maybe = w[FAMILY][tile] | w[RELATED][tile] | ~v->segment->materials_known[v->tile[tile].block];
    return (struct index_verdicts){yes, maybe & ~yes};
}

static double material_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)v;
    for (int i = MATERIAL_STANDINGS - 1; i >= 0; i--)
        if (t->words[i][tile] >> row % BLOCK_ROWS & 1)
            return standing_s[i];
    return 0.4;
}

static double material_tile_s_most(const struct index_view *v, const struct index_term *t, size_t tile, uint64_t rows)
{
    (void)v;
    for (int i = MATERIAL_STANDINGS - 1; i >= 0; i--)
        if (t->words[i][tile] & rows)
            return standing_s[i];
    return 0.4;
}

void index_term_material(struct arena *a, const struct index_view *v, struct index_term *t)
{
    const struct vocab *vocab = v->q->vocab;
    const struct node_list *asked = &v->q->step->materials;
    uint8_t *standing = ARENA_ARRAY(a, vocab->materials.n, uint8_t);
    for (size_t i = 0; i < asked->n; i++) {
        stand_partners(vocab, asked->v[i], standing);
        stand_relatives(vocab, asked->v[i], standing);
    }
    for (int i = 0; i < MATERIAL_STANDINGS; i++)
        t->words[i] = ARENA_ARRAY(a, v->tiles, uint64_t);
    for (size_t i = 0; i < v->runs; i++)
        mark_run(v, &v->run[i], standing, t);
    t->s_unknown = -1;
    t->sweep = sweep_material;
    t->s = material_s;
    t->s_most = material_s;
    t->tile_s_most = material_tile_s_most;
}
