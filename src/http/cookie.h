/* Cookie header in, Set-Cookie value out. */
#ifndef PPURI_HTTP_COOKIE_H
#define PPURI_HTTP_COOKIE_H

#include "base/arena.h"
#include "base/pair.h"
#include "base/status.h"

enum { COOKIES_MAX = 50, COOKIE_VALUE_MAX = 4096 };

/* Appends the pairs of one Cookie header, pointing into s. What is no cookie (a name that is no token, a value with
   forbidden bytes) is skipped, for it may come from another application of the same host; over COOKIES_MAX is
   ST_INVALID. */
MUST_USE enum status cookie_parse(struct arena *a, struct str s, struct pair_list *out);

struct cookie {
    struct str name; /* a name that begins with "__Host-" needs secure and gets Path=/ without Domain, as all do */
    struct str value;
    int64_t max_age_s; /* below 0: a session cookie; 0: delete it */
    bool secure;
    bool script_may_read; /* leaves HttpOnly out */
    bool strict;          /* SameSite=Strict, else Lax */
};

/* The Set-Cookie value; ST_INVALID when name or value cannot be sent as they are. */
MUST_USE enum status cookie_format(struct arena *a, const struct cookie *c, struct str *out);

#endif
