#ifndef PPURI_TEST_VIEWC_DATA_H
#define PPURI_TEST_VIEWC_DATA_H

#include "base/opt.h"
#include "base/vec.h"
#include "html/view.h"

enum firm_state { FIRM_DRAFT, FIRM_LISTED };

struct firm_card {
    struct str slug;
    struct str name;
    int64_t id;
    int staff;
    bool mine;
    enum firm_state state;
    struct opt_int founded;
    struct html about;
    struct url url;
    struct won sales;
};

struct firms {
    VEC(struct firm_card) rows;
    struct str note;
};

#endif
