/* The page that takes a need as a form and shows the firms: its form and what its view shows. */
#ifndef PPURI_FEATURE_NEED_MATCH_PAGE_H
#define PPURI_FEATURE_NEED_MATCH_PAGE_H

#include "core/req.h"
#include "feature/need/home_figures.h"
#include "feature/need/match_rows.h"
#include "feature/need/wishes.h"
#include "match/answer_json.h"

extern const struct choice_list hardness_choices;

#define MATCH_FORM(F)                                                                                                  \
    F(text, process, T("공정"), 1, 100, .required = true)                                                              \
    F(text, materials, T("재질"), 0, 200)                                                                              \
    F(text, size, T("크기"), 0, 60)                                                                                    \
    F(real, mass_kg, T("개당 무게"), 0, 1e6, .unit = UNIT_KG)                                                          \
    F(int, quantity, T("수량"), 1, 1e9, .unit = UNIT_PIECES)                                                           \
    F(day, due, T("납기"), 0, 0)                                                                                       \
    F(text, certificates, T("필요한 인증"), 0, 200)                                                                    \
    F(text, deliver_to, T("납품 지역"), 0, 60)                                                                         \
    F(real, max_km, T("거리 제한"), 0, 20000)                                                                          \
    F(text, regions, T("업체 지역"), 0, 200)                                                                           \
    F(real, thickness_mm, T("두께"), 0, 1e5, .unit = UNIT_MM)                                                          \
    F(real, layer_min, T("막 두께 최소"), 0, 1e6)                                                                      \
    F(real, layer_max, T("막 두께 최대"), 0, 1e6)                                                                      \
    F(text, tolerance, T("공차"), 0, 30)                                                                               \
    F(real, ra_um, T("표면 거칠기 Ra"), 0, 1000)                                                                       \
    F(choice, hardness_scale, T("경도 척도"), 0, 0, .choices = &hardness_choices)                                      \
    F(real, hardness_min, T("경도 최소"), 0, 3000)                                                                     \
    F(real, hardness_max, T("경도 최대"), 0, 3000)                                                                     \
    F(text, standards, T("지켜야 하는 규격"), 0, 200)                                                                  \
    F(text, industry, T("쓰이는 산업"), 0, 200)                                                                        \
    F(text, words, T("찾는 말"), 0, 100)

FORM(match_form, MATCH_FORM);

struct relax_line {
    struct str label;
    struct str to;
    int64_t count;
};

struct relax_line_list {
    struct relax_line *v;
    size_t n;
    size_t cap;
};

/* A word that no vocabulary has, offered to be told to the council. */
struct missing_box {
    struct str list; /* empty: nothing to tell */
    struct str word;
    struct str csrf;
    struct str key;
};

/* Which classes the results show: a tab each. */
enum match_tab { TAB_ALL, TAB_MEETS, TAB_ASK, TAB_NEAR, MATCH_TABS };

/* The saved need whose step the form is; ref empty: a search of its own. */
struct draft_place {
    struct str ref;
    struct url url;
    int64_t version;
    int64_t step; /* 1 .. steps */
    int64_t steps;
    struct link_list rail; /* to each of them */
    bool changed_elsewhere;
};

struct match_page {
    struct match_form form;
    struct draft_place draft;
    struct str need;               /* as JSON, to save it */
    const struct pair_list *pairs; /* what the form was read from */
    struct field_list errors;
    bool answered;
    struct str sentence; /* the need in one line */
    int64_t count[CLASS_OUT + 1];
    struct home_figures home;
    struct str csrf;
    struct str key;
    struct link_list examples;
    enum match_tab tab;
    struct link_list tabs;
    struct link_list files; /* the same answer to keep */
    struct match_row_list rows;
    struct match_row_list near;
    int64_t rows_left; /* sites beyond those shown */
    struct relax_line_list relax;
    struct wishes wishes;
    struct str_list processes; /* names for suggestions */
    struct missing_box missing;
};

/* Turns what was typed into a need; errors go to the fields, the first unknown word to *missing. False when any is in
 * error. */
bool match_form_need(struct req *q, struct match_form *form, struct need *need, struct missing_box *missing);
/* Judges and fills the page from the newest snapshot. `pairs` are those of the form. */
void match_page_answer(struct req *q, const struct need *need, struct match_page *page);
/* Names of processes that the form suggests. */
void match_page_suggest(struct req *q, struct match_page *page);

/* What a file of the results is: "csv", "xlsx" or "json"; ST_INVALID for another word. */
MUST_USE enum status match_file(struct req *q, const struct need *need, struct str kind);

#endif
