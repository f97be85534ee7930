/*
 * What firms offer, as the engine sees it. A blank is unknown (has = false, n = 0, no text). Texts and lists live in
 * the arena they were read into. Meaning of every field: doc/matching.md.
 */
#ifndef PPURI_MATCH_SUPPLY_H
#define PPURI_MATCH_SUPPLY_H

#include "base/opt.h"
#include "base/time.h"
#include "vocab/vocab.h"

struct range {
    struct opt_real min;
    struct opt_real max;
};

/* n = 3: box x, y, z; n = 2: cylinder d, l; n = 0: blank. mm. */
struct size_mm {
    uint32_t n;
    double v[3];
};

enum tolerance_kind { TOLERANCE_NONE, TOLERANCE_IT, TOLERANCE_MM };

/* An ISO 286 grade, or +-value in mm; at_mm is the size it is meant at. */
struct tolerance {
    enum tolerance_kind kind;
    double value;
    struct opt_real at_mm;
};

struct hardness {
    bool has;
    enum hardness_scale scale;
    struct opt_real min;
    struct opt_real max;
};

struct node_list {
    uint32_t *v;
    size_t n;
    size_t cap;
};

enum evidence { EVIDENCE_SELF, EVIDENCE_DOCUMENT, EVIDENCE_VISITED, EVIDENCE_DEAL };

struct batch {
    struct opt_int min;
    struct opt_int max;
};

/* Korean won; parts may be fractions of a won (price a kg). */
struct price {
    struct opt_real setup_won;
    struct opt_real per_piece_won;
    struct opt_real per_kg_won;
};

struct site;

struct capability {
    struct str ref;
    uint32_t process;
    struct node_list materials;
    struct size_mm size_mm;
    struct range mass_kg;
    struct range thickness_mm;
    struct range layer_um;
    struct opt_real force_t_max;
    struct tolerance tolerance;
    struct opt_real ra_um;
    struct hardness hardness;
    struct batch batch;
    struct opt_real free_per_month;
    struct opt_real free_kg_per_month;
    struct opt_int lead_days;
    struct price price;
    struct opt_real energy_kwh_per_kg;
    struct str_list standards;
    struct str_list tags;
    struct node_list industries;
    bool evidence_given;
    enum evidence evidence;
    struct str text;
    const struct site *site;
    /* Made by supply_prepare, for comparing. */
    struct str folded_text;
    struct str_list folded_standards;
    struct str_list folded_tags;
};

/* 0: no evidence was given, else 1 + enum evidence. */
static inline int capability_proof(const struct capability *c)
{
    return c->evidence_given ? 1 + (int)c->evidence : 0;
}

struct capability_list {
    struct capability *v;
    size_t n;
    size_t cap;
};

struct held_certificate {
    uint32_t certificate;
    struct opt_day until;
};

struct held_certificates {
    struct held_certificate *v;
    size_t n;
    size_t cap;
    bool known; /* false: no list was ever given */
};

struct organisation {
    struct str reg_no;
    struct str name;
    struct str name_en;
    struct str kind;
    struct str homepage;
};

/* In the language of the page where it has one. */
static inline struct str organisation_name(const struct organisation *o, bool korean)
{
    return korean || !o->name_en.n ? o->name : o->name_en;
}

struct place_point {
    uint32_t region; /* NODE_NONE = blank */
    bool has_coordinates;
    struct coordinates at;
};

/* Deals of an organisation, for the track row: all finished ones, and the good ones among them. */
struct track {
    int64_t good;
    int64_t all;
};

struct site {
    struct organisation org;
    struct str ref;
    struct str name;
    struct str address;
    struct place_point place;
    struct held_certificates certificates;
    struct capability_list capabilities;
    struct track track;
    size_t line;                /* of the file it was read from, 0 = not from a file */
    struct str folded_names[3]; /* made by supply_prepare: organisation, organisation in English, site */
};

/* Sites and their capabilities stay where they are: capabilities point back to their site. */
struct supply {
    struct site **v;
    size_t n;
    size_t cap;
};

/* Fills the folded texts of a site and its capabilities and points the capabilities to it. */
void supply_prepare(struct arena *a, struct site *site);

/* A deep copy in `a`, prepared if the site is. */
struct site *supply_copy(struct arena *a, const struct site *site);

#endif
