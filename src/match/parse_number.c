/* Numbers as people write them: 1,200  0.05  2만  5천만  1억 2천만  1.2만. */
#include "match/parse_parts.h"

/* No part, price or lot is larger, or written longer. Groups behind are not read: in 1,000,000,… to the end of a text
 * each comma would be a beginning. */
#define MOST 1e12
enum { SIGNS_MOST = 32 };

static bool group_at(const struct parser *p, size_t i)
{
    return p->v[i].c == ',' && i + 3 < p->n + 1 && sign_is_digit(p->v[i + 1].c) && sign_is_digit(p->v[i + 2].c) &&
           sign_is_digit(p->v[i + 3].c) && !sign_is_digit(p->v[i + 4].c);
}

static double plain_at(const struct parser *p, size_t i, size_t *end)
{
    double value = 0, unit = 1;
    size_t most = i + SIGNS_MOST;
    for (; sign_is_digit(p->v[i].c) || (i < most && value <= MOST && group_at(p, i)); i++)
        if (sign_is_digit(p->v[i].c))
            value = value * 10 + (double)(p->v[i].c - '0');
    if (p->v[i].c == '.' && sign_is_digit(p->v[i + 1].c)) {
        double fraction = 0;
        for (i++; i < p->n && sign_is_digit(p->v[i].c); i++) {
            fraction = fraction * 10 + (double)(p->v[i].c - '0');
            unit *= 10;
        }
        value += fraction / unit;
    }
    *end = i;
    return value;
}

static double korean_unit(uint32_t c)
{
    return c == 0xcc9c ? 1e3 /* 천 */ : c == 0xbc31 ? 100 /* 백 */ : 0;
}

static double big_unit(uint32_t c)
{
    return c == 0xb9cc ? 1e4 /* 만 */ : c == 0xc5b5 ? 1e8 /* 억 */ : 0;
}

/* 5천 in 5천만; the small units must follow the figure at once. */
static double small_at(const struct parser *p, size_t i, size_t *end)
{
    double value = plain_at(p, i, end);
    double unit = korean_unit(p->v[*end].c);
    if (unit > 0) {
        value *= unit;
        (*end)++;
    }
    return value;
}

bool number_at(const struct parser *p, size_t i, double *value, size_t *end)
{
    if (i >= p->n || !sign_is_digit(p->v[i].c))
        return false;
    *value = small_at(p, i, end);
    if (*value > MOST)
        return false;
    double unit = big_unit(p->v[*end].c);
    if (unit <= 0)
        return true;
    *value *= unit;
    (*end)++;
    if (*value > MOST)
        return false;
    size_t next = skip_blanks(p, *end), behind;
    if (next < p->n && sign_is_digit(p->v[next].c)) {
        double more = small_at(p, next, &behind);
        double less = big_unit(p->v[behind].c);
        if (less > 0 && less < unit) {
            *value += more * less;
            *end = behind + 1;
        }
    }
    return true;
}
