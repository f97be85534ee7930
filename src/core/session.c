/* Cookie, token (HMAC of the session under the process's key) and the check of where a form came from. */
#include "core/session.h"

#include "base/random.h"

#include <sodium.h>

enum { ID_BYTES = 16, HEX_ID = 2 * ID_BYTES };

/* Behind TLS the name binds the cookie to this host and path. */
static struct str cookie_name(const struct req *q)
{
    return q->http->https ? STR("__Host-ppuri") : STR("ppuri");
}

static struct str hex(struct arena *a, const unsigned char *bytes, size_t n)
{
    char *text = arena_alloc(a, 2 * n + 1);
    sodium_bin2hex(text, 2 * n + 1, bytes, n);
    return str_n(text, 2 * n);
}

static bool is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == HEX_ID;
}

struct str session_id(struct req *q)
{
    struct str id = q->session.n ? q->session : request_cookie(q->http, cookie_name(q));
    return is_id(id) ? id : (struct str){NULL, 0};
}

struct str session_owner(struct req *q)
{
    unsigned char hash[crypto_generichash_BYTES];
    struct str id = session_id(q);
    if (!id.n)
        return STR("");
    crypto_generichash(hash, sizeof hash, (const unsigned char *)id.p, id.n, NULL, 0);
    return hex(q->arena, hash, sizeof hash);
}

static enum status send(struct req *q, struct str id, int64_t max_age_s)
{
    struct cookie c = {.name = cookie_name(q), .value = id, .max_age_s = max_age_s, .secure = q->http->https};
    return response_cookie(q->answer, &c);
}

enum status session_keep(struct req *q, int64_t seconds)
{
    struct str id;
    TRY(session_ensure(q, &id));
    return send(q, id, seconds);
}

enum status session_ensure(struct req *q, struct str *id)
{
    *id = session_id(q);
    if (id->n)
        return ST_OK;
    unsigned char bytes[ID_BYTES];
    TRY(random_secret(bytes, sizeof bytes));
    *id = q->session = hex(q->arena, bytes, sizeof bytes);
    return send(q, *id, -1);
}

static struct str token_of(struct req *q, struct str id)
{
    unsigned char mac[crypto_auth_BYTES];
    crypto_auth(mac, (const unsigned char *)id.p, id.n, q->app->csrf_key);
    return hex(q->arena, mac, sizeof mac);
}

/* Each page has the token under another mask: a compressed page then tells nothing of it by its length (BREACH). */
static enum status mask(struct req *q, struct str token, struct str *masked)
{
    unsigned char pad[crypto_auth_BYTES], plain[crypto_auth_BYTES];
    TRY(random_secret(pad, sizeof pad));
    if (sodium_hex2bin(plain, sizeof plain, token.p, token.n, NULL, NULL, NULL) != 0)
        return ST_BUG;
    for (size_t i = 0; i < sizeof plain; i++)
        plain[i] ^= pad[i];
    struct str first = hex(q->arena, pad, sizeof pad), second = hex(q->arena, plain, sizeof plain);
    *masked = arena_printf(q->arena, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(second));
    return ST_OK;
}

/* The token under its mask; false: it never was one. */
static bool unmask(struct req *q, struct str masked, struct str *token)
{
    unsigned char both[2 * crypto_auth_BYTES];
    size_t n = 0;
    if (masked.n != 2 * sizeof both || sodium_hex2bin(both, sizeof both, masked.p, masked.n, NULL, &n, NULL) != 0 ||
        n != sizeof both)
        return false;
    for (size_t i = 0; i < crypto_auth_BYTES; i++)
        both[i] ^= both[crypto_auth_BYTES + i];
    *token = hex(q->arena, both, crypto_auth_BYTES);
    return true;
}

enum status session_csrf(struct req *q, struct str *token)
{
    struct str id;
    TRY(session_ensure(q, &id));
    TRY(mask(q, token_of(q, id), token));
    q->answer->secrets.v[SECRET_CSRF] = *token;
    return ST_OK;
}

/* Browsers say where a POST comes from; a foreign origin is refused, a client that says nothing has the token to show.
 */
static bool from_here(struct req *q)
{
    struct str site = request_header(q->http, STR("sec-fetch-site"));
    if (site.n && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return false;
    struct str origin = request_header(q->http, STR("origin")), host = request_header(q->http, STR("host"));
    if (!origin.n)
        return true;
    ptrdiff_t at = str_find(origin, STR("://"));
    return at >= 0 && str_eq(str_drop(origin, (size_t)at + 3), host);
}

bool session_csrf_ok(struct req *q)
{
    struct str id = session_id(q), sent;
    if (!id.n || !from_here(q) || !unmask(q, request_form(q->http, STR("csrf")), &sent))
        return false;
    struct str good = token_of(q, id);
    return sent.n == good.n && sodium_memcmp(sent.p, good.p, good.n) == 0;
}

enum status session_form_key(struct req *q, struct str *key)
{
    unsigned char bytes[ID_BYTES];
    TRY(random_secret(bytes, sizeof bytes));
    *key = q->answer->secrets.v[SECRET_KEY] = hex(q->arena, bytes, sizeof bytes);
    return ST_OK;
}
