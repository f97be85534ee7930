/* The needs board and one need: only what was asked to be made, never who asks or the exact place. */
#ifndef PPURI_FEATURE_NEED_BOARD_PAGE_H
#define PPURI_FEATURE_NEED_BOARD_PAGE_H

#include "core/req.h"
#include "feature/need/need_show.h"

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
    int64_t meets; /* capabilities for the step that has fewest */
    int64_t ask;
    struct need_show detail; /* on its own page: steps, who can do them, chains */
};

struct board_needs {
    struct board_need *v;
    size_t n;
    size_t cap;
};

/* A filter as a field with its choices; the first, with an empty code, is all. */
struct board_choice {
    struct str code;
    struct str name;
    int64_t count; /* open needs with it and the other filters */
    bool chosen;
};

struct board_filter {
    const char *name; /* of the field */
    struct msg label;
    VEC(struct board_choice) choices;
    bool filtered;   /* one of them but all is chosen */
    struct url drop; /* the board without this filter */
};

enum { BOARD_PROCESS, BOARD_REGION, BOARD_INDUSTRY, BOARD_DUE, BOARD_FILTERS };

struct board_page {
    struct board_needs needs;
    int64_t open; /* all of them */
    bool filtered;
    struct url all;
    struct pager pager;
    struct board_filters {
        struct board_filter v[BOARD_FILTERS];
        size_t n;
    } filters;
};

#endif
