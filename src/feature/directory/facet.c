/* A row (a capability, or a site that has none) counts for a filter when no other filter refuses it. */
#include "feature/directory/facet.h"

enum { WORDS_BIT = 1 << FACETS, SIZE_BIT = 1 << (FACETS + 1) };

const double facet_sizes_mm[FACET_SIZES] = {100, 300, 500, 1000, 2000, 5000};

struct pass {
    struct arena *a;
    const struct vocab *v;
    const struct facet_query *q;
    struct facet_answer *out;
    uint32_t *child[FACETS]; /* by node: the child of `above` it lies in, or NODE_NONE */
    size_t *seen[FACETS];    /* by node: number of the last site counted there */
    size_t dropped[FACETS + 1];
    size_t size_dropped;
    size_t size_seen[FACET_SIZES];
    size_t site; /* its number, from 1 */
    bool found;
};

const struct tree *facet_tree(const struct vocab *v, enum facet f)
{
    const struct tree *trees[FACETS] = {&v->processes, &v->materials, &v->industries, &v->regions, &v->certificates};
    return trees[f];
}

static void map_children(struct pass *p, enum facet f)
{
    const struct tree *t = facet_tree(p->v, f);
    p->child[f] = ARENA_ARRAY(p->a, t->n, uint32_t);
    p->seen[f] = ARENA_ARRAY(p->a, t->n, size_t);
    p->out->count[f] = ARENA_ARRAY(p->a, t->n, int64_t);
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t up = t->v[i].parent;
        p->seen[f][i] = 0;
        p->out->count[f][i] = 0;
        p->child[f][i] = up == p->q->above[f] ? i : up == NODE_NONE ? NODE_NONE : p->child[f][up];
    }
}

static void count_node(struct pass *p, enum facet f, uint32_t node)
{
    uint32_t child = node == NODE_NONE ? NODE_NONE : p->child[f][node];
    if (child == NODE_NONE || p->seen[f][child] == p->site)
        return;
    p->seen[f][child] = p->site;
    p->out->count[f][child]++;
}

static bool runs(const struct pass *p, const struct held_certificate *held)
{
    return !held->until.has || held->until.v.n >= p->q->today.n;
}

static void count_certificates(struct pass *p, const struct site *s)
{
    size_t n = p->v->certificates.n;
    for (size_t i = 0; i < s->certificates.n; i++) {
        const struct held_certificate *held = &s->certificates.v[i];
        for (uint32_t asked = 0; runs(p, held) && asked < n; asked++)
            if (p->v->implied[held->certificate * n + asked])
                count_node(p, FACET_CERTIFICATE, asked);
    }
}

static void count_row(struct pass *p, enum facet f, const struct site *s, const struct capability *c)
{
    const struct node_list *list = f == FACET_MATERIAL ? &c->materials : &c->industries;
    if (f == FACET_REGION)
        count_node(p, f, s->place.region);
    else if (f == FACET_CERTIFICATE)
        count_certificates(p, s);
    else if (f == FACET_PROCESS)
        count_node(p, f, c->process);
    else
        for (size_t i = 0; i < list->n; i++)
            count_node(p, f, list->v[i]);
}

static bool any_below(const struct tree *t, const struct node_list *list, uint32_t node)
{
    for (size_t i = 0; i < list->n; i++)
        if (tree_below(t, list->v[i], node))
            return true;
    return false;
}

static bool holds(const struct pass *p, const struct site *s, uint32_t asked)
{
    for (size_t i = 0; i < s->certificates.n; i++)
        if (runs(p, &s->certificates.v[i]) && vocab_certificate_implies(p->v, s->certificates.v[i].certificate, asked))
            return true;
    return false;
}

static bool named(const struct site *s, struct str words)
{
    for (size_t i = 0; i < 3; i++)
        if (str_find(s->folded_names[i], words) >= 0)
            return true;
    return false;
}

static unsigned site_refused(const struct pass *p, const struct site *s)
{
    const uint32_t *node = p->q->node;
    unsigned refused = 0;
    if (node[FACET_REGION] != NODE_NONE &&
        (s->place.region == NODE_NONE || !tree_below(&p->v->regions, s->place.region, node[FACET_REGION])))
        refused |= 1U << FACET_REGION;
    if (node[FACET_CERTIFICATE] != NODE_NONE && !holds(p, s, node[FACET_CERTIFICATE]))
        refused |= 1U << FACET_CERTIFICATE;
    if (p->q->words.n && !named(s, p->q->words))
        refused |= WORDS_BIT;
    return refused;
}

/* The largest dimension, 0 when none is stated. */
static double largest_mm(const struct capability *c)
{
    double most = 0;
    for (uint32_t i = 0; c && i < c->size_mm.n; i++)
        most = c->size_mm.v[i] > most ? c->size_mm.v[i] : most;
    return most;
}

static unsigned row_refused(const struct pass *p, const struct capability *c)
{
    const uint32_t *node = p->q->node;
    unsigned refused = 0;
    if (node[FACET_PROCESS] != NODE_NONE && (!c || !tree_below(&p->v->processes, c->process, node[FACET_PROCESS])))
        refused |= 1U << FACET_PROCESS;
    if (node[FACET_MATERIAL] != NODE_NONE && (!c || !any_below(&p->v->materials, &c->materials, node[FACET_MATERIAL])))
        refused |= 1U << FACET_MATERIAL;
    if (node[FACET_INDUSTRY] != NODE_NONE &&
        (!c || !any_below(&p->v->industries, &c->industries, node[FACET_INDUSTRY])))
        refused |= 1U << FACET_INDUSTRY;
    if (p->q->size_mm > 0 && largest_mm(c) < p->q->size_mm)
        refused |= SIZE_BIT;
    return refused;
}

/* Sites by size as if no size were asked. */
static void count_sizes(struct pass *p, const struct capability *c)
{
    double most = largest_mm(c);
    if (p->size_dropped != p->site)
        p->out->without_size++;
    p->size_dropped = p->site;
    for (size_t i = 0; i < FACET_SIZES && most >= facet_sizes_mm[i]; i++) {
        p->out->size_count[i] += p->size_seen[i] != p->site;
        p->size_seen[i] = p->site;
    }
}

static void take_row(struct pass *p, const struct site *s, const struct capability *c, unsigned refused)
{
    p->found |= refused == 0;
    for (int f = 0; f <= FACETS; f++) {
        if (refused & ~(1U << f))
            continue;
        if (p->dropped[f] != p->site) {
            p->dropped[f] = p->site;
            *(f == FACETS ? &p->out->without_words : &p->out->without[f]) += 1;
        }
        if (f < FACETS && (c || f == FACET_REGION || f == FACET_CERTIFICATE))
            count_row(p, (enum facet)f, s, c);
    }
    if (!(refused & ~(unsigned)SIZE_BIT))
        count_sizes(p, c);
}

void facet_scan(struct arena *a, const struct vocab *v, const struct supply *supply, const struct facet_query *q,
                struct facet_answer *out)
{
    struct pass p = {.a = a, .v = v, .q = q, .out = out};
    *out = (struct facet_answer){.without_words = 0};
    for (int f = 0; f < FACETS; f++)
        map_children(&p, (enum facet)f);
    for (size_t i = 0; i < supply->n; i++) {
        const struct site *s = supply->v[i];
        unsigned refused = site_refused(&p, s);
        p.site = i + 1;
        p.found = false;
        for (size_t c = 0; c < s->capabilities.n; c++)
            take_row(&p, s, &s->capabilities.v[c], refused | row_refused(&p, &s->capabilities.v[c]));
        if (!s->capabilities.n)
            take_row(&p, s, NULL, refused | row_refused(&p, NULL));
        if (p.found)
            VEC_PUSH(a, &out->found, s);
    }
}
