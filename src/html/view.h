/*
 * What every compiled view gets: where it writes and in which language. Everything else a page shows (who is signed in,
 * the CSRF token, the script nonce) is a member of the page's own struct.
 */
#ifndef PPURI_HTML_VIEW_H
#define PPURI_HTML_VIEW_H

#include "base/value.h"

struct view {
    struct buf out;
    struct buf scratch; /* one value or message before it is escaped */
    const struct locale *locale;
};

/* Markup that may be written as it is. Only views and the sanitizer make one (html/trusted.h). */
struct html {
    struct str s;
};

/* A reference inside this site; only the query builder (html/url.h) makes one. */
struct url {
    struct str s;
};

/* `max_bytes` bounds the page. */
void view_init(struct view *v, const struct locale *locale, size_t max_bytes);
void view_release(struct view *v);
/* ST_TOO_LARGE when the page did not fit; then nothing of it may be sent. */
MUST_USE enum status view_status(const struct view *v);
/* What was written so far; valid until the view is written to again or released. */
struct html view_html(const struct view *v);

#define AUTO_VIEW __attribute__((cleanup(view_release))) struct view

#endif
