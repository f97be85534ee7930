/* Builds a segment: sorts the rows, then a column, a bit list or postings for each thing that can be asked. */
#include "match/index_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"

struct sort_row {
    uint64_t key; /* process, then the cell of the place */
    uint32_t number;
};

struct build {
    struct index_segment *s;
    struct arena scratch;
    struct index_progress progress;
    uint64_t done, total;
};

static void advance(struct build *b)
{
    b->done++;
    if (b->progress.fn)
        b->progress.fn(b->progress.arg, b->done, b->total);
}

static uint64_t spread(uint32_t x)
{
    uint64_t v = x & 0xFFFF;
    v = (v | v << 8) & 0x00FF00FF;
    v = (v | v << 4) & 0x0F0F0F0F;
    v = (v | v << 2) & 0x33333333;
    return (v | v << 1) & 0x55555555;
}

/* Morton order of a grid of about 300 m x 600 m; places without coordinates last. */
static uint32_t cell_of(const struct place_point *p)
{
    if (!p->has_coordinates)
        return UINT32_MAX;
    uint32_t lat = (uint32_t)((p->at.lat + 90) / 180 * 65535), lon = (uint32_t)((p->at.lon + 180) / 360 * 65535);
    return (uint32_t)(spread(lat) << 1 | spread(lon));
}

static int by_key(const void *a, const void *b)
{
    const struct sort_row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void sort_rows(struct build *b)
{
    struct index_segment *s = b->s;
    struct sort_row *order = ARENA_ARRAY(&b->scratch, s->rows, struct sort_row);
    const struct capability **given = ARENA_ARRAY(&b->scratch, s->rows, const struct capability *);
    uint32_t *given_site = ARENA_ARRAY(&b->scratch, s->rows, uint32_t), n = 0;
    for (size_t i = 0; i < s->sites.n; i++) {
        const struct site *site = s->sites.v[i];
        uint32_t cell = cell_of(&site->place);
        for (size_t k = 0; k < site->capabilities.n; k++, n++) {
            given[n] = &site->capabilities.v[k];
            given_site[n] = (uint32_t)i;
            order[n] = (struct sort_row){(uint64_t)given[n]->process << 32 | cell, n};
        }
    }
    if (n)
        qsort(order, n, sizeof *order, by_key);
    for (uint32_t row = 0; row < n; row++) {
        s->capability[row] = given[order[row].number];
        s->row_site[row] = given_site[order[row].number];
    }
}

static void mark_processes(struct index_segment *s)
{
    size_t nodes = s->vocab->processes.n;
    s->process_row = ARENA_ARRAY(&s->arena, nodes + 1, uint32_t);
    for (size_t row = 0; row < s->rows; row++)
        s->process_row[s->capability[row]->process + 1]++;
    for (size_t i = 0; i < nodes; i++)
        s->process_row[i + 1] += s->process_row[i];
}

/* The same number, or without numbers the same name, is one organisation. */
static struct str org_key(const struct organisation *o)
{
    return o->reg_no.n ? o->reg_no : o->name;
}

static void names_init(struct arena *a, struct index_names *names, size_t n)
{
    names->cap = 4;
    while (names->cap < 2 * n)
        names->cap *= 2;
    names->slot = ARENA_ARRAY(a, names->cap, uint32_t);
}

typedef struct str name_fn(const struct site *site);

static struct str name_ref(const struct site *site)
{
    return site->ref;
}

static struct str name_org(const struct site *site)
{
    return org_key(&site->org);
}

/* The slot of a name, or the free one where it belongs. */
static uint32_t *slot_of(const struct index_segment *s, const struct index_names *names, name_fn *name, struct str key)
{
    size_t at = (size_t)hash_fnv1a(FNV1A_64_START, key) & (names->cap - 1);
    while (names->slot[at] && !str_eq(name(s->sites.v[names->slot[at] - 1]), key))
        at = (at + 1) & (names->cap - 1);
    return &names->slot[at];
}

int64_t index_segment_site(const struct index_segment *s, struct str ref)
{
    return s ? (int64_t)*slot_of(s, &s->by_ref, name_ref, ref) - 1 : -1;
}

int64_t index_segment_org(const struct index_segment *s, const struct organisation *org)
{
    uint32_t at = s ? *slot_of(s, &s->by_org, name_org, org_key(org)) : 0;
    return at ? (int64_t)s->site_org[at - 1] : -1;
}

static void number_sites(struct index_segment *s, const struct index_segment *base)
{
    names_init(&s->arena, &s->by_ref, s->sites.n);
    names_init(&s->arena, &s->by_org, s->sites.n);
    s->site_org = ARENA_ARRAY(&s->arena, s->sites.n, uint32_t);
    s->site_at = ARENA_ARRAY(&s->arena, s->sites.n, struct coordinates);
    s->orgs = base ? base->orgs : 0;
    for (uint32_t i = 0; i < s->sites.n; i++) {
        const struct site *site = s->sites.v[i];
        int64_t org = index_segment_org(base, &site->org);
        uint32_t *own = slot_of(s, &s->by_org, name_org, name_org(site));
        *slot_of(s, &s->by_ref, name_ref, site->ref) = i + 1;
        s->site_org[i] = org >= 0 ? (uint32_t)org : *own ? s->site_org[*own - 1] : s->orgs++;
        if (!*own)
            *own = i + 1;
        s->site_at[i] = site->place.at;
    }
}

static double real_or_nan(struct opt_real x)
{
    return x.has ? x.v : NAN;
}

static double int_or_nan(struct opt_int x)
{
    return x.has ? (double)x.v : NAN;
}

/* Side 0 (smallest) to 2 of a box, or NaN. */
static double box_side(const struct size_mm *size, int side)
{
    if (size->n != 3)
        return NAN;
    const double *v = size->v;
    double least = fmin(v[0], fmin(v[1], v[2])), most = fmax(v[0], fmax(v[1], v[2]));
    if (side != 1)
        return side == 0 ? least : most;
    return fmax(fmin(v[0], v[1]), fmin(fmax(v[0], v[1]), v[2]));
}

static double first_end(const struct held_certificates *held)
{
    double first = NAN;
    for (size_t i = 0; i < held->n; i++)
        if (held->v[i].until.has && !(first <= held->v[i].until.v.n))
            first = held->v[i].until.v.n;
    return first;
}

static double size_number(const struct capability *c, enum index_column_name name)
{
    switch (name) {
    case COLUMN_BOX_SMALL:
    case COLUMN_BOX_MIDDLE:
    case COLUMN_BOX_LARGE:
        return box_side(&c->size_mm, (int)name - COLUMN_BOX_SMALL);
    case COLUMN_DIAMETER:
        return c->size_mm.n == 2 ? c->size_mm.v[0] : NAN;
    case COLUMN_LENGTH:
        return c->size_mm.n == 2 ? c->size_mm.v[1] : NAN;
    case COLUMN_MASS_MIN:
        return real_or_nan(c->mass_kg.min);
    case COLUMN_MASS_MAX:
        return real_or_nan(c->mass_kg.max);
    case COLUMN_THICKNESS_MIN:
        return real_or_nan(c->thickness_mm.min);
    case COLUMN_THICKNESS_MAX:
        return real_or_nan(c->thickness_mm.max);
    case COLUMN_LAYER_MIN:
        return real_or_nan(c->layer_um.min);
    case COLUMN_LAYER_MAX:
        return real_or_nan(c->layer_um.max);
    default:
        return real_or_nan(c->force_t_max);
    }
}

static double precision_number(const struct capability *c, enum index_column_name name)
{
    const struct tolerance *t = &c->tolerance;
    switch (name) {
    case COLUMN_TOLERANCE_IT:
        return t->kind == TOLERANCE_IT ? t->value : NAN;
    case COLUMN_TOLERANCE_MM:
        return t->kind == TOLERANCE_MM ? t->value : NAN;
    case COLUMN_TOLERANCE_AT:
        return t->kind == TOLERANCE_NONE ? NAN : real_or_nan(t->at_mm);
    case COLUMN_RA:
        return real_or_nan(c->ra_um);
    case COLUMN_HARDNESS_SCALE:
        return c->hardness.has ? (double)c->hardness.scale : NAN;
    case COLUMN_HARDNESS_MIN:
        return c->hardness.has ? real_or_nan(c->hardness.min) : NAN;
    default:
        return c->hardness.has ? real_or_nan(c->hardness.max) : NAN;
    }
}

static double number_of(const struct capability *c, enum index_column_name name)
{
    static const double evidence_s[] = {0.4, 0.7, 0.85, 1};
    const struct site *site = c->site;
    if (name <= COLUMN_FORCE)
        return size_number(c, name);
    if (name <= COLUMN_HARDNESS_MAX)
        return precision_number(c, name);
    switch (name) {
    case COLUMN_BATCH_MIN:
        return int_or_nan(c->batch.min);
    case COLUMN_BATCH_MAX:
        return int_or_nan(c->batch.max);
    case COLUMN_FREE:
        return real_or_nan(c->free_per_month);
    case COLUMN_FREE_KG:
        return real_or_nan(c->free_kg_per_month);
    case COLUMN_LEAD:
        return int_or_nan(c->lead_days);
    case COLUMN_REGION:
        return site->place.region == NODE_NONE ? (double)NAN : (double)site->place.region;
    case COLUMN_CERTIFICATE_UNTIL:
        return first_end(&site->certificates);
    case COLUMN_PRICE_SETUP:
        return real_or_nan(c->price.setup_won);
    case COLUMN_PRICE_PIECE:
        return real_or_nan(c->price.per_piece_won);
    case COLUMN_PRICE_KG:
        return real_or_nan(c->price.per_kg_won);
    case COLUMN_ENERGY:
        return real_or_nan(c->energy_kwh_per_kg);
    case COLUMN_TRACK:
        return ((double)site->track.good + 4) / ((double)site->track.all + 5);
    default:
        return evidence_s[c->evidence];
    }
}

static void build_columns(struct build *b)
{
    struct index_segment *s = b->s;
    double *values = ARENA_ARRAY(&b->scratch, s->rows, double);
    for (int name = 0; name < COLUMN_COUNT; name++) {
        for (size_t row = 0; row < s->rows; row++)
            values[row] = number_of(s->capability[row], (enum index_column_name)name);
        index_column_build(&s->arena, values, s->rows, &s->column[name]);
        advance(b);
    }
}

static void set_bit(uint64_t *words, size_t row)
{
    words[row / BLOCK_ROWS] |= UINT64_C(1) << row % BLOCK_ROWS;
}

/* Around the middle of a block's points. */
static void build_cap(struct index_segment *s, size_t block)
{
    float middle[3] = {0, 0, 0}, most = 0;
    unsigned points = 0;
    for (uint64_t rest = s->has_point[block]; rest; rest &= rest - 1, points++)
        for (int i = 0; i < 3; i++)
            middle[i] += s->unit[i][block * BLOCK_ROWS + (size_t)__builtin_ctzll(rest)];
    for (int i = 0; i < 3; i++)
        s->cap[i][block] = points ? middle[i] / (float)points : 0;
    for (uint64_t rest = s->has_point[block]; rest; rest &= rest - 1) {
        float square = 0;
        for (int i = 0; i < 3; i++) {
            float d = s->unit[i][block * BLOCK_ROWS + (size_t)__builtin_ctzll(rest)] - s->cap[i][block];
            square += d * d;
        }
        most = fmaxf(most, square);
    }
    s->cap[3][block] = sqrtf(most);
}

static void build_places(struct build *b)
{
    struct index_segment *s = b->s;
    s->has_point = ARENA_ARRAY(&s->arena, s->blocks, uint64_t);
    for (int i = 0; i < 3; i++)
        s->unit[i] = ARENA_ARRAY(&s->arena, s->blocks * BLOCK_ROWS, float);
    for (size_t row = 0; row < s->rows; row++) {
        const struct place_point *p = &s->capability[row]->site->place;
        if (!p->has_coordinates)
            continue;
        set_bit(s->has_point, row);
        float unit[3];
        index_unit_point(p->at, unit);
        for (int i = 0; i < 3; i++)
            s->unit[i][row] = unit[i];
    }
    for (int i = 0; i < 4; i++)
        s->cap[i] = ARENA_ARRAY(&s->arena, s->blocks, float);
    for (size_t block = 0; block < s->blocks; block++)
        build_cap(s, block);
    index_place_bounds(s->place_bound);
    advance(b);
}

static uint64_t *bit_list(struct index_segment *s, uint64_t **lists, uint32_t node)
{
    if (!lists[node])
        lists[node] = ARENA_ARRAY(&s->arena, s->blocks, uint64_t);
    return lists[node];
}

static void build_bits(struct build *b)
{
    struct index_segment *s = b->s;
    s->certificates_known = ARENA_ARRAY(&s->arena, s->blocks, uint64_t);
    s->materials_known = ARENA_ARRAY(&s->arena, s->blocks, uint64_t);
    s->certificate = ARENA_ARRAY(&s->arena, s->vocab->certificates.n, uint64_t *);
    s->industry = ARENA_ARRAY(&s->arena, s->vocab->industries.n, uint64_t *);
    for (size_t row = 0; row < s->rows; row++) {
        const struct capability *c = s->capability[row];
        const struct held_certificates *held = &c->site->certificates;
        if (held->known)
            set_bit(s->certificates_known, row);
        for (size_t i = 0; i < held->n && held->known; i++)
            set_bit(bit_list(s, s->certificate, held->v[i].certificate), row);
        for (size_t i = 0; i < c->industries.n; i++)
            set_bit(bit_list(s, s->industry, c->industries.v[i]), row);
        if (c->materials.n)
            set_bit(s->materials_known, row);
    }
    advance(b);
}

struct word_row {
    uint64_t key; /* group and word */
    uint32_t row;
};

struct word_rows {
    struct word_row *v;
    size_t n;
    size_t cap;
};

static int by_word(const void *a, const void *b)
{
    const struct word_row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Sorts, leaves repeated ones out, and makes one posting a key. */
static void make_postings(struct index_segment *s, struct word_rows *all, struct index_postings *out)
{
    size_t n = 0, keys = 0;
    if (all->n)
        qsort(all->v, all->n, sizeof *all->v, by_word);
    for (size_t i = 0; i < all->n; i++) {
        if (n && all->v[n - 1].key == all->v[i].key && all->v[n - 1].row == all->v[i].row)
            continue;
        keys += !n || all->v[n - 1].key != all->v[i].key;
        all->v[n++] = all->v[i];
    }
    all->n = n;
    *out = (struct index_postings){ARENA_ARRAY(&s->arena, keys, struct index_posting),
                                   ARENA_ARRAY(&s->arena, n, uint32_t), 0};
    for (uint32_t i = 0; i < n; i++) {
        if (!i || all->v[i - 1].key != all->v[i].key)
            out->v[out->n++] = (struct index_posting){(uint32_t)all->v[i].key, i, i};
        out->v[out->n - 1].to++;
        out->rows[i] = all->v[i].row;
    }
}

static void build_materials(struct build *b)
{
    struct index_segment *s = b->s;
    size_t nodes = s->vocab->processes.n;
    struct word_rows all = {NULL, 0, 0};
    for (uint32_t row = 0; row < s->rows; row++) {
        const struct capability *c = s->capability[row];
        for (size_t i = 0; i < c->materials.n; i++)
            VEC_PUSH(&b->scratch, &all, ((struct word_row){(uint64_t)c->process << 32 | c->materials.v[i], row}));
    }
    make_postings(s, &all, &s->materials);
    s->process_material = ARENA_ARRAY(&s->arena, nodes + 1, uint32_t);
    for (size_t i = 0; i < s->materials.n; i++)
        s->process_material[s->capability[s->materials.rows[s->materials.v[i].from]]->process + 1]++;
    for (size_t i = 0; i < nodes; i++)
        s->process_material[i + 1] += s->process_material[i];
    advance(b);
}

static void add_texts(struct build *b, struct index_texts *out, struct word_rows *all, const struct str_list *texts,
                      uint32_t row)
{
    for (size_t i = 0; i < texts->n; i++) {
        int64_t number = (int64_t)out->number.n;
        if (!map_get(&out->number, texts->v[i], &number))
            map_add(&out->number, texts->v[i], number);
        VEC_PUSH(&b->scratch, all, ((struct word_row){(uint64_t)number, row}));
    }
}

static void build_texts(struct build *b)
{
    struct index_segment *s = b->s;
    struct word_rows standards = {NULL, 0, 0}, tags = {NULL, 0, 0};
    map_init(&s->standards.number, &s->arena);
    map_init(&s->tags.number, &s->arena);
    for (uint32_t row = 0; row < s->rows; row++) {
        add_texts(b, &s->standards, &standards, &s->capability[row]->folded_standards, row);
        add_texts(b, &s->tags, &tags, &s->capability[row]->folded_tags, row);
    }
    make_postings(s, &standards, &s->standards.postings);
    make_postings(s, &tags, &s->tags.postings);
    advance(b);
}

struct index_segment *index_segment_build(const struct vocab *v, const struct supply *sites,
                                          const struct index_segment *base, const struct index_progress *progress)
{
    enum { STAGES = COLUMN_COUNT + 5 };
    struct index_segment *s = calloc(1, sizeof *s);
    struct build b = {.s = s, .progress = progress ? *progress : (struct index_progress){NULL, NULL}, .total = STAGES};
    if (!s)
        abort();
    arena_init(&s->arena, SIZE_MAX / 2);
    arena_init(&b.scratch, SIZE_MAX / 2);
    s->refs = 1;
    s->vocab = v;
    s->sites = (struct supply){ARENA_ARRAY(&s->arena, sites->n, struct site *), sites->n, sites->n};
    for (size_t i = 0; i < sites->n; i++) {
        s->sites.v[i] = sites->v[i];
        s->rows += sites->v[i]->capabilities.n;
    }
    s->blocks = (s->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    s->capability = ARENA_ARRAY(&s->arena, s->rows, const struct capability *);
    s->row_site = ARENA_ARRAY(&s->arena, s->rows, uint32_t);
    sort_rows(&b);
    mark_processes(s);
    number_sites(s, base);
    advance(&b);
    build_columns(&b);
    build_places(&b);
    build_bits(&b);
    build_materials(&b);
    build_texts(&b);
    arena_release(&b.scratch);
    return s;
}

struct index_segment *index_segment_ref(struct index_segment *s)
{
    if (s)
        __atomic_add_fetch(&s->refs, 1, __ATOMIC_RELAXED);
    return s;
}

void index_segment_unref(struct index_segment *s)
{
    if (!s || __atomic_sub_fetch(&s->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    arena_release(&s->arena);
    free(s);
}
