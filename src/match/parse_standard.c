/* Names of standards: AMS 2801, MIL-A-8625, ASTM B117, KS D 8304. Those that are certificates or materials were taken
 * before. */
#include "match/parse_parts.h"

static bool is_part_of_number(uint32_t c)
{
    return sign_is_digit(c) || sign_is_latin(c) || c == '-' || c == '/';
}

size_t find_standard(struct parser *p, size_t i)
{
    size_t n = any_word_at(p, i, "ams|mil|astm|ks|jis|iso|din|en|sae|asme|aws|bac|bms|nas|api|iec|ansi|ans");
    if (!n || (i && sign_is_letter(p->v[i - 1].c)))
        return 0;
    size_t at = i + n, digits = 0, end = at;
    at += p->v[at].c == '-' || p->v[at].c == ' ';
    /* one letter of the branch: KS D 8304, MIL-A-8625 */
    if (sign_is_latin(p->v[at].c) && !sign_is_latin(p->v[at + 1].c))
        at += (size_t)1 + (p->v[at + 1].c == ' ' || p->v[at + 1].c == '-');
    for (; at < p->n && is_part_of_number(p->v[at].c); at++) {
        digits += sign_is_digit(p->v[at].c);
        end = at + 1;
    }
    if (digits < 3 || p->taken[p->v[end - 1].from])
        return 0;
    add_fact(p, FACT_STANDARD, i, end);
    return end;
}
