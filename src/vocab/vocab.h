/* All vocabularies of one version, loaded once and then read-only: safe to share between threads. */
#ifndef PPURI_VOCAB_VOCAB_H
#define PPURI_VOCAB_VOCAB_H

#include "base/embedded.h"
#include "base/opt.h"
#include "vocab/tree.h"

enum relation_kind { RELATION_COVERS, RELATION_ASK };

/* A shop that offers `offered` also does `asked` (covers), or may (ask); it holds for both nodes and all below them. */
struct process_relation {
    uint32_t offered;
    uint32_t asked;
    enum relation_kind kind;
    struct str source;
};

struct process_relations {
    struct process_relation *v;
    size_t n;
    size_t cap;
};

enum equivalence { EQUIVALENT_NOT, EQUIVALENT_ASK, EQUIVALENT_NEAR, EQUIVALENT_SAME };
enum material_level { MATERIAL_FAMILY = 1, MATERIAL_GROUP, MATERIAL_GRADE };

struct material_partner {
    uint32_t grade;
    enum equivalence kind;
    struct str source;
};

struct material_partners {
    struct material_partner *v;
    size_t n;
    size_t cap;
};

/* WGS 84 degrees. */
struct coordinates {
    double lat;
    double lon;
};

enum hardness_scale { HARDNESS_HV, HARDNESS_HB, HARDNESS_HRC, HARDNESS_HRB, HARDNESS_HRA, HARDNESS_SCALES };

struct hardness_row {
    struct opt_real v[HARDNESS_SCALES];
};

struct hardness_table {
    struct hardness_row *v;
    size_t n;
    size_t cap;
};

struct it_step {
    double over_mm;
    double to_mm;
    double um[19]; /* by grade 1..18; 0 = undefined */
};

struct it_table {
    struct it_step *v;
    size_t n;
    size_t cap;
};

enum order_kind { ORDER_NOT_AFTER, ORDER_NEEDS_AFTER };
enum order_condition_kind {
    ORDER_MATERIAL,        /* material:STEEL */
    ORDER_HARDNESS_ABOVE,  /* hardness>HRC39 */
    ORDER_TOLERANCE_FINER, /* tolerance<IT9 */
    ORDER_THICKNESS_ABOVE, /* thickness>38, mm */
    ORDER_LAYER_ABOVE      /* layer>100, um */
};

struct order_condition {
    enum order_condition_kind kind;
    uint32_t material;
    enum hardness_scale scale;
    double limit; /* hardness in `scale`, IT grade, mm or um */
};

struct order_conditions {
    struct order_condition *v;
    size_t n;
    size_t cap;
};

/* not_after: a step at or under `first` must not come after one at or under `then`. needs_after: a step at or under
   `first` wants one at or under `then` later. Only when all conditions hold; none = always. */
struct order_rule {
    uint32_t first;
    uint32_t then;
    enum order_kind kind;
    struct order_conditions conditions;
    struct str ko;
    struct str en;
};

struct order_rules {
    struct order_rule *v;
    size_t n;
    size_t cap;
};

struct vocab {
    struct str version;  /* hash of the embedded files, and "+seq" of the council's entries when there are any */
    int64_t overlay_seq; /* of the council's entries that are in it, 0 without any */
    struct tree processes;
    struct process_relations relations;
    struct tree materials;
    enum material_level *material_level; /* by node */
    struct material_partners *partners;  /* by node */
    struct opt_real *density_kg_m3;      /* by node */
    struct tree certificates;
    struct str *certificate_kind; /* by node: system, process, product or security */
    bool *implied; /* certificates.n squared: [held * n + asked], closed over chains, true on the diagonal */
    struct tree industries;
    struct tree regions;
    struct coordinates *centroid; /* by region node */
    struct map renames;           /* old code -> index of new_codes */
    struct str_list new_codes;
    struct it_table it;
    struct hardness_table hardness;
    struct map factor_rows; /* factor code -> index */
    struct opt_real *factors;
    struct order_rules order_rules;
    uint32_t steel;
    uint32_t iron;
    uint32_t software;
    uint32_t engineering;
};

/* ST_INVALID with *why naming file and line. */
MUST_USE enum status vocab_load(struct arena *a, const struct embedded *files, struct vocab *out, struct str *why);

/* The node of a code, or of the code that an old one was renamed to. `tree` is one of v's own. */
bool vocab_find(const struct vocab *v, const struct tree *tree, struct str code, uint32_t *node);
/* How grade a stands to grade b; EQUIVALENT_SAME for a == b. */
enum equivalence vocab_equivalence(const struct vocab *v, uint32_t a, uint32_t b);
bool vocab_certificate_implies(const struct vocab *v, uint32_t held, uint32_t asked);
/* ISO 286 width in um of IT grade 1..18 at a size; none outside 0 < size <= 3150. */
struct opt_real vocab_it_width_um(const struct vocab *v, int64_t grade, double size_mm);
/* Linear between neighbouring rows that have both scales; none outside the table. */
struct opt_real vocab_hardness(const struct vocab *v, enum hardness_scale from, enum hardness_scale to, double value);
bool vocab_hardness_scale(struct str name, enum hardness_scale *scale);
const char *vocab_hardness_name(enum hardness_scale scale);
/* The 시군구 that a region lies in: itself at level 3, 세종 at level 2; NODE_NONE for a 시도 or a place abroad. */
uint32_t vocab_district(const struct vocab *v, uint32_t region);
/* Value of factors.csv, none when the code is not there. */
struct opt_real vocab_factor(const struct vocab *v, struct str code);

#endif
