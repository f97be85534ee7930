/*
 * A row (a capability, or a site that has none) counts for a filter when no other filter refuses it: for all filters
 * when none refuses it, for one when only that one does. Most rows of a narrow question are refused twice and cost
 * nothing more.
 */
#include "feature/directory/facet.h"

enum { WORDS_BIT = 1 << FACETS, SIZE_BIT = 1 << (FACETS + 1), ALL_BITS = (1 << (FACETS + 2)) - 1 };

const double facet_sizes_mm[FACET_SIZES] = {100, 300, 500, 1000, 2000, 5000};

/* The first 63 children of `above` are bits of a word, which gathers what the rows of a site have without a branch;
   those behind share the last bit, which is looked into only where there are so many. */
enum { CHILD_BITS = 63 };

/* Sites by node, each counted once. */
struct tally {
    uint32_t *child; /* by node: the child of `above` it lies in, or NODE_NONE */
    uint64_t *bit;   /* by node: that of the child, 0 for none */
    uint32_t *nodes; /* by bit: the child */
    uint32_t *seen;  /* by node: the last site counted there, from 1 */
    int64_t *count;
    bool many; /* more children than bits */
};

struct pass {
    struct arena *a;
    const struct vocab *v;
    const struct supply_columns *c;
    const struct facet_query *q;
    struct facet_answer *out;
    struct tally tally[FACETS];
    struct column_lists implied; /* by certificate: those that holding it counts for */
    bool asks_rows;              /* process, material, industry or size is asked */
    bool *named;                 /* by site: it has the words; NULL: none are asked */
    int64_t sizes[FACET_SIZES + 1];
};

/* What the rows of one site came to. */
struct outcome {
    unsigned counts; /* bits of the filters that the site counts for */
    bool found;
    int sizes; /* how many of facet_sizes_mm it takes */
    uint64_t materials;
    uint64_t industries;
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
    uint32_t children = 0;
    *to = (struct tally){.child = ARENA_RAW(p->a, t->n, uint32_t),
                         .bit = ARENA_RAW(p->a, t->n, uint64_t),
                         .nodes = ARENA_ARRAY(p->a, CHILD_BITS + 1, uint32_t),
                         .seen = ARENA_ARRAY(p->a, t->n, uint32_t),
                         .count = ARENA_ARRAY(p->a, t->n, int64_t)};
    p->out->count[f] = to->count;
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t up = t->v[i].parent;
        bool is_child = up == p->q->above[f];
        to->child[i] = is_child ? i : up == NODE_NONE ? NODE_NONE : to->child[up];
        if (is_child && children < CHILD_BITS)
            to->nodes[children] = i;
        to->bit[i] = is_child                    ? UINT64_C(1) << (children < CHILD_BITS ? children : CHILD_BITS)
                     : to->child[i] == NODE_NONE ? 0
                                                 : to->bit[to->child[i]];
        children += is_child;
    }
    to->many = children > CHILD_BITS;
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

/* The lists of the rows `row` .. `end` exclusive. */
static inline uint64_t gather(struct tally *t, const struct column_lists *lists, size_t row, size_t end, uint32_t site)
{
    uint64_t bits = 0;
    uint32_t from = lists->from[row], to = lists->from[end];
    for (uint32_t i = from; i < to; i++)
        bits |= t->bit[lists->v[i]];
    for (uint32_t i = t->many ? from : to; i < to; i++)
        if (t->bit[lists->v[i]] >> CHILD_BITS)
            count_once(t, t->child[lists->v[i]], site);
    return bits;
}

static void count_bits(struct tally *t, uint64_t bits)
{
    for (bits &= (UINT64_C(1) << CHILD_BITS) - 1; bits; bits &= bits - 1)
        t->count[t->nodes[__builtin_ctzll(bits)]]++;
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

/* Without a branch: which it would be is not to be guessed. */
static int sizes_taken(double largest_mm)
{
    int n = 0;
    for (int i = 0; i < FACET_SIZES; i++)
        n += largest_mm >= facet_sizes_mm[i];
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
        o->materials |= gather(&p->tally[FACET_MATERIAL], &p->c->materials, row, row + 1, site);
    if (counts & 1U << FACET_INDUSTRY)
        o->industries |= gather(&p->tally[FACET_INDUSTRY], &p->c->industries, row, row + 1, site);
    if (counts & SIZE_BIT) {
        int sizes = sizes_taken(p->c->largest_mm[row]);
        o->sizes = sizes > o->sizes ? sizes : o->sizes;
    }
}

/* All rows of a site at once, where no filter tells them apart. */
static void take_rows(struct pass *p, uint32_t site, unsigned refused, struct outcome *o)
{
    const struct supply_columns *c = p->c;
    uint32_t row = c->first_row[site], end = c->first_row[site + 1];
    double most = 0;
    *o = (struct outcome){.counts = refused ? refused : ALL_BITS, .found = !refused};
    if (refused)
        return;
    for (uint32_t i = c->processes.from[site]; i < c->processes.from[site + 1]; i++)
        p->tally[FACET_PROCESS].count[c->processes.v[i]]++;
    o->materials = gather(&p->tally[FACET_MATERIAL], &c->materials, row, end, site + 1);
    o->industries = gather(&p->tally[FACET_INDUSTRY], &c->industries, row, end, site + 1);
    for (; row < end; row++)
        most = c->largest_mm[row] > most ? c->largest_mm[row] : most;
    o->sizes = sizes_taken(most);
}

static void take_site(struct pass *p, uint32_t site)
{
    unsigned refused = site_refused(p, site);
    struct outcome o = {.counts = 0};
    if (refused & (refused - 1))
        return;
    if (!p->asks_rows)
        take_rows(p, site, refused, &o);
    else
        for (uint32_t row = p->c->first_row[site]; row < p->c->first_row[site + 1]; row++)
            take_row(p, row, refused | row_refused(p, row), &o);
    for (int f = 0; f < FACETS; f++)
        p->out->without[f] += o.counts >> f & 1;
    p->out->without_words += (o.counts & WORDS_BIT) != 0;
    p->out->without_size += (o.counts & SIZE_BIT) != 0;
    p->sizes[o.sizes]++;
    count_bits(&p->tally[FACET_MATERIAL], o.materials);
    count_bits(&p->tally[FACET_INDUSTRY], o.industries);
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
    p.asks_rows = q->size_mm > 0 || q->node[FACET_PROCESS] != NODE_NONE || q->node[FACET_MATERIAL] != NODE_NONE ||
                  q->node[FACET_INDUSTRY] != NODE_NONE;
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
