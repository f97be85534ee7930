/* What the shared components and the frame of every page show. No domain: features fill these from their own structs.
 */
#ifndef PPURI_HTML_UI_H
#define PPURI_HTML_UI_H

#include "base/vec.h"
#include "html/form.h"
#include "html/view.h"

/* Each meaning has one look everywhere. */
enum mark { MARK_MEETS, MARK_ASK, MARK_NEAR, MARK_OUT, MARK_SEALED, MARK_PRIVATE };

struct link {
    struct msg label; /* of the product */
    struct str text;  /* of the data, where label is empty */
    struct url url;
    bool current;
    int64_t count; /* shown when positive */
};

struct link_list {
    const struct link *v;
    size_t n;
};

struct language_link {
    struct str lang; /* "ko" */
    struct str name; /* in itself: "한국어" */
    struct url url;
    bool current;
};

struct language_links {
    const struct language_link *v;
    size_t n;
};

/* The frame around every page. Texts of a request stand here and nowhere else. */
struct page {
    struct msg title;
    struct str title_text; /* of the data, where title is empty */
    struct str council;
    struct str address;
    struct str version;
    struct str theme; /* "", "light", "dark" or "contrast" */
    struct str nonce;
    struct str csrf;
    struct str query;  /* in the search box */
    struct str person; /* empty: not signed in */
    int64_t notices;
    bool official; /* run by a public body: shows the strip */
    struct url css;
    struct url suggest; /* the script that offers words */
    struct url home;
    struct url search;
    struct url sign_in;
    struct url account;
    struct url privacy;
    struct url terms;
    struct link_list menu;
    struct link_list themes;
    struct language_links languages;
    struct link_list crumbs;
};

enum { SCORE_PARTS_MAX = 8 };

struct score_part {
    struct msg label;
    double points;
    double x; /* where it begins; set by score_lay */
};

struct score {
    double total; /* 0..100 */
    struct score_part v[SCORE_PARTS_MAX];
    size_t n;
};

/* Puts the parts one behind the other. */
static inline void score_lay(struct score *s)
{
    double x = 0;
    for (size_t i = 0; i < s->n; i++) {
        s->v[i].x = x;
        x += s->v[i].points;
    }
}

/* Keyset paging: an empty reference is not offered. */
struct pager {
    struct url first;
    struct url next;
    int64_t shown;
    int64_t total;
};

struct empty_state {
    struct phrase why;
    struct phrase next;
    struct msg action;
    struct url url;
};

#endif
