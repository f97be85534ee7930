/* How many: 50개, 1,000EA, 2벌, 20본, 월 2만 개, 50,000 pcs per month; and numbers before the names of things. */
#include <math.h>

#include "match/parse_parts.h"

#define COUNTERS                                                                                                               \
    "개|ea|ea.|each|pcs|pcs.|pc|piece|pieces|set|sets|벌|본|장|매|대|식|조|기|발|켤레|롤|켜|units|unit|nos|off|" \
    "parts|part|sheets|rods|세트|셋트|박스|쌍|자루|벌분"

static bool a_month(const struct parser *p, size_t i, size_t *end, size_t *from)
{
    size_t begin, next = skip_blanks(p, *end);
    size_t n = any_word_at(p, next, "per month|a month|/month|/월|monthly|/ month|/mo|each month|per mo");
    if (n) {
        *end = next + n;
        return true;
    }
    if (!any_word_before(p, i, "월|매월|매달|월간|월 약|월 평균|monthly", &begin))
        return false;
    if (begin && sign_is_korean(p->v[begin - 1].c))
        return false;
    *from = begin;
    return true;
}

/* 40개소 counts places, 3개월 months. */
static bool counts_else(const struct parser *p, size_t behind)
{
    return any_word_at(p, behind, "소|월|년|국|사|업체|공정|단계|종|기관") != 0;
}

static size_t count_fact(struct parser *p, size_t i, size_t end, double value)
{
    size_t from = i;
    bool month = a_month(p, i, &end, &from);
    struct fact *f = add_fact(p, FACT_QUANTITY, from, end);
    f->number[0] = value;
    f->per_month = month;
    return end;
}

size_t find_count(struct parser *p, size_t i)
{
    double value;
    size_t end, begin;
    if (!number_at(p, i, &value, &end) || value < 1 || value != floor(value))
        return 0;
    size_t next = skip_blanks(p, end), n = any_word_at(p, next, COUNTERS);
    if (n && !counts_else(p, next + n))
        return count_fact(p, i, next + n, value);
    if (any_word_before(p, i, "수량|qty|qty.|quantity|q'ty|물량", &begin) && !sign_is_letter(p->v[next].c))
        return count_fact(p, i, end, value);
    return 0;
}

/* The words behind the figure that are no things. */
#define NO_THINGS                                                                                                      \
    "week|weeks|day|days|month|months|year|years|hour|hours|degree|degrees|x|to|or|and|of|in|by|at|is|the|for|with|"   \
    "january|february|march|april|may|june|july|august|september|october|november|december|axis|rev|axes|bar|min|max"

static bool is_thing(const struct parser *p, size_t i)
{
    size_t end = i;
    while (sign_is_latin(p->v[end].c))
        end++;
    return end - i > 3 && !any_word_at(p, i, NO_THINGS);
}

static bool ends_plural(const struct parser *p, size_t i)
{
    enum { WORDS_MOST = 3 };
    for (int w = 0; w < WORDS_MOST; w++) {
        size_t end = i;
        while (sign_is_latin(p->v[end].c))
            end++;
        if (end == i)
            return false;
        if (p->v[end - 1].c == 's' && end - i > 3)
            return true;
        i = skip_blanks(p, end);
    }
    return false;
}

void find_plain_count(struct parser *p)
{
    double value;
    size_t end;
    for (size_t k = 0; k < p->facts.n; k++)
        if (p->facts.v[k].kind == FACT_QUANTITY)
            return;
    for (size_t i = 0; i < p->n; i = end) {
        end = i + 1;
        if (!sign_is_digit(p->v[i].c) || p->taken[p->v[i].from] || (i && sign_is_letter(p->v[i - 1].c)))
            continue;
        if (!number_at(p, i, &value, &end)) {
            while (sign_is_digit(p->v[end].c) || p->v[end].c == ',')
                end++;
            continue;
        }
        size_t next = skip_blanks(p, end);
        if (next == end || value < 2 || value != floor(value) || !is_thing(p, next) || !ends_plural(p, next))
            continue;
        struct fact *f = add_fact(p, FACT_QUANTITY, i, end);
        f->number[0] = value;
        f->certainty = 0.5;
        return;
    }
}
