/* The criteria of a step and the rows of the score, each listed once, in the order in which they are shown and summed.
 */
#ifndef PPURI_MATCH_CRITERION_H
#define PPURI_MATCH_CRITERION_H

#include "base/opt.h"
#include "base/str.h"

/* row, key in "weights", weight */
#define SCORE_ROWS(R)                                                                                                  \
    R(ROW_PROCESS, "process", 16)                                                                                      \
    R(ROW_MATERIAL, "material", 12)                                                                                    \
    R(ROW_SIZE, "size", 6)                                                                                             \
    R(ROW_PRECISION, "precision", 8)                                                                                   \
    R(ROW_QUANTITY, "quantity", 6)                                                                                     \
    R(ROW_DUE, "due", 10)                                                                                              \
    R(ROW_CERTIFICATES, "certificates", 10)                                                                            \
    R(ROW_PLACE, "place", 10)                                                                                          \
    R(ROW_CONTEXT, "context", 6)                                                                                       \
    R(ROW_TRACK, "track", 10)                                                                                          \
    R(ROW_EVIDENCE, "evidence", 6)

enum score_row {
#define R(name, key, weight) name,
    SCORE_ROWS(R)
#undef R
        SCORE_ROW_COUNT
};

/* Place weighs less for steps under SOFTWARE or ENGINEERING, unless it is must. */
enum { PLACE_WEIGHT_REMOTE = 2 };

/* criterion, name, row, level when stated, may be set by "need" */
#define CRITERIA(C)                                                                                                    \
    C(CRITERION_PROCESS, "process", ROW_PROCESS, NEED_MUST, false)                                                     \
    C(CRITERION_MATERIAL, "material", ROW_MATERIAL, NEED_MUST, true)                                                   \
    C(CRITERION_ENVELOPE, "envelope", ROW_SIZE, NEED_MUST, true)                                                       \
    C(CRITERION_MASS, "mass", ROW_SIZE, NEED_MUST, true)                                                               \
    C(CRITERION_THICKNESS, "thickness", ROW_SIZE, NEED_MUST, true)                                                     \
    C(CRITERION_LAYER, "layer", ROW_SIZE, NEED_MUST, true)                                                             \
    C(CRITERION_FORCE, "force", ROW_SIZE, NEED_MUST, true)                                                             \
    C(CRITERION_TOLERANCE, "tolerance", ROW_PRECISION, NEED_MUST, true)                                                \
    C(CRITERION_ROUGHNESS, "roughness", ROW_PRECISION, NEED_MUST, true)                                                \
    C(CRITERION_HARDNESS, "hardness", ROW_PRECISION, NEED_MUST, true)                                                  \
    C(CRITERION_QUANTITY, "quantity", ROW_QUANTITY, NEED_MUST, true)                                                   \
    C(CRITERION_DUE, "due", ROW_DUE, NEED_MUST, true)                                                                  \
    C(CRITERION_CERTIFICATE, "certificate", ROW_CERTIFICATES, NEED_MUST, false)                                        \
    C(CRITERION_STANDARD, "standard", ROW_CONTEXT, NEED_PREFER, true)                                                  \
    C(CRITERION_TAG, "tag", ROW_CONTEXT, NEED_PREFER, true)                                                            \
    C(CRITERION_PLACE, "place", ROW_PLACE, NEED_PREFER, true)                                                          \
    C(CRITERION_INDUSTRY, "industry", ROW_CONTEXT, NEED_PREFER, true)                                                  \
    C(CRITERION_WORDS, "words", ROW_CONTEXT, NEED_PREFER, true)                                                        \
    C(CRITERION_TRACK, "track", ROW_TRACK, NEED_PREFER, false)                                                         \
    C(CRITERION_EVIDENCE, "evidence", ROW_EVIDENCE, NEED_PREFER, false)

enum criterion_kind {
#define C(name, word, row, level, settable) name,
    CRITERIA(C)
#undef C
        CRITERION_COUNT
};

enum need_level { NEED_OFF, NEED_PREFER, NEED_MUST };
enum verdict { VERDICT_NO, VERDICT_UNKNOWN, VERDICT_YES };

/* What one criterion says of one capability. `s` is in [0, 1]; margin as doc/matching.md defines it, not rounded. */
struct finding {
    enum verdict verdict;
    double s;
    struct opt_real margin;
};

const char *criterion_word(enum criterion_kind kind);
enum score_row criterion_row(enum criterion_kind kind);
enum need_level criterion_default(enum criterion_kind kind);
/* The criterion that a key of "need" sets; false for unknown keys. */
bool criterion_by_need_key(struct str key, enum criterion_kind *kind);

const char *score_row_key(enum score_row row);
double score_row_weight(enum score_row row);
bool score_row_by_key(struct str key, enum score_row *row);

const char *need_level_word(enum need_level level);
bool need_level_by_word(struct str word, enum need_level *level);
const char *verdict_word(enum verdict v);

#endif
