/* Inside feature/demo and the test data of test/bench only: one invented firm and what it offers. */
#ifndef PPURI_FEATURE_DEMO_FIRM_H
#define PPURI_FEATURE_DEMO_FIRM_H

#include "feature/demo/draw.h"

struct firm {
    const struct shop *shop;
    struct str name;
    struct str name_en;
    struct str reg_no;
    struct str homepage; /* empty: none */
    int64_t employees;
    double scale; /* 0 the smallest .. 1 the largest of the region */
    double blank; /* probability that a field is left blank */
    bool plain;   /* words its text in shop words */
    bool second_site;
    uint64_t certificates_seed; /* all its sites hold the same */
};

/* Employees and all that follows from them: scale, blanks, how it words its texts, whether it has a second site. */
void firm_size(struct random *r, struct firm *f);
/* `count` firms in a drawn order; every kind of shop has its share, and at least one firm where count allows it.
   No two have the same name. */
const struct firm *firms_draw(struct arena *a, const struct demo_tables *t, struct random *r, int64_t count);

/* A number of a capability, blank or not. */
struct limit_drawn {
    struct opt_real min;
    struct opt_real max;
};

/* One capability before it is written. */
struct offer {
    const struct profile *profile;
    uint32_t size_n; /* 0: blank */
    double size_mm[3];
    struct limit_drawn mass_kg;
    struct limit_drawn thickness_mm;
    struct limit_drawn layer_um;
    struct limit_drawn hardness;
    struct limit_drawn batch;
    struct opt_real force_t;
    struct opt_real it;
    struct opt_real mm;
    struct opt_real ra_um;
    struct opt_real free_pieces;
    struct opt_real free_kg;
    struct opt_real lead_days;
    struct opt_real setup_won;
    struct opt_real piece_won;
    struct opt_real kg_won;
    struct opt_real energy_kwh;
    struct str materials; /* cells with |, empty: blank */
    struct str standards;
    struct str tags;
    struct str industries;
    struct str evidence;
    struct str text;
};

void offer_draw(struct arena *a, const struct demo_tables *t, struct random *r, const struct firm *firm,
                const struct profile *p, struct offer *out);
/* Writes the capability object. */
void offer_write(struct json_out *j, struct str ref, const struct offer *o);

#endif
