/* What the page of one process shows: who can do it, how big and how fine, in which materials nobody can, who asks. */
#ifndef PPURI_FEATURE_PROCESS_PROCESS_PAGE_H
#define PPURI_FEATURE_PROCESS_PROCESS_PAGE_H

#include "core/req.h"
#include "feature/limits/limits.h"
#include "match/explain.h"

struct process_firm {
    struct str name;
    struct str name_lang; /* empty: that of the page */
    struct str site;
    struct str place;
    struct url url;
    struct str process;
    struct str evidence; /* empty: none was given */
    struct fact_list facts;
    int64_t others;
};

struct heat_row {
    struct link link; /* of the process, with the count of its sites */
    VEC(struct heat_cell {
        int64_t sites;
        int shade; /* 0: nobody, 1 .. 4 */
    })
    cells;
};

/* What goes wrong, or is missing, when another process comes before or after. */
struct process_rule {
    struct link first;
    struct link then;
    struct str text; /* in the page's language */
};

struct process_page {
    struct str name;
    struct msg law; /* its class in the law of root industries; empty: none */
    struct str code;
    struct str other_name; /* in the other language */
    struct str other_lang;
    struct str words; /* synonyms, commas between */
    struct link_list crumbs;
    int64_t sites;
    int64_t capabilities;
    int64_t firms_left;
    struct url find;      /* the form, with the process in it */
    struct url firms_url; /* the directory, filtered */
    struct url entry;     /* of the vocabulary */
    VEC(struct link) regions;
    VEC(struct link) needs;
    struct str_list columns; /* materials of the heat map: those that anybody works */
    struct str nobody;       /* the others, commas between */
    VEC(struct heat_row) heat;
    struct limit_strips strips;
    VEC(struct process_firm) firms;
    VEC(struct process_rule) rules; /* of orders that the process has a part in */
};

#endif
