/* The data of the sample page: invented firms in the shape of a result list. */
#ifndef PPURI_TEST_VIEWS_SAMPLE_H
#define PPURI_TEST_VIEWS_SAMPLE_H

#include "html/form.h"
#include "html/ui.h"

extern const struct choice_list sample_processes;

#define NEED_FORM(F)                                                                                                   \
    F(text, title, T("제목"), 2, 60, .required = true)                                                                 \
    F(choice, process, T("공정"), 0, 0, .required = true, .choices = &sample_processes)                                \
    F(real, length, T("길이"), 1, 20000, .required = true, .unit = UNIT_MM)                                            \
    F(int, budget, T("예산"), 0, 1e12, .required = false, .unit = UNIT_WON)                                            \
    F(day, due, T("납기"), 0, 0, .required = true)                                                                     \
    F(text, detail, T("설명"), 0, 2000, .required = false)                                                             \
    F(bool, sealed, T("기업 이름을 밝히지 않고 올립니다"), 0, 0, .required = false)
FORM(need_form, NEED_FORM);

struct sample_reason {
    enum mark mark;
    struct str text;
};

struct sample_row {
    struct str firm;
    struct str site;
    struct url url;
    bool mine;
    struct score score;
    struct sample_reason reasons[4];
    double km;
    int64_t days;
    struct won_exact price;
};

struct sample {
    struct page page;
    struct link_list tabs;
    struct sample_row *v;
    size_t n;
    struct pager pager;
    struct empty_state empty;
    struct need_form form;
    struct field_list errors;
    struct day due;
};

#endif
