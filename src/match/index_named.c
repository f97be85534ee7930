/* Certificates, standards, tags, industries and words over the index; and the two rows that every firm has. */
#include "match/index_parts.h"

static bool holds(const struct index_term *t, const struct held_certificates *held, int32_t day)
{
    for (size_t i = 0; i < held->n; i++)
        if (t->implying[held->v[i].certificate] && (!held->v[i].until.has || held->v[i].until.v.n >= day))
            return true;
    return false;
}

/* bits: the certificates that imply the asked one; number[0]: the day; range[0]: sites where one has ended by then. */
static struct index_verdicts sweep_certificate(const struct index_view *v, const struct index_term *t, size_t tile,
                                               uint64_t want)
{
    const struct index_segment *s = v->segment;
    size_t block = v->tile[tile].block;
    uint64_t known = s->certificates_known[block], held = 0;
    for (size_t i = 0; i < t->bit_lists; i++)
        held |= t->bits[i][block];
    uint64_t ended = held & want ? index_column_in(&s->column[COLUMN_CERTIFICATE_UNTIL], block, t->range[0]) : 0;
    for (uint64_t rest = held & ended & want; rest; rest &= rest - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(rest);
        if (!holds(t, &s->capability[block * BLOCK_ROWS + bit]->site->certificates, (int32_t)t->number[0]))
            held &= ~(UINT64_C(1) << bit);
    }
    return (struct index_verdicts){held, ~known};
}

static void init_certificate(struct arena *a, const struct index_view *v, struct index_term *t)
{
    const struct vocab *vocab = v->q->vocab;
    const struct index_segment *s = v->segment;
    int32_t day = v->q->has_due && v->q->days_left > 0 ? v->q->need->due.v.n : v->q->today.n;
    t->implying = ARENA_ARRAY(a, vocab->certificates.n, bool);
    t->bits = ARENA_ARRAY(a, vocab->certificates.n, const uint64_t *);
    for (uint32_t i = 0; i < vocab->certificates.n; i++) {
        t->implying[i] = vocab_certificate_implies(vocab, i, t->criterion->node);
        if (t->implying[i] && s->certificate[i])
            t->bits[t->bit_lists++] = s->certificate[i];
    }
    t->number[0] = day;
    t->range[0] = (struct index_range){1, index_column_below(&s->column[COLUMN_CERTIFICATE_UNTIL], day)};
    t->s_unknown = 0.3;
    t->sweep = sweep_certificate;
}

static struct index_verdicts sweep_industry(const struct index_view *v, const struct index_term *t, size_t tile,
                                            uint64_t want)
{
    (void)want;
    uint64_t listed = t->bit_lists ? t->bits[0][v->tile[tile].block] : 0;
    return (struct index_verdicts){listed, ~listed};
}

static void init_industry(struct arena *a, const struct index_view *v, struct index_term *t)
{
    t->bits = ARENA_ARRAY(a, 1, const uint64_t *);
    if (v->segment->industry[t->criterion->node])
        t->bits[t->bit_lists++] = v->segment->industry[t->criterion->node];
    t->sweep = sweep_industry;
}

static struct index_verdicts sweep_marked(const struct index_view *v, const struct index_term *t, size_t tile,
                                          uint64_t want)
{
    (void)v;
    (void)want;
    return (struct index_verdicts){t->words[0][tile], ~t->words[0][tile]};
}

static uint32_t first_row_from(const struct index_postings *p, const struct index_posting *posting, uint32_t row)
{
    uint32_t from = posting->from, to = posting->to;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (p->rows[middle] < row)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void mark_text(const struct index_view *v, const struct index_texts *texts, struct str name,
                      struct index_term *t)
{
    int64_t number;
    if (!map_get(&texts->number, name, &number))
        return;
    const struct index_postings *p = &texts->postings;
    const struct index_posting *posting = &p->v[number];
    for (size_t r = 0; r < v->runs; r++) {
        const struct index_run *run = &v->run[r];
        for (uint32_t i = first_row_from(p, posting, run->from); i < posting->to && p->rows[i] < run->to; i++) {
            uint32_t row = p->rows[i];
            t->words[0][run->tile + row / BLOCK_ROWS - run->from / BLOCK_ROWS] |= UINT64_C(1) << row % BLOCK_ROWS;
        }
    }
}

/* The name itself, and when it ends in a digit also with a revision letter behind it. */
static void init_standard(struct arena *a, const struct index_view *v, struct index_term *t)
{
    const struct index_texts *texts = &v->segment->standards;
    struct str name = t->criterion->folded;
    t->words[0] = ARENA_ARRAY(a, v->tiles, uint64_t);
    t->sweep = sweep_marked;
    mark_text(v, texts, name, t);
    bool digit = name.n && name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9';
    for (char letter = 'a'; letter <= 'z' && digit; letter++)
        mark_text(v, texts, arena_printf(a, STR_FMT "%c", STR_ARG(name), letter), t);
}

static void init_tag(struct arena *a, const struct index_view *v, struct index_term *t)
{
    t->words[0] = ARENA_ARRAY(a, v->tiles, uint64_t);
    t->sweep = sweep_marked;
    mark_text(v, &v->segment->tags, t->criterion->folded, t);
}

static bool says(const struct capability *c, struct str word)
{
    const struct str *names = c->site->folded_names;
    return str_find(c->folded_text, word) >= 0 || str_find(names[0], word) >= 0 || str_find(names[1], word) >= 0 ||
           str_find(names[2], word) >= 0;
}

static struct index_verdicts sweep_words(const struct index_view *v, const struct index_term *t, size_t tile,
                                         uint64_t want)
{
    (void)t;
    const struct str_list *words = &v->q->step->folded_words;
    const struct capability *const *row = v->segment->capability + (size_t)v->tile[tile].block * BLOCK_ROWS;
    uint64_t yes = want & v->tile[tile].rows;
    for (uint64_t rest = yes; rest; rest &= rest - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(rest);
        for (size_t i = 0; i < words->n && yes >> bit & 1; i++)
            if (!says(row[bit], words->v[i]))
                yes &= ~(UINT64_C(1) << bit);
    }
    return (struct index_verdicts){yes, ~yes};
}

static struct index_verdicts sweep_all(const struct index_view *v, const struct index_term *t, size_t tile,
                                       uint64_t want)
{
    (void)v;
    (void)t;
    (void)tile;
    (void)want;
    return (struct index_verdicts){UINT64_MAX, 0};
}

static double stated_s(const struct index_view *v, const struct index_term *t, size_t tile, size_t row)
{
    (void)tile;
    enum index_column_name name = t->criterion->kind == CRITERION_TRACK ? COLUMN_TRACK : COLUMN_EVIDENCE;
    return index_value(&v->segment->column[name], row).v;
}

static double stated_tile_s_most(const struct index_view *v, const struct index_term *t, size_t tile, uint64_t rows)
{
    (void)tile;
    (void)rows;
    const struct index_column *c =
        &v->segment->column[t->criterion->kind == CRITERION_TRACK ? COLUMN_TRACK : COLUMN_EVIDENCE];
    return c->values[c->n - 1];
}

void index_term_named(struct arena *a, const struct index_view *v, struct index_term *t)
{
    switch (t->criterion->kind) {
    case CRITERION_CERTIFICATE:
        init_certificate(a, v, t);
        break;
    case CRITERION_STANDARD:
        init_standard(a, v, t);
        break;
    case CRITERION_TAG:
        init_tag(a, v, t);
        break;
    case CRITERION_INDUSTRY:
        init_industry(a, v, t);
        break;
    case CRITERION_WORDS:
        t->sweep = sweep_words;
        break;
    default:
        t->sweep = sweep_all;
        t->s = stated_s;
        t->s_most =
            v->segment->column[COLUMN_TRACK].n > 1 || t->criterion->kind == CRITERION_EVIDENCE ? stated_s : NULL;
        t->tile_s_most = stated_tile_s_most;
    }
}
