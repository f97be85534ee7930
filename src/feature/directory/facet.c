/*
 * A row (a capability, or a site that has none) counts for a filter when no other filter refuses it: for all filters
 * when none refuses it, for one when only that one does. Most rows of a narrow question are refused twice and cost
 * nothing more.
 */
#include "feature/directory/facet.h"

enum { WORDS_BIT = 1 << FACETS, SIZE_BIT = 1 << (FACETS + 1), ALL_BITS = (1 << (FACETS + 2)) - 1 };

const double facet_sizes_mm[FACET_SIZES] = {100, 300, 500, 1000, 2000, 5000};

/* Sites by node, each counted once. */
struct tally {
    uint32_t *child; /* by node: the child of `above` it lies in, or NODE_NONE */
    uint32_t *seen;  /* by node: the last site counted there, from 1 */
    int64_t *count;
};

struct pass {
    struct arena *a;
    const struct vocab *v;
    const struct supply_columns *c;
    const struct facet_query *q;
    struct facet_answer *out;
    struct tally tally[FACETS];
    struct column_lists implied; /* by certificate: those that holding it counts for */
    bool *named;                 /* by site: it has the words; NULL: none are asked */
    int64_t sizes[FACET_SIZES + 1];
};

/* What the rows of one site came to. */
struct outcome {
    unsigned counts; /* bits of the filters that the site counts for */
    bool found;
    int sizes; /* how many of facet_sizes_mm it takes */
};

const struct tree *facet_tree(const struct vocab *v, enum facet f)
{
    const struct tree *trees[FACETS] = {&v->processes, &v->materials, &v->industries, &v->regions, &v->certificates};
    return trees[f];
}

static void open_tally(struct pass *p, enum facet f)
{
    const struct tree *t = facet_tree(p->v, f);
    struct tally *to = &p->tally[f];
    *to = (struct tally){ARENA_RAW(p->a, t->n, uint32_t), ARENA_ARRAY(p->a, t->n, uint32_t),
                         ARENA_ARRAY(p->a, t->n, int64_t)};
    p->out->count[f] = to->count;
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t up = t->v[i].parent;
        to->child[i] = up == p->q->above[f] ? i : up == NODE_NONE ? NODE_NONE : to->child[up];
    }
}

static void list_implied(struct pass *p)
{
    size_t n = p->v->certificates.n;
    uint32_t at = 0;
    p->implied = (struct column_lists){ARENA_RAW(p->a, n + 1, uint32_t), ARENA_RAW(p->a, n * n, uint32_t)};
    for (size_t held = 0; held < n; held++) {
        p->implied.from[held] = at;
        for (uint32_t asked = 0; asked < n; asked++)
            if (p->v->implied[held * n + asked])
                p->implied.v[at++] = asked;
    }
    p->implied.from[n] = at;
}

/* One search over the names of all sites: a hit lies in one name, as none holds the NUL byte between them. */
static void mark_named(struct pass *p)
{
    const struct supply_columns *c = p->c;
    struct str rest = c->names;
    size_t site = 0;
    p->named = ARENA_ARRAY(p->a, c->supply->n, bool);
    for (ptrdiff_t at; (at = str_find(rest, p->q->words)) >= 0;) {
        size_t hit = (size_t)(rest.p - c->names.p) + (size_t)at;
        while (c->name_from[site + 1] <= hit)
            site++;
        p->named[site] = true;
        rest = str_drop(c->names, c->name_from[site + 1]);
    }
}

static void count_once(struct tally *t, uint32_t child, uint32_t site)
{
    if (child == NODE_NONE || t->seen[child] == site)
        return;
    t->seen[child] = site;
    t->count[child]++;
}

/* Where a node was counted for the site, all above it were. */
static void count_process(struct pass *p, uint32_t node, uint32_t site)
{
    struct tally *t = &p->tally[FACET_PROCESS];
    for (; node != NODE_NONE && t->seen[node] != site; node = p->v->processes.v[node].parent) {
        t->seen[node] = site;
        t->count[node]++;
    }
}

static void count_list(struct tally *t, const struct column_lists *lists, size_t row, uint32_t site)
{
    for (uint32_t i = lists->from[row]; i < lists->from[row + 1]; i++)
        count_once(t, t->child[lists->v[i]], site);
}

static bool runs(const struct pass *p, uint32_t held)
{
    return p->c->held_until[held] >= p->q->today.n;
}

static void count_certificates(struct pass *p, uint32_t site)
{
    const struct column_lists *held = &p->c->held;
    struct tally *t = &p->tally[FACET_CERTIFICATE];
    for (uint32_t i = held->from[site]; i < held->from[site + 1]; i++)
        for (uint32_t k = p->implied.from[held->v[i]]; runs(p, i) && k < p->implied.from[held->v[i] + 1]; k++)
            count_once(t, t->child[p->implied.v[k]], site + 1);
}

static bool any_below(const struct tree *t, const struct column_lists *lists, size_t row, uint32_t node)
{
    for (uint32_t i = lists->from[row]; i < lists->from[row + 1]; i++)
        if (tree_below(t, lists->v[i], node))
            return true;
    return false;
}

static bool holds(const struct pass *p, uint32_t site, uint32_t asked)
{
    for (uint32_t i = p->c->held.from[site]; i < p->c->held.from[site + 1]; i++)
        if (runs(p, i) && vocab_certificate_implies(p->v, p->c->held.v[i], asked))
            return true;
    return false;
}

static unsigned site_refused(const struct pass *p, uint32_t site)
{
    const uint32_t *node = p->q->node;
    uint32_t region = p->c->region[site];
    unsigned refused = 0;
    if (node[FACET_REGION] != NODE_NONE &&
        (region == NODE_NONE || !tree_below(&p->v->regions, region, node[FACET_REGION])))
        refused |= 1U << FACET_REGION;
    if (node[FACET_CERTIFICATE] != NODE_NONE && !holds(p, site, node[FACET_CERTIFICATE]))
        refused |= 1U << FACET_CERTIFICATE;
    if (p->named && !p->named[site])
        refused |= WORDS_BIT;
    return refused;
}

static unsigned row_refused(const struct pass *p, size_t row)
{
    const uint32_t *node = p->q->node;
    uint32_t process = p->c->process[row];
    unsigned refused = 0;
    if (node[FACET_PROCESS] != NODE_NONE &&
        (process == NODE_NONE || !tree_below(&p->v->processes, process, node[FACET_PROCESS])))
        refused |= 1U << FACET_PROCESS;
    if (node[FACET_MATERIAL] != NODE_NONE && !any_below(&p->v->materials, &p->c->materials, row, node[FACET_MATERIAL]))
        refused |= 1U << FACET_MATERIAL;
    if (node[FACET_INDUSTRY] != NODE_NONE &&
        !any_below(&p->v->industries, &p->c->industries, row, node[FACET_INDUSTRY]))
        refused |= 1U << FACET_INDUSTRY;
    if (p->q->size_mm > 0 && p->c->largest_mm[row] < p->q->size_mm)
        refused |= SIZE_BIT;
    return refused;
}

static int sizes_taken(double largest_mm)
{
    int n = 0;
    while (n < FACET_SIZES && largest_mm >= facet_sizes_mm[n])
        n++;
    return n;
}

static void take_row(struct pass *p, size_t row, unsigned refused, struct outcome *o)
{
    uint32_t site = p->c->site[row] + 1;
    unsigned counts = refused ? refused : ALL_BITS;
    if (refused & (refused - 1))
        return;
    o->counts |= counts;
    o->found |= !refused;
    if (counts & 1U << FACET_PROCESS)
        count_process(p, p->c->process[row], site);
    if (counts & 1U << FACET_MATERIAL)
        count_list(&p->tally[FACET_MATERIAL], &p->c->materials, row, site);
    if (counts & 1U << FACET_INDUSTRY)
        count_list(&p->tally[FACET_INDUSTRY], &p->c->industries, row, site);
    if (counts & SIZE_BIT) {
        int sizes = sizes_taken(p->c->largest_mm[row]);
        o->sizes = sizes > o->sizes ? sizes : o->sizes;
    }
}

static void take_site(struct pass *p, uint32_t site)
{
    unsigned refused = site_refused(p, site);
    struct outcome o = {.counts = 0};
    if (refused & (refused - 1))
        return;
    for (uint32_t row = p->c->first_row[site]; row < p->c->first_row[site + 1]; row++)
        take_row(p, row, refused | row_refused(p, row), &o);
    for (int f = 0; f < FACETS; f++)
        p->out->without[f] += o.counts >> f & 1;
    p->out->without_words += (o.counts & WORDS_BIT) != 0;
    p->out->without_size += (o.counts & SIZE_BIT) != 0;
    p->sizes[o.sizes]++;
    if (o.counts & 1U << FACET_REGION && p->c->region[site] != NODE_NONE)
        count_once(&p->tally[FACET_REGION], p->tally[FACET_REGION].child[p->c->region[site]], site + 1);
    if (o.counts & 1U << FACET_CERTIFICATE)
        count_certificates(p, site);
    if (o.found)
        p->out->found.v[p->out->found.n++] = site;
}

void facet_scan(struct arena *a, const struct vocab *v, const struct supply_columns *columns,
                const struct facet_query *q, struct facet_answer *out)
{
    struct pass p = {.a = a, .v = v, .c = columns, .q = q, .out = out};
    size_t sites = columns->supply->n;
    *out = (struct facet_answer){.without_words = 0};
    out->found.v = ARENA_RAW(a, sites, uint32_t);
    for (int f = 0; f < FACETS; f++)
        open_tally(&p, (enum facet)f);
    list_implied(&p);
    if (q->words.n)
        mark_named(&p);
    for (uint32_t i = 0; i < sites; i++)
        take_site(&p, i);
    int64_t able = 0;
    for (int i = FACET_SIZES; i > 0; i--) {
        able += p.sizes[i];
        out->size_count[i - 1] = able;
    }
}
