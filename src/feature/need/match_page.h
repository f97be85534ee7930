/* The page that takes a need as a form and shows the firms: its form and what its view shows. */
#ifndef PPURI_FEATURE_NEED_MATCH_PAGE_H
#define PPURI_FEATURE_NEED_MATCH_PAGE_H

#include "core/req.h"
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
    F(text, tolerance, T("공차"), 0, 30)                                                                               \
    F(real, ra_um, T("표면 거칠기 Ra"), 0, 1000)                                                                       \
    F(choice, hardness_scale, T("경도 척도"), 0, 0, .choices = &hardness_choices)                                      \
    F(real, hardness_min, T("경도 최소"), 0, 3000)                                                                     \
    F(real, hardness_max, T("경도 최대"), 0, 3000)                                                                     \
    F(text, words, T("찾는 말"), 0, 100)

FORM(match_form, MATCH_FORM);

struct reason {
    enum mark mark; /* MEETS: yes, ASK: unknown, NEAR: no */
    struct str label;
    struct str asked;
    struct str offered;
    double points;
    double of_points;
    bool must;
    struct str margin; /* "+12 %" or empty */
    bool ruled;        /* has a margin that fits the ruler */
    double at;         /* where the offer lies on it: 0..100, 50 = just what is asked */
};

struct reason_list {
    struct reason *v;
    size_t n;
    size_t cap;
};

struct match_row {
    int rank;
    struct str org;
    struct str site;
    struct str process;
    struct url firm;
    enum mark mark;
    struct score score;
    struct str place;
    struct reason_list reasons;
    struct reason_list gaps; /* those that are not yes, worst first: what decides */
    struct str_list questions;
};

struct match_row_list {
    struct match_row *v;
    size_t n;
    size_t cap;
};

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

struct out_line {
    struct str label;
    int64_t count;
};

struct out_line_list {
    struct out_line *v;
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

struct match_page {
    struct match_form form;
    struct field_list errors;
    bool answered;
    int64_t count[CLASS_OUT + 1];
    int64_t sites;
    int64_t capabilities;
    int64_t open_needs;
    struct str csrf; /* of the box for a pasted text; empty where an answer stands instead */
    struct link_list examples;
    struct match_row_list rows;
    struct match_row_list near;
    struct relax_line_list relax;
    struct out_line_list out_by;
    struct wishes wishes;
    struct str_list processes; /* names for suggestions */
    struct missing_box missing;
};

/* Turns what was typed into a need; errors go to the fields, the first unknown word to *missing. False when any is in
 * error. */
bool match_form_need(struct req *q, struct match_form *form, struct need *need, struct missing_box *missing);
/* Judges and fills the page from the newest snapshot. */
void match_page_answer(struct req *q, const struct need *need, struct match_page *page);

#endif
