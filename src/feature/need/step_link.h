/* From a step that was read in a text to the form of one step, filled in: to correct it, to see every reason. */
#ifndef PPURI_FEATURE_NEED_STEP_LINK_H
#define PPURI_FEATURE_NEED_STEP_LINK_H

#include "core/req.h"
#include "match/need.h"

/* What the form has no field for (thickness, layer, force, standards, tags) is not carried over. */
struct url step_link(struct req *q, const struct need *need, size_t step);

#endif
