#include "base/vec.h"
#include "html/view.h"

struct firm_card {
    struct str slug;
    struct str name;
    int64_t id;
    int staff;
    bool mine;
};

struct firms {
    VEC(struct firm_card) rows;
    struct str note;
};
