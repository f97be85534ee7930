/* What the page of search shows. */
#ifndef PPURI_FEATURE_SEARCH_PAGE_H
#define PPURI_FEATURE_SEARCH_PAGE_H

#include "core/req.h"
#include "core/search.h"

struct search_piece {
    struct str text;
    bool found;
};

struct search_pieces {
    struct search_piece *v;
    size_t n;
    size_t cap;
};

struct search_line {
    struct msg kind;
    struct url url; /* empty: it has no page of its own */
    struct search_pieces title;
    struct search_pieces snippet;
    struct str title_lang; /* empty: that of the page */
    struct str snippet_lang;
    struct str other; /* the word it was found by, when that is not shown; else empty */
    struct str other_lang;
};

struct search_page {
    struct str words;
    int kind;    /* SEARCH_KINDS: every kind */
    int percent; /* of the index that is there yet */
    struct link_list tabs;
    bool too_long;
    VEC(struct search_line) lines;
    struct url more; /* empty: that was all */
    struct url firms;
};

#endif
