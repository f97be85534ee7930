/* The cookie holds one of three words; anything else counts as none. */
#include "core/theme.h"

#include "http/response.h"

static struct str known(struct str word)
{
    static const struct str words[] = {STR_INIT("light"), STR_INIT("dark"), STR_INIT("contrast")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, words[i]))
            return words[i];
    return STR("");
}

struct str theme_of(const struct http_request *http)
{
    return known(request_cookie(http, STR("theme")));
}

bool theme_asked(const struct http_request *http)
{
    return http->method == HTTP_GET && pair_find(&http->uri.query, STR("theme"));
}

enum status theme_change(struct req *q)
{
    const struct uri *uri = &q->http->uri;
    struct str theme = known(request_query(q->http, STR("theme"))), rest = uri->raw_query, piece;
    struct str to = uri->raw_path;
    bool first = true;
    while (rest.n && str_next(&rest, '&', &piece)) {
        if (str_starts(piece, STR("theme=")))
            continue;
        to = arena_printf(q->arena, STR_FMT "%s" STR_FMT, STR_ARG(to), first ? "?" : "&", STR_ARG(piece));
        first = false;
    }
    TRY(response_redirect(q->answer, 303, to));
    struct cookie c = {.name = STR("theme"), .value = theme, .max_age_s = theme.n ? 365 * 86400 : 0};
    return response_cookie(q->answer, &c);
}
