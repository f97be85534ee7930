/* Who may call a route, and how dear a call is. One word each in web/routes.def. */
#ifndef PPURI_CORE_ACCESS_H
#define PPURI_CORE_ACCESS_H

/* The column is mandatory. Further roles come with accounts. */
enum access { PUBLIC };

/* Classes of routes, for metrics and limits. */
#define RATE_CLASSES(R) R(PROBE) R(STATIC) R(PAGE) R(API)

enum rate_class {
#define R(name) RATE_##name,
    RATE_CLASSES(R)
#undef R
        RATE_CLASS_COUNT
};

#endif
