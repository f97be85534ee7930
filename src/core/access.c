/* The table of core/access.def. */
#include "core/access.h"

struct access_row {
    const char *name;
    unsigned roles;
};

static const struct access_row rows[ACCESS_COUNT] = {
#define ACCESS(name, roles) {#name, roles},
#include "core/access.def"
#undef ACCESS
};

bool access_allows(enum access access, enum role role)
{
    return (unsigned)access < ACCESS_COUNT && (rows[access].roles & 1U << role) != 0;
}

const char *access_name(enum access access)
{
    return rows[access].name;
}
