/* Look-ups in a request. Lists are short (bounded by guard and parsers), so they are searched in order; pure. */
#include "http/request.h"

#include <arpa/inet.h>

#include "http/guard.h"

enum http_method http_method_of(struct str name)
{
    static const struct {
        const char *name;
        enum http_method method;
    } table[] = {{"GET", HTTP_GET},     {"HEAD", HTTP_GET},      {"POST", HTTP_POST},      {"PUT", HTTP_PUT},
                 {"PATCH", HTTP_PATCH}, {"DELETE", HTTP_DELETE}, {"OPTIONS", HTTP_OPTIONS}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_eq(name, str_c(table[i].name)))
            return table[i].method;
    return HTTP_OTHER;
}

static struct str find(const struct pair_list *list, struct str name)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].name, name))
            return list->v[i].value;
    return (struct str){NULL, 0};
}

struct str request_header(const struct http_request *q, struct str name)
{
    for (size_t i = 0; i < q->headers.n; i++)
        if (guard_name_is(q->headers.v[i].name, name))
            return q->headers.v[i].value;
    return (struct str){NULL, 0};
}

struct str request_cookie(const struct http_request *q, struct str name)
{
    return find(&q->cookies, name);
}

struct str request_query(const struct http_request *q, struct str name)
{
    return find(&q->uri.query, name);
}

struct str request_form(const struct http_request *q, struct str name)
{
    return find(&q->form, name);
}

bool request_wants_json(const struct http_request *q)
{
    struct str accept = request_header(q, STR("accept"));
    ptrdiff_t json = str_find(accept, STR("json")), html = str_find(accept, STR("text/html"));
    return json >= 0 && (html < 0 || json < html);
}

bool request_type_is(const struct http_request *q, struct str type)
{
    struct str value = request_header(q, STR("content-type")), name;
    return str_next(&value, ';', &name) && guard_name_is(str_trim(name), type);
}

static bool is_address(struct str s)
{
    char text[64], binary[16];
    if (!s.n || s.n >= sizeof text)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return inet_pton(AF_INET, text, binary) == 1 || inet_pton(AF_INET6, text, binary) == 1;
}

struct str request_forwarded_for(const struct http_request *q, struct str peer)
{
    struct str last = {NULL, 0}, piece;
    for (size_t i = 0; i < q->headers.n; i++) {
        if (!guard_name_is(q->headers.v[i].name, STR("x-forwarded-for")))
            continue;
        struct str rest = q->headers.v[i].value;
        while (str_next(&rest, ',', &piece))
            last = str_trim(piece);
    }
    return is_address(last) ? last : peer;
}
