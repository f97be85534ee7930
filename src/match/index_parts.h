/* Inside match/ only: a segment of the index, and a question made ready for it. */
#ifndef PPURI_MATCH_INDEX_PARTS_H
#define PPURI_MATCH_INDEX_PARTS_H

#include "match/index.h"

enum { BLOCK_ROWS = 64 };

enum index_column_name {
    COLUMN_BOX_SMALL, /* of a box: its sides, sorted */
    COLUMN_BOX_MIDDLE,
    COLUMN_BOX_LARGE,
    COLUMN_DIAMETER,
    COLUMN_LENGTH,
    COLUMN_MASS_MIN,
    COLUMN_MASS_MAX,
    COLUMN_THICKNESS_MIN,
    COLUMN_THICKNESS_MAX,
    COLUMN_LAYER_MIN,
    COLUMN_LAYER_MAX,
    COLUMN_FORCE,
    COLUMN_TOLERANCE_IT,
    COLUMN_TOLERANCE_MM,
    COLUMN_TOLERANCE_AT,
    COLUMN_RA,
    COLUMN_HARDNESS_SCALE,
    COLUMN_HARDNESS_MIN,
    COLUMN_HARDNESS_MAX,
    COLUMN_BATCH_MIN,
    COLUMN_BATCH_MAX,
    COLUMN_FREE,
    COLUMN_FREE_KG,
    COLUMN_LEAD,
    COLUMN_REGION,
    COLUMN_CERTIFICATE_UNTIL, /* the first day on which a certificate of the site ends */
    COLUMN_PRICE_SETUP,
    COLUMN_PRICE_PIECE,
    COLUMN_PRICE_KG,
    COLUMN_ENERGY,
    COLUMN_TRACK,    /* s of the row */
    COLUMN_EVIDENCE, /* s of the row */
    COLUMN_COUNT
};

/* One number a row as its rank among the distinct values: 0 = blank, k = values[k - 1]. Exact. Padded to whole blocks.
   Without any value there are no codes at all. */
struct index_column {
    uint16_t *code;
    uint32_t *wide; /* instead of `code` when there are too many values */
    double *values; /* ascending */
    uint32_t n;
};

/* Rows of one word (material, standard, tag), ascending. */
struct index_posting {
    uint32_t key; /* material node; standards and tags: number of the text */
    uint32_t from;
    uint32_t to; /* in rows[] */
};

struct index_postings {
    struct index_posting *v;
    uint32_t *rows;
    size_t n;
};

struct index_texts {
    struct map number; /* folded text -> number */
    struct index_postings postings;
};

/* A squared chord of 2^-34 (0.05 km) or more is classed by its exponent and five bits. */
enum { CHORD_SHIFT = 18, CHORD_FIRST = (127 - 34) << 5, CHORD_CLASSES = 37 << 5 };

/* Sites by a text of theirs: open addressing, one more than the index of the site, 0 = free. */
struct index_names {
    uint32_t *slot;
    size_t cap; /* a power of two */
};

/* Who listens while a segment is built; fn may be NULL. */
struct index_progress {
    match_progress_fn *fn;
    void *arg;
};

/* Rows sorted by process in preorder, then by a space-filling curve. */
struct index_segment {
    int refs; /* atomic */
    struct arena arena;
    const struct vocab *vocab;
    size_t rows;
    size_t blocks;
    const struct capability **capability; /* by row */
    uint32_t *process_row;                /* first row of a process node; n + 1 entries */
    struct index_column column[COLUMN_COUNT];
    uint64_t *has_point; /* by block */
    float *cap[4];  /* by block: a point on the unit sphere, and the longest chord from it to a row that has a point */
    float *unit[3]; /* by row: the point on the unit sphere */
    float place_bound[CHORD_CLASSES]; /* what s of a place is at most */
    uint64_t *certificates_known;     /* by block */
    uint64_t **certificate;           /* by certificate, by block; NULL: nobody holds it */
    uint64_t **industry;              /* by industry, by block; NULL: nobody lists it */
    struct index_postings materials;  /* key ascending inside each process */
    uint32_t *process_material;       /* first posting of a process node; n + 1 entries */
    uint64_t *materials_known;        /* by block */
    struct index_texts standards;     /* key ascending */
    struct index_texts tags;
    struct supply sites;
    struct index_names by_ref;   /* of sites */
    uint32_t *row_site;          /* index in sites, by row */
    struct index_names by_org;   /* the first site of each organisation */
    struct coordinates *site_at; /* by site; without coordinates: anything */
    uint32_t *site_org;          /* number of its organisation, by site; a delta continues the numbers of its base */
    uint32_t orgs;
};

/* `base`: the segment that this one stands beside, or NULL. */
struct index_segment *index_segment_build(const struct vocab *v, const struct supply *sites,
                                          const struct index_segment *base, const struct index_progress *progress);
/* Index of the site, or -1. */
int64_t index_segment_site(const struct index_segment *s, struct str ref);
/* The number of an organisation, or -1. */
int64_t index_segment_org(const struct index_segment *s, const struct organisation *org);
struct index_segment *index_segment_ref(struct index_segment *s);
void index_segment_unref(struct index_segment *s);

/* NaN is blank. */
void index_column_build(struct arena *keep, const double *values, size_t rows, struct index_column *out);
/* How many values are < x. */
uint32_t index_column_below(const struct index_column *c, double x);
/* How many values are <= x. */
uint32_t index_column_up_to(const struct index_column *c, double x);
/* How many of the first values have holds(arg, value), which is true up to some value and then false. */
uint32_t index_column_while(const struct index_column *c, bool (*holds)(const double *arg, double value),
                            const double *arg);

static inline uint32_t index_code(const struct index_column *c, size_t row)
{
    return c->code ? c->code[row] : c->wide ? c->wide[row] : 0;
}

static inline struct opt_real index_value(const struct index_column *c, size_t row)
{
    uint32_t code = index_code(c, row);
    return (struct opt_real){code ? c->values[code - 1] : 0, code != 0};
}

/* Codes from..to, both >= 1; empty when to < from. */
struct index_range {
    uint32_t from, to;
};

/* Rows of a block whose code lies in the range. */
uint64_t index_column_in(const struct index_column *c, size_t block, struct index_range range);

static inline uint64_t index_column_known(const struct index_column *c, size_t block)
{
    return index_column_in(c, block, (struct index_range){1, c->n});
}

/* Verdicts of 64 rows about one criterion; neither: no. */
struct index_verdicts {
    uint64_t yes;
    uint64_t unknown;
};

/* Rows of one run that lie in one block. */
struct index_tile {
    uint32_t block;
    uint32_t run;
    uint64_t rows; /* alive and of the run */
};

/* Neighbouring processes that stand alike to the asked one. */
struct index_run {
    uint32_t from, to; /* rows */
    uint32_t tile;     /* first tile */
    double s;
    bool unknown;
};

struct index_view {
    const struct question *q;
    const struct index_segment *segment;
    struct index_run *run;
    size_t runs;
    struct index_tile *tile;
    size_t tiles;
};

struct index_term;

/* `want`: rows whose verdict matters; others may be anything. */
typedef struct index_verdicts index_sweep_fn(const struct index_view *v, const struct index_term *t, size_t tile,
                                             uint64_t want);
/* s of a row that is not refused. */
typedef double index_s_fn(const struct index_view *v, const struct index_term *t, size_t tile, size_t row);
/* Not less than s of any of the rows. */
typedef double index_tile_s_fn(const struct index_view *v, const struct index_term *t, size_t tile, uint64_t rows);
/* Margin of a row that is refused. */
typedef struct opt_real index_margin_fn(const struct index_view *v, const struct index_term *t, size_t row);

enum { MATERIAL_STANDINGS = 5, TERM_RANGES = 13 };

/* One criterion of the step, made ready for one segment. Which range, number or flag means what: where it is set. */
struct index_term {
    const struct criterion *criterion;
    index_sweep_fn *sweep;
    index_s_fn *s;                /* of a yes (and of an unknown, when s_unknown is negative); NULL: 1 */
    index_s_fn *s_most;           /* not less than s, and quicker; NULL: 1 */
    index_tile_s_fn *tile_s_most; /* NULL: 1 */
    index_margin_fn *margin;      /* NULL: none */
    double s_unknown;
    double weight;
    bool must;
    struct index_range range[TERM_RANGES];
    struct index_range *list; /* of them, `listed` */
    size_t listed;
    double number[4];
    float point[3]; /* on the unit sphere */
    bool flag[6];
    uint64_t *words[MATERIAL_STANDINGS]; /* by tile */
    const uint64_t **bits;               /* lists by block */
    size_t bit_lists;
    bool *implying; /* by certificate */
};

/* Each fills what its sweep needs. */
void index_term_size(struct arena *a, const struct index_view *v, struct index_term *t);
void index_term_precision(struct arena *a, const struct index_view *v, struct index_term *t);
void index_term_order(struct arena *a, const struct index_view *v, struct index_term *t);
void index_term_place(struct arena *a, const struct index_view *v, struct index_term *t);
void index_term_material(struct arena *a, const struct index_view *v, struct index_term *t);
void index_term_named(struct arena *a, const struct index_view *v, struct index_term *t);

void index_place_bounds(float out[CHORD_CLASSES]);
/* The point on the unit sphere. */
void index_unit_point(struct coordinates at, float out[3]);

/* The least of what is known. */
static inline void index_margin_add(struct opt_real *m, double margin)
{
    if (margin - margin == 0 && (!m->has || margin < m->v))
        *m = opt_real(margin);
}

/* A step made ready for one segment: which rows to sweep, and every criterion but the process. */
struct index_plan {
    struct index_view view;
    struct index_term *term; /* criteria of the step from the second on; the first is the process */
    size_t terms;
    uint64_t *meets, *ask, *near;    /* by tile, when it was counted */
    struct index_verdicts *verdicts; /* by tile and term: of the musts, right for rows of these classes */
};

/* What counting the rows of a plan gives. */
struct index_counts {
    uint64_t count[CLASS_OUT + 1];
    uint64_t out_by[CRITERION_COUNT];
    uint64_t *near_by; /* by criterion */
    uint64_t swept;
};

/* Fills meets, ask, near and verdicts of the plan, and adds to `out`. */
void index_count(struct arena *a, struct index_plan *p, struct index_counts *out);

/* `alive` by block, NULL: all. */
void index_plan_init(struct arena *a, const struct index_segment *segment, const uint64_t *alive,
                     const struct question *q, struct index_plan *out);

#endif
