/* Pages of drafts: the list of this browser's, one draft with its steps, one step as a form. */
#ifndef PPURI_FEATURE_NEED_DRAFT_PAGE_H
#define PPURI_FEATURE_NEED_DRAFT_PAGE_H

#include "feature/need/match_page.h"
#include "feature/need/need_show.h"

#define TITLE_FORM(F) F(text, title, T("이름"), 0, 100)
FORM(title_form, TITLE_FORM);

#define ADD_FORM(F) F(text, process, T("더할 공정"), 1, 100, .required = true)
FORM(add_form, ADD_FORM);

struct draft_line {
    struct str name;
    struct str steps;
    struct url url;
    struct moment changed;
};

struct draft_list_page {
    VEC(struct draft_line) lines;
};

struct draft_page {
    struct str ref;
    struct str name; /* the title, or the steps' names */
    struct str link; /* with scheme and host, to hand on */
    struct url url;
    struct str csrf;
    struct str key;
    int64_t version;
    struct moment changed;
    bool mine;
    bool changed_elsewhere; /* the last order met a newer version and did nothing */
    bool one_step;          /* no step can be taken away */
    bool full;              /* no step can be added */
    struct title_form title;
    struct add_form add;
    struct field_list errors;
    struct str_list processes; /* names that the form suggests */
    struct need_show shown;
};

#endif
