/* The needs board and one need: only what was asked to be made, never who asks or the exact place. */
#ifndef PPURI_FEATURE_NEED_BOARD_PAGE_H
#define PPURI_FEATURE_NEED_BOARD_PAGE_H

#include "core/req.h"

struct board_line {
    struct str label;
    struct str value;
    bool must;
};

struct board_lines {
    struct board_line *v;
    size_t n;
    size_t cap;
};

struct board_step {
    struct str process;
    struct board_lines lines;
    int64_t meets;
    int64_t ask;
};

struct board_steps {
    struct board_step *v;
    size_t n;
    size_t cap;
};

struct board_need {
    struct str title; /* empty: none was given */
    struct str lang;  /* of the title, where it is another than the page's */
    struct str ref;
    struct str steps; /* processes in their order, joined */
    struct str place; /* 시도 or 시군구 of delivery */
    bool has_due;
    struct day due;
    int64_t days_left;
    struct url url;
    struct board_steps detail;
};

struct board_needs {
    struct board_need *v;
    size_t n;
    size_t cap;
};

struct board_choices {
    struct link *v;
    size_t n;
    size_t cap;
};

struct board_page {
    struct board_needs needs;
    int64_t open; /* of all processes */
    struct str chosen;
    struct url all;
    struct board_choices processes; /* top of the tree, with the number of open needs */
};

/* Open needs of a process or of all (NODE_NONE), the soonest due first. */
MUST_USE enum status board_fill(struct req *q, uint32_t process, struct board_page *page);

#endif
