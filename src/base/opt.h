/* Values that may be unknown. A blank is never zero: readers must look at `has` first. */
#ifndef PPURI_BASE_OPT_H
#define PPURI_BASE_OPT_H

#include <stdbool.h>
#include <stdint.h>

struct opt_int {
    int64_t v;
    bool has;
};

struct opt_real {
    double v;
    bool has;
};

static inline struct opt_int opt_int(int64_t v)
{
    return (struct opt_int){v, true};
}

static inline struct opt_real opt_real(double v)
{
    return (struct opt_real){v, true};
}

#endif
