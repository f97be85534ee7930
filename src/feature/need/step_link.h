/* From a step that was read in a text to the form of one step, filled in: to correct it, to see every reason. */
#ifndef PPURI_FEATURE_NEED_STEP_LINK_H
#define PPURI_FEATURE_NEED_STEP_LINK_H

#include "core/req.h"
#include "match/need.h"

/* The fields of the form for one step; what it has no field for (force, tags, quantity a month) is not carried over. */
void step_pairs(struct req *q, const struct need *need, size_t step, struct pair_list *to);
struct url step_link(struct req *q, const struct need *need, size_t step);

#endif
