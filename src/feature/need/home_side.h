/* What the first page shows beside its box: what others are looking for, and who can do what. */
#ifndef PPURI_FEATURE_NEED_HOME_SIDE_H
#define PPURI_FEATURE_NEED_HOME_SIDE_H

#include "feature/need/board_page.h"

enum { HOME_NEEDS = 6 };

struct home_side {
    struct board_needs needs; /* open ones, the soonest due first */
    int64_t open;
    struct url board;
    VEC(struct link) processes; /* top of the tree, with the number of sites */
};

MUST_USE enum status home_side_fill(struct req *q, struct home_side *out);

#endif
