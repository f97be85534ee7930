/* GET /firms: what the list of firms shows. */
#ifndef PPURI_FEATURE_DIRECTORY_DIRECTORY_PAGE_H
#define PPURI_FEATURE_DIRECTORY_DIRECTORY_PAGE_H

#include "core/req.h"
#include "feature/directory/facet.h"
#include "feature/map/map.h"

struct facet_choice {
    struct str name;
    int64_t count;
    struct url url;
};

struct facet_choices {
    struct facet_choice *v;
    size_t n;
    size_t cap;
};

/* A node of the tree of processes; one with branches is opened first and then chosen inside. */
struct facet_branch;

struct facet_branches {
    struct facet_branch *v;
    size_t n;
    size_t cap;
};

struct facet_branch {
    struct facet_choice choice;
    bool chosen;
    bool open; /* what is chosen lies in it, or is it */
    struct facet_branches branches;
};

/* One filter: what is chosen, the way back, and what can be chosen next. */
struct facet_box {
    struct msg title;
    struct str chosen; /* empty: nothing */
    struct url up;     /* one level up, or without this filter */
    struct url drop;
    int64_t without; /* firms when only this filter is dropped */
    struct facet_choices choices;
    struct facet_branches tree; /* in the place of choices: two levels, and further ones around what is chosen */
};

struct directory_row {
    struct str org;
    struct str lang; /* empty: that of the page */
    struct str site;
    struct str site_lang;
    struct str place;
    struct str can; /* its processes, joined */
    int64_t more;   /* processes not named */
    int64_t deals;
    struct url url;
};

struct directory_rows {
    struct directory_row *v;
    size_t n;
    size_t cap;
};

struct hidden_value {
    struct str name;
    struct str value;
};

struct directory_page {
    struct str words;
    struct facet_box boxes[FACETS + 1]; /* the last: size */
    bool filtered;
    bool as_map;
    struct url list_url;
    struct url map_url;
    struct url by_name;
    struct url by_deals;
    bool deals_first;
    struct url clear;
    struct url drop_words;
    int64_t without_words; /* firms when only the words are dropped */
    int64_t total;
    struct directory_rows rows;
    struct pager pager;
    struct map_view map;
    struct hidden_value hidden[FACETS + 3]; /* the other filters, for the form of words */
    size_t hidden_n;
};

/* For loops in the view. */
struct facet_box_list {
    const struct facet_box *v;
    size_t n;
};

struct directory_hidden {
    const struct hidden_value *v;
    size_t n;
};

#endif
