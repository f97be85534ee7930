/* The page that takes a pasted mail and shows what was read, who can do each step, and the best chains of firms. */
#ifndef PPURI_FEATURE_NEED_READ_PAGE_H
#define PPURI_FEATURE_NEED_READ_PAGE_H

#include "core/req.h"
#include "feature/need/chain_show.h"
#include "match/parse.h"

#define READ_FORM(F) F(text, text, T("받은 글"), 1, 20000, .required = true)
FORM(read_form, READ_FORM);

/* A piece of the text: plain, or read as a field. */
struct read_piece {
    struct str text;
    struct msg field;  /* empty: plain */
    const char *class; /* of its look */
    struct str value;
    bool sure;
};

struct read_line {
    struct str label;
    struct str asked;
    bool must;
};

struct read_firm {
    struct str org;
    struct str site;
    struct url firm;
    enum mark mark;
    double score;
};

struct read_step {
    int number;
    struct str process;
    VEC(struct read_line) lines;
    int64_t meets;
    int64_t ask;
    int64_t near;
    VEC(struct read_firm) firms;
    struct url form; /* the step as a form */
};

struct read_page {
    struct read_form form;
    struct field_list errors;
    struct str csrf;
    bool answered;
    VEC(struct read_piece) pieces;
    struct str_list unread;
    VEC(struct read_step) steps;
    struct chain_show chains;
};

#endif
