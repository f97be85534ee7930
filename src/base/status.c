/* Look-ups into STATUS_TABLE; constant time, no state. */
#include "base/status.h"

#include <stddef.h>

struct status_row {
    int http;
    int exit_code;
    const char *type;
    const char *en;
    const char *ko;
};

static const struct status_row rows[] = {
#define S(name, http, exit_code, type, en, ko) [name] = {http, exit_code, type, en, ko},
    STATUS_TABLE(S)
#undef S
};

static const struct status_row *row_of(enum status st)
{
    size_t i = (size_t)st;
    return &rows[i < sizeof rows / sizeof rows[0] ? i : (size_t)ST_BUG];
}

int status_http(enum status st)
{
    return row_of(st)->http;
}

int status_exit(enum status st)
{
    return row_of(st)->exit_code;
}

const char *status_type(enum status st)
{
    return row_of(st)->type;
}

const char *status_title_en(enum status st)
{
    return row_of(st)->en;
}

const char *status_title_ko(enum status st)
{
    return row_of(st)->ko;
}
