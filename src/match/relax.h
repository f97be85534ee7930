/* Which single change of a step would bring firms back when none meets or may meet. */
#ifndef PPURI_MATCH_RELAX_H
#define PPURI_MATCH_RELAX_H

#include "match/scan.h"

/* Needs all near misses of the step in answer->near, in order (the first of equally near rows counts); fills
 * answer->relaxations in order. */
void relax_step(struct arena *a, const struct supply *supply, struct step_answer *answer);

/* Fills answer->loosen when fewer than `top` meet; near_by: all near misses by the criterion that refuses them. */
void loosen_step(struct arena *a, struct step_answer *answer, const uint64_t *near_by, size_t top);

#endif
