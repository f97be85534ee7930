/* One criterion against one capability: the plain truth of doc/matching.md, which every faster way must reproduce. */
#ifndef PPURI_MATCH_VERDICT_H
#define PPURI_MATCH_VERDICT_H

#include "match/need.h"

/* A step of a need on a given day, with what is derived once for all capabilities. */
struct question {
    const struct vocab *vocab;
    const struct need *need;
    const struct need_step *step;
    struct day today;
    bool has_due;
    int64_t days_left; /* due - today; negative when past */
    bool has_point;    /* deliver_to as a point */
    struct coordinates point;
    uint32_t district; /* 시군구 of deliver_to, or NODE_NONE */
};

void question_init(struct question *q, const struct vocab *v, const struct need *need, size_t step, struct day today);

/* Pure. `c` must come from the step's criteria. */
struct finding verdict_of(const struct question *q, const struct criterion *c, const struct capability *cap);

/* Great circle in km, radius 6371.0088 km (haversine). */
double coordinates_km(struct coordinates a, struct coordinates b);

#endif
