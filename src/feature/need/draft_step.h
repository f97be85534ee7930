/* One step of a draft as the form of the search, with its answer beside it. */
#ifndef PPURI_FEATURE_NEED_DRAFT_STEP_H
#define PPURI_FEATURE_NEED_DRAFT_STEP_H

#include "feature/need/draft_store.h"
#include "feature/need/match_page.h"

/* GET: the step, 1 .. as it is saved. ST_NOT_FOUND beyond the last. */
MUST_USE enum status draft_step_show(struct req *q, const struct draft *d, struct need *need, int64_t step);
/* POST: what was typed into the step's place, saved; what the form has no field for stays. With an error in a field the
   form comes back as it was typed. */
MUST_USE enum status draft_step_save(struct req *q, struct draft *d, struct need *need, int64_t step);

#endif
