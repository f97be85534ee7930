/* RFC 6265 cookies, one strict way out and a forgiving one in. Pure; memory only from the arena. */
#include "http/cookie.h"

#include "base/vec.h"
#include "http/guard.h"

static bool value_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return s.n <= COOKIE_VALUE_MAX;
}

static struct str unquoted(struct str s)
{
    bool quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';
    return quoted ? str_n(s.p + 1, s.n - 2) : s;
}

enum status cookie_parse(struct arena *a, struct str s, struct pair_list *out)
{
    struct str rest = s, piece;
    while (str_next(&rest, ';', &piece)) {
        ptrdiff_t equals = str_find_byte(piece, '=');
        if (equals < 0)
            continue;
        struct str name = str_trim(str_n(piece.p, (size_t)equals));
        struct str value = unquoted(str_trim(str_drop(piece, (size_t)equals + 1)));
        if (!guard_is_token(name) || !value_ok(value))
            continue;
        if (out->n >= COOKIES_MAX)
            return ST_INVALID;
        VEC_PUSH(a, out, ((struct pair){name, value}));
    }
    return ST_OK;
}

enum status cookie_format(struct arena *a, const struct cookie *c, struct str *out)
{
    if (!guard_is_token(c->name) || !value_ok(c->value))
        return ST_INVALID;
    if (str_starts(c->name, STR("__Host-")) && !c->secure)
        return ST_INVALID;
    struct str age = c->max_age_s < 0 ? STR("") : arena_printf(a, "; Max-Age=%lld", (long long)c->max_age_s);
    *out = arena_printf(a, STR_FMT "=" STR_FMT "; Path=/" STR_FMT "%s%s; SameSite=%s", STR_ARG(c->name),
                        STR_ARG(c->value), STR_ARG(age), c->secure ? "; Secure" : "",
                        c->script_may_read ? "" : "; HttpOnly", c->strict ? "Strict" : "Lax");
    return ST_OK;
}
