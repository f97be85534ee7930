/* Who may call a route and how dear a call is: one word each in web/routes.def. */
#ifndef PPURI_CORE_ACCESS_H
#define PPURI_CORE_ACCESS_H

#include <stdbool.h>

/* SITE_WRITER: a program with a token of scope "sites". */
#define ROLES(R) R(VISITOR) R(SITE_WRITER)

enum role {
#define R(name) ROLE_##name,
    ROLES(R)
#undef R
};

#define ROLE_BIT(role) (1U << ROLE_##role)

enum access {
#define ACCESS(name, roles) ACCESS_##name,
#include "core/access.def"
#undef ACCESS
    ACCESS_COUNT
};

bool access_allows(enum access access, enum role role);
const char *access_name(enum access access);

/* class, calls a second, burst; 0: not limited. For metrics and limits, by client address. */
#define RATE_CLASSES(R)                                                                                                \
    R(PROBE, 0, 0)                                                                                                     \
    R(STATIC, 0, 0)                                                                                                    \
    R(PAGE, 20, 200)                                                                                                   \
    R(API, 20, 200)                                                                                                    \
    R(WRITE, 1, 20)

enum rate_class {
#define R(name, per_second, burst) RATE_##name,
    RATE_CLASSES(R)
#undef R
        RATE_CLASS_COUNT
};

#endif
