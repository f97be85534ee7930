/* Versions: what is shared between them is counted, what differs is small. */
#include "match/index_version.h"

#include <stdlib.h>
#include <string.h>

/* Memory that sites live in. */
struct site_memory {
    int refs; /* atomic */
    struct arena arena;
};

struct memory_list {
    struct site_memory **v;
    size_t n;
    size_t cap;
};

struct match_index {
    int refs;           /* atomic */
    struct arena arena; /* of what is this version's own */
    const struct vocab *vocab;
    struct index_segment *segment[INDEX_SEGMENTS];
    uint64_t *alive;     /* of the base; NULL: all */
    uint64_t *dead_site; /* of the base, by site */
    size_t dead_rows;
    struct memory_list memories;
    struct supply sites;
};

/* The delta is built anew at each change, so it stays small beside the base. */
enum { MERGE_ROWS = 1024, MERGE_SHARE = 16 };

static void *or_abort(void *p)
{
    if (!p)
        abort();
    return p;
}

static struct site_memory *memory_new(void)
{
    struct site_memory *m = or_abort(calloc(1, sizeof *m));
    m->refs = 1;
    arena_init(&m->arena, SIZE_MAX / 2);
    return m;
}

static void memory_unref(struct site_memory *m)
{
    if (__atomic_sub_fetch(&m->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    arena_release(&m->arena);
    free(m);
}

static struct match_index *version_new(const struct vocab *v)
{
    struct match_index *index = or_abort(calloc(1, sizeof *index));
    index->refs = 1;
    index->vocab = v;
    arena_init(&index->arena, SIZE_MAX / 2);
    return index;
}

/* Takes over the reference. */
static void add_memory(struct match_index *index, struct site_memory *m)
{
    VEC_PUSH(&index->arena, &index->memories, m);
}

static struct match_index *first_version(const struct vocab *v, struct site_memory *memory, const struct supply *sites,
                                         match_progress_fn *progress, void *arg)
{
    struct match_index *index = version_new(v);
    add_memory(index, memory);
    index->segment[INDEX_BASE] = index_segment_build(v, sites, NULL, &(struct index_progress){progress, arg});
    index->sites = index->segment[INDEX_BASE]->sites;
    return index;
}

static void add_copy(struct site_memory *m, struct supply *to, const struct site *site)
{
    VEC_PUSH(&m->arena, to, supply_copy(&m->arena, site));
}

struct index_builder {
    const struct vocab *vocab;
    struct site_memory *memory;
    struct supply sites;
};

struct index_builder *index_builder_new(const struct vocab *v)
{
    struct index_builder *b = or_abort(calloc(1, sizeof *b));
    b->vocab = v;
    b->memory = memory_new();
    return b;
}

void index_builder_add(struct index_builder *b, const struct site *site)
{
    add_copy(b->memory, &b->sites, site);
}

struct match_index *index_builder_finish(struct index_builder *b, match_progress_fn *progress, void *arg)
{
    struct match_index *index = first_version(b->vocab, b->memory, &b->sites, progress, arg);
    free(b);
    return index;
}

void index_builder_abandon(struct index_builder *b)
{
    memory_unref(b->memory);
    free(b);
}

struct match_index *match_index_build(const struct vocab *v, const struct supply *supply)
{
    struct index_builder *b = index_builder_new(v);
    for (size_t i = 0; i < supply->n; i++)
        index_builder_add(b, supply->v[i]);
    return index_builder_finish(b, NULL, NULL);
}

struct match_index *match_index_own(const struct vocab *v, struct arena *memory, const struct supply *supply,
                                    match_progress_fn *progress, void *arg)
{
    struct site_memory *m = memory_new();
    m->arena = *memory;
    arena_init(memory, memory->max);
    return first_version(v, m, supply, progress, arg);
}

struct match_index *match_index_ref(struct match_index *index)
{
    __atomic_add_fetch(&index->refs, 1, __ATOMIC_RELAXED);
    return index;
}

void match_index_unref(struct match_index *index)
{
    if (!index || __atomic_sub_fetch(&index->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    for (int i = 0; i < INDEX_SEGMENTS; i++)
        index_segment_unref(index->segment[i]);
    for (size_t i = 0; i < index->memories.n; i++)
        memory_unref(index->memories.v[i]);
    arena_release(&index->arena);
    free(index);
}

static bool has_bit(const uint64_t *words, size_t i)
{
    return words && words[i / 64] >> i % 64 & 1;
}

static void copy_alive(const struct match_index *old, struct match_index *next)
{
    const struct index_segment *base = next->segment[INDEX_BASE];
    size_t site_words = (base->sites.n + 63) / 64;
    next->alive = ARENA_ARRAY(&next->arena, base->blocks, uint64_t);
    next->dead_site = ARENA_ARRAY(&next->arena, site_words, uint64_t);
    memset(next->alive, 0xFF, base->blocks * sizeof *next->alive);
    if (old->alive) {
        memcpy(next->alive, old->alive, base->blocks * sizeof *next->alive);
        memcpy(next->dead_site, old->dead_site, site_words * sizeof *next->dead_site);
    }
    next->dead_rows = old->dead_rows;
}

static void bury(struct match_index *next, struct str ref)
{
    const struct index_segment *base = next->segment[INDEX_BASE];
    int64_t i = index_segment_site(base, ref);
    if (i < 0 || has_bit(next->dead_site, (size_t)i))
        return;
    next->dead_site[i / 64] |= UINT64_C(1) << i % 64;
    const struct capability_list *gone = &base->sites.v[i]->capabilities;
    for (size_t k = 0; k < gone->n; k++) {
        uint32_t row = base->process_row[gone->v[k].process];
        while (base->capability[row] != &gone->v[k])
            row++;
        next->alive[row / BLOCK_ROWS] &= ~(UINT64_C(1) << row % BLOCK_ROWS);
        next->dead_rows++;
    }
}

/* The sites of the next delta: those of the old one that did not change, and the changed ones. */
static void delta_sites(const struct match_index *old, const struct supply *changed, const struct str_list *gone,
                        struct arena *scratch, struct supply *out)
{
    const struct index_segment *delta = old->segment[INDEX_DELTA];
    struct map replaced;
    map_init(&replaced, scratch);
    for (size_t i = 0; i < changed->n; i++)
        map_put(&replaced, changed->v[i]->ref, (int64_t)i);
    for (size_t i = 0; i < gone->n; i++)
        map_put(&replaced, gone->v[i], -1);
    for (size_t i = 0; delta && i < delta->sites.n; i++) {
        int64_t at;
        if (!map_get(&replaced, delta->sites.v[i]->ref, &at)) {
            VEC_PUSH(scratch, out, delta->sites.v[i]);
        } else if (at >= 0) {
            VEC_PUSH(scratch, out, changed->v[at]);
            map_put(&replaced, delta->sites.v[i]->ref, -1);
        }
    }
    for (size_t i = 0; i < changed->n; i++) {
        int64_t at;
        if (map_get(&replaced, changed->v[i]->ref, &at) && at == (int64_t)i)
            VEC_PUSH(scratch, out, changed->v[i]);
    }
}

/* Base sites in their order, changed ones in their place; then the new ones. */
static void list_sites(struct match_index *next)
{
    const struct index_segment *base = next->segment[INDEX_BASE], *delta = next->segment[INDEX_DELTA];
    size_t n = base->sites.n + (delta ? delta->sites.n : 0);
    next->sites = (struct supply){ARENA_ARRAY(&next->arena, n, struct site *), 0, n};
    for (size_t i = 0; i < base->sites.n; i++) {
        int64_t at = has_bit(next->dead_site, i) ? index_segment_site(delta, base->sites.v[i]->ref) : -1;
        if (at >= 0)
            next->sites.v[next->sites.n++] = delta->sites.v[at];
        else if (!has_bit(next->dead_site, i))
            next->sites.v[next->sites.n++] = base->sites.v[i];
    }
    for (size_t i = 0; delta && i < delta->sites.n; i++)
        if (index_segment_site(base, delta->sites.v[i]->ref) < 0)
            next->sites.v[next->sites.n++] = delta->sites.v[i];
}

static void share_memories(const struct match_index *old, struct match_index *next)
{
    for (size_t i = 0; i < old->memories.n; i++) {
        __atomic_add_fetch(&old->memories.v[i]->refs, 1, __ATOMIC_RELAXED);
        add_memory(next, old->memories.v[i]);
    }
}

struct match_index *match_index_next(const struct match_index *old, const struct supply *changed,
                                     const struct str_list *gone)
{
    AUTO_ARENA scratch;
    arena_init(&scratch, SIZE_MAX / 2);
    struct match_index *next = version_new(old->vocab);
    struct site_memory *memory = memory_new();
    struct supply copies = {NULL, 0, 0}, delta = {NULL, 0, 0};
    next->segment[INDEX_BASE] = index_segment_ref(old->segment[INDEX_BASE]);
    share_memories(old, next);
    add_memory(next, memory);
    copy_alive(old, next);
    for (size_t i = 0; i < changed->n; i++) {
        add_copy(memory, &copies, changed->v[i]);
        bury(next, changed->v[i]->ref);
    }
    for (size_t i = 0; i < gone->n; i++)
        bury(next, gone->v[i]);
    delta_sites(old, &copies, gone, &scratch, &delta);
    if (delta.n)
        next->segment[INDEX_DELTA] = index_segment_build(old->vocab, &delta, next->segment[INDEX_BASE], NULL);
    list_sites(next);
    return next;
}

bool match_index_wants_merge(const struct match_index *index)
{
    const struct index_segment *delta = index->segment[INDEX_DELTA];
    size_t changed = index->dead_rows + (delta ? delta->rows : 0);
    return changed > MERGE_ROWS && changed > index->segment[INDEX_BASE]->rows / MERGE_SHARE;
}

struct match_index *match_index_merged(const struct match_index *index)
{
    return match_index_build(index->vocab, &index->sites);
}

const struct site *match_index_site(const struct match_index *index, struct str ref)
{
    int64_t i = index_segment_site(index->segment[INDEX_DELTA], ref);
    if (i >= 0)
        return index->segment[INDEX_DELTA]->sites.v[i];
    i = index_segment_site(index->segment[INDEX_BASE], ref);
    return i < 0 || has_bit(index->dead_site, (size_t)i) ? NULL : index->segment[INDEX_BASE]->sites.v[i];
}

const struct supply *match_index_sites(const struct match_index *index)
{
    return &index->sites;
}

const struct vocab *match_index_vocab(const struct match_index *index)
{
    return index->vocab;
}

struct match_index_size match_index_size(const struct match_index *index)
{
    const struct index_segment *base = index->segment[INDEX_BASE], *delta = index->segment[INDEX_DELTA];
    return (struct match_index_size){
        .sites = index->sites.n,
        .rows = base->rows - index->dead_rows + (delta ? delta->rows : 0),
        .rows_delta = delta ? delta->rows : 0,
        .rows_dead = index->dead_rows,
        .index_bytes = base->arena.used + (delta ? delta->arena.used : 0),
    };
}

const struct index_segment *match_index_segment(const struct match_index *index, int which)
{
    return index->segment[which];
}

const uint64_t *match_index_alive(const struct match_index *index, int which)
{
    return which == INDEX_BASE ? index->alive : NULL;
}

size_t index_plans(struct arena *a, const struct match_index *index, const struct question *q,
                   struct index_plan out[INDEX_SEGMENTS])
{
    size_t n = 0;
    for (int i = 0; i < INDEX_SEGMENTS; i++)
        if (index->segment[i] && index->segment[i]->rows)
            index_plan_init(a, index->segment[i], match_index_alive(index, i), q, &out[n++]);
    return n;
}
