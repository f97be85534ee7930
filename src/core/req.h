/* One request inside the product: what every handler gets, and how it answers. */
#ifndef PPURI_CORE_REQ_H
#define PPURI_CORE_REQ_H

#include "base/json.h"
#include "base/problem.h"
#include "core/access.h"
#include "core/app.h"
#include "html/ui.h"
#include "html/url.h"

struct req {
    struct app *app;
    struct http_request *http;
    struct http_response *answer;
    struct arena *arena;
    struct db *db;
    const struct locale *locale;
    bool korean;
    struct str theme; /* "", "light", "dark" or "contrast": of the address or remembered */
    struct day today;
    enum role role;
    struct str actor;       /* who asks, for traces: "visitor" or "token:ID" */
    struct str session;     /* made by this request; see core/session.h */
    struct str page_key;    /* see core/page_cache.h */
    struct kept_page *page; /* the same */
    bool keeps_secret;      /* the page has a secret beside what its address says: never compressed, never kept */
    struct str param;       /* what stands in the place of :name in the route's path */
};

/* Handlers are plain functions; what they return other than ST_OK becomes an error page or a problem+json. */
typedef enum status req_handler(struct req *q);

/* An open JSON answer: write with *j, then return req_json_end. */
void req_json_begin(struct req *q, struct json_out *j);
MUST_USE enum status req_json_end(struct req *q);
/* Answers with RFC 9457 problem details; `problems` may be NULL. Always returns ST_OK, because it has answered. */
MUST_USE enum status req_problem(struct req *q, enum status st, const struct problem_list *problems);

/* A text of the product in the visitor's language, where no view writes it: cells of a file. */
struct str req_text(const struct req *q, struct msg m);
/* What people wrote is shown as it is: "ko" for a text with Hangul on an English page, else empty. */
struct str req_lang_of(const struct req *q, struct str text);
/* The page of one thing, in this page's language: "/firms" and its ref. */
struct url req_url(struct req *q, const char *path, struct str segment);
/* A page asked with one parameter: "/firms", "region" and its code. */
struct url req_url_with(struct req *q, const char *path, const char *name, struct str value);
/* The frame of a page: title, menu, languages. */
void req_page(struct req *q, struct msg title, struct page *out);
/* Takes what a view has written as the answer. */
MUST_USE enum status req_view_end(struct req *q, struct view *v);
/* A page that says what went wrong, in the visitor's language. */
MUST_USE enum status req_error_page(struct req *q, enum status st);

enum { REQ_PAGE_BYTES_MAX = 4 << 20, REQ_JSON_BYTES_MAX = 64 << 20 };

#endif
