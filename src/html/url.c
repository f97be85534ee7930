/* Builds references in a fixed array, copied to the arena at the end. Guarantees that the result begins with one "/",
 * "?" or is "#". */
#include "html/url.h"

#include "base/number.h"
#include "html/escape.h"

static void add(struct query *q, struct str s)
{
    if (q->bad || s.n > QUERY_MAX - q->n) {
        q->bad = true;
        return;
    }
    if (s.n)
        memcpy(q->text + q->n, s.p, s.n);
    q->n += s.n;
}

static void add_part(struct query *q, struct str s)
{
    if (s.n > QUERY_MAX) {
        q->bad = true;
        return;
    }
    AUTO_BUF b;
    buf_init(&b, 3 * (size_t)QUERY_MAX);
    escape_url_part(&b, s);
    add(q, buf_str(&b));
}

void query_init(struct query *q, struct arena *a, struct str path)
{
    q->arena = a;
    q->n = 0;
    q->has_query = false;
    q->bad = path.n && (path.p[0] != '/' || !url_is_safe(path));
    add(q, path);
}

void query_segment(struct query *q, struct str segment)
{
    if (q->has_query || !segment.n || str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
        q->bad = true;
    if (!q->n || q->text[q->n - 1] != '/')
        add(q, STR("/"));
    add_part(q, segment);
}

void query_str(struct query *q, const char *name, struct str value)
{
    if (!value.n)
        return;
    add(q, q->has_query ? STR("&") : STR("?"));
    q->has_query = true;
    add_part(q, str_c(name));
    add(q, STR("="));
    add_part(q, value);
}

void query_int(struct query *q, const char *name, int64_t value)
{
    AUTO_BUF b;
    buf_init(&b, 32);
    number_int(&b, value, false);
    query_str(q, name, buf_str(&b));
}

struct url query_url(struct query *q)
{
    if (q->bad)
        return (struct url){STR("#")};
    return (struct url){q->n ? arena_str(q->arena, str_n(q->text, q->n)) : STR("?")};
}

struct url asset_url(const struct asset *assets, const char *name)
{
    for (; assets->name; assets++)
        if (strcmp(assets->name, name) == 0)
            return (struct url){str_c(assets->path)};
    return (struct url){STR("#")};
}
