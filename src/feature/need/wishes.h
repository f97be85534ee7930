/* What the asker changes after seeing an answer, kept in the address: criteria that are only wished for, and weights.
 */
#ifndef PPURI_FEATURE_NEED_WISHES_H
#define PPURI_FEATURE_NEED_WISHES_H

#include "core/req.h"
#include "match/scan.h"

/* A criterion that became a wish, or could. */
struct wish {
    struct str name; /* of the criterion, as in JSON */
    struct str label;
    int64_t count;  /* capabilities that it alone keeps out; 0 for one that is a wish already */
    struct url url; /* the same question with the wish, or without it */
};

struct wish_list {
    struct wish *v;
    size_t n;
    size_t cap;
};

struct weight_slider {
    const char *name; /* of the field */
    struct msg label;
    int64_t value; /* 0..100 */
};

struct weight_sliders {
    struct weight_slider v[SCORE_ROW_COUNT];
    size_t n;
};

struct wishes {
    struct wish_list made;
    struct wish_list possible; /* the one that brings most first */
    struct weight_sliders weights;
    bool weights_refused; /* together nothing: the usual ones were taken */
};

/* The field of a row's weight: "weight_place". Static. */
const char *wishes_weight_name(enum score_row row);
/* Reads "wished" and "weight_ROW" of what was sent into the first step of the need and plans it anew. */
void wishes_apply(struct req *q, const struct pair_list *pairs, struct need *need, struct wishes *w);
/* Fills made and possible by what was found. */
void wishes_offer(struct req *q, const struct pair_list *pairs, const struct step_answer *step, struct wishes *w);

#endif
