/* GET /components: every component of the stylesheet in all its states, for whoever makes pages. */
#ifndef PPURI_WEB_COMPONENTS_PAGE_H
#define PPURI_WEB_COMPONENTS_PAGE_H

#include "html/ui.h"

extern const struct choice_list shown_choices;

#define SHOWN_FORM(F)                                                                                                  \
    F(text, name, T("이름"), 2, 40, .required = true)                                                                  \
    F(text, memo, T("설명"), 0, 400)                                                                                   \
    F(int, count, T("수량"), 1, 1000, .required = true, .unit = UNIT_PIECES)                                           \
    F(real, length, T("길이"), 0, 1000, .unit = UNIT_MM)                                                               \
    F(day, due, T("납기"), 0, 0)                                                                                       \
    F(choice, scale, T("경도 척도"), 0, 0, .choices = &shown_choices)                                                  \
    F(bool, agree, T("동의합니다"), 0, 0)

/* The same fields twice: names of a page are unique. */
#define REFUSED_FORM(F)                                                                                                \
    F(text, bad_name, T("이름"), 2, 40, .required = true)                                                              \
    F(text, bad_memo, T("설명"), 0, 10)                                                                                \
    F(int, bad_count, T("수량"), 1, 1000, .required = true, .unit = UNIT_PIECES)                                       \
    F(real, bad_length, T("길이"), 0, 1000, .unit = UNIT_MM)                                                           \
    F(day, bad_due, T("납기"), 0, 0)

FORM(shown_form, SHOWN_FORM);
FORM(refused_form, REFUSED_FORM);

enum { SHOWN_RULERS = 5 };

struct shown_ruler {
    double at;
    enum mark mark;
};

struct shown_ruler_list {
    const struct shown_ruler *v;
    size_t n;
};

struct components_page {
    struct shown_form form;
    struct refused_form refused;
    struct field_list errors;
    struct url here;
    struct link_list tabs;
    struct link_list steps;
    struct link_list crumbs;
    struct score high;
    struct score low;
    struct shown_ruler rulers[SHOWN_RULERS];
    struct pager pager;
    struct empty_state empty;
};

#endif
