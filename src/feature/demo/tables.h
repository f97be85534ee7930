/* Inside feature/demo and the test data of test/bench only: the tables as the generator reads them. */
#ifndef PPURI_FEATURE_DEMO_TABLES_H
#define PPURI_FEATURE_DEMO_TABLES_H

#include "feature/demo/demo.h"

/* What the machines of this kind reach, from the smallest shop to the largest. */
struct span {
    bool has;
    double low;
    double high;
};

/* A lower limit that all share, and the span of the upper one. */
struct limits {
    double min;
    struct span max;
};

struct size_span {
    uint32_t n; /* 3: box, 2: cylinder, 0: none */
    double low[3];
    double high[3];
};

/* One row of profiles.csv: a process as shops of this region offer it. Lists are cells with | between the items. */
struct profile {
    struct str process;
    struct str machine;
    struct size_span size;
    struct span mass_kg;
    struct limits thickness_mm;
    struct limits layer_um;
    struct span force_t;
    struct span it;
    struct span mm;
    struct span ra_um;
    struct str hardness_scale;
    struct limits hardness;
    struct limits batch;
    struct span free_pieces;
    struct span free_kg;
    struct span lead_days;
    struct span setup_won;
    struct span piece_won;
    struct span kg_won;
    struct span energy_kwh;
    struct str materials;
    struct str standards;
    struct str tags;
    struct str industries;
    struct str text;
    struct str plain;
};

/* One row of shops.csv: a kind of firm. */
struct shop {
    double share;
    struct str suffixes;      /* ko=en */
    const struct profile **v; /* what it may offer; the first always */
    size_t n;
    struct str certificates; /* code:percent */
    struct str kind;
    struct str ground; /* heavy, light or any: what area it is found in */
};

/* One row of places.csv: an industrial area in general form. */
struct place {
    struct str region;
    struct str region_ko;
    double share;
    struct str area;
    struct str suits; /* heavy, light, small (back streets: any trade, seldom the others) or any */
    struct coordinates at;
    double spread_km;
};

struct syllable {
    struct str ko;
    struct str en;
};

struct syllables {
    struct syllable *v;
    size_t n;
    size_t cap;
};

/* One row of need_steps.csv; cells are read when a need is written. */
struct need_row {
    const struct csv_row *row;
    double mass_kg; /* 0 = not stated */
};

struct need_sketch {
    struct str title;
    struct str industries;
    struct str quantities;
    struct span due_days;
    struct str deliver;
    struct need_row *v;
    size_t n;
    size_t cap;
};

struct demo_tables {
    const struct vocab *vocab;
    struct {
        struct profile *v;
        size_t n, cap;
    } profiles;
    struct {
        struct shop *v;
        size_t n, cap;
    } shops;
    struct {
        struct place *v;
        size_t n, cap;
    } places;
    struct {
        struct need_sketch *v;
        size_t n, cap;
    } needs;
    struct syllables first;
    struct syllables last;
    const struct csv_row *step_header;
};

/* "a..b" or "a"; false when it is neither. A blank cell has nothing and is true. */
bool span_read(struct str cell, struct span *out);
/* "min:a..b" or "a..b" with min 0. */
bool limits_read(struct str cell, struct limits *out);
/* "10x20x30..40x50x60", two numbers for a cylinder. */
bool size_read(struct str cell, struct size_span *out);
/* The rest of the first word that is `key` and then a digit: key "it" of "it6..8 ra0.8" gives "6..8"; false when there
 * is none. */
bool word_read(struct str cell, struct str key, struct str *out);

#endif
