/*
 * The one builder of references inside this site:
 *     struct query q;
 *     query_init(&q, arena, STR("/firms"));  query_segment(&q, slug);  query_int(&q, "page", 2);
 *     struct url u = query_url(&q);
 */
#ifndef PPURI_HTML_URL_H
#define PPURI_HTML_URL_H

#include "base/arena.h"
#include "base/embedded.h"
#include "html/view.h"

enum { QUERY_MAX = 4000 };

struct query {
    struct arena *arena;
    char text[QUERY_MAX];
    size_t n;
    bool has_query;
    bool bad;
};

/* `path` is a literal of the program that begins with one "/" (or is empty: a query on the same page). */
void query_init(struct query *q, struct arena *a, struct str path);
/* Appends "/" and one percent-encoded segment; only before the first parameter. "." and ".." are refused. */
void query_segment(struct query *q, struct str segment);
/* An empty text is left out. */
void query_str(struct query *q, const char *name, struct str value);
void query_int(struct query *q, const char *name, int64_t value);
/* The result lives in the arena. Over QUERY_MAX bytes, or after a wrong call, it is "#". */
struct url query_url(struct query *q);
/* Where the asset of that name is served; "#" if there is none. */
struct url asset_url(const struct asset *assets, const char *name);

#endif
