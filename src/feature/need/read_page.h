/* The page that takes a pasted mail and shows what was read, who can do each step, and the best chains of firms. */
#ifndef PPURI_FEATURE_NEED_READ_PAGE_H
#define PPURI_FEATURE_NEED_READ_PAGE_H

#include "core/req.h"
#include "feature/need/need_show.h"
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

struct read_page {
    struct read_form form;
    struct field_list errors;
    struct str csrf;
    struct str key;
    bool answered;
    VEC(struct read_piece) pieces;
    struct str_list unread;
    struct str need; /* what was read, as JSON; empty: nothing */
    struct need_show need_show;
};

#endif
