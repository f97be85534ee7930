/* The small language of the table cells: spans, limits, sizes, keyed words. Pure readers; they allocate nothing. */
#include "feature/demo/tables.h"

bool span_read(struct str cell, struct span *out)
{
    *out = (struct span){false, 0, 0};
    if (!cell.n)
        return true;
    ptrdiff_t dots = str_find(cell, STR(".."));
    struct str low = dots < 0 ? cell : str_n(cell.p, (size_t)dots);
    struct str high = dots < 0 ? cell : str_drop(cell, (size_t)dots + 2);
    out->has = str_to_real(low, &out->low) && str_to_real(high, &out->high);
    return out->has;
}

bool limits_read(struct str cell, struct limits *out)
{
    *out = (struct limits){0, {false, 0, 0}};
    ptrdiff_t colon = str_find_byte(cell, ':');
    if (colon < 0)
        return span_read(cell, &out->max);
    return str_to_real(str_n(cell.p, (size_t)colon), &out->min) &&
           span_read(str_drop(cell, (size_t)colon + 1), &out->max);
}

static bool sides_read(struct str cell, double *sides, uint32_t *n)
{
    struct str side;
    for (*n = 0; cell.p && str_next(&cell, 'x', &side); (*n)++)
        if (*n == 3 || !str_to_real(side, &sides[*n]))
            return false;
    return *n == 2 || *n == 3;
}

bool size_read(struct str cell, struct size_span *out)
{
    *out = (struct size_span){0};
    if (!cell.n)
        return true;
    ptrdiff_t dots = str_find(cell, STR(".."));
    struct str low = dots < 0 ? cell : str_n(cell.p, (size_t)dots);
    struct str high = dots < 0 ? cell : str_drop(cell, (size_t)dots + 2);
    uint32_t n;
    return sides_read(low, out->low, &out->n) && sides_read(high, out->high, &n) && n == out->n;
}

bool word_read(struct str cell, struct str key, struct str *out)
{
    struct str word;
    while (str_next_word(&cell, &word)) {
        if (!str_starts(word, key) || word.n == key.n)
            continue;
        *out = str_drop(word, key.n);
        if (out->p[0] >= '0' && out->p[0] <= '9')
            return true;
    }
    return false;
}
