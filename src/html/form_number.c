/*
 * Numbers as people type them: thousands commas, full-width figures, units of the same dimension, Korean big units.
 * Pure. A comma is taken only where a thousands separator can stand: "1,2" could be 12 or 1.2 and is refused.
 */
#include <math.h>

#include "base/utf8.h"
#include "html/form.h"

struct unit_word {
    enum unit unit;
    const char *word; /* folded: lower case, without blanks */
    double factor;    /* to the unit itself */
};

static const struct unit_word words[] = {
    {UNIT_MM, "mm", 1},        {UNIT_MM, "cm", 10},         {UNIT_MM, "m", 1000},       {UNIT_MM, "km", 1e6},
    {UNIT_MM, "um", 1e-3},     {UNIT_MM, "μm", 1e-3},       {UNIT_MM, "in", 25.4},      {UNIT_MM, "inch", 25.4},
    {UNIT_MM, "\"", 25.4},     {UNIT_MM, "미터", 1000},     {UNIT_MM, "센티", 10},      {UNIT_MM, "밀리", 1},
    {UNIT_KG, "kg", 1},        {UNIT_KG, "g", 1e-3},        {UNIT_KG, "t", 1000},       {UNIT_KG, "ton", 1000},
    {UNIT_KG, "톤", 1000},     {UNIT_KG, "킬로", 1},        {UNIT_WON, "원", 1},        {UNIT_WON, "천", 1e3},
    {UNIT_WON, "천원", 1e3},   {UNIT_WON, "만", 1e4},       {UNIT_WON, "만원", 1e4},    {UNIT_WON, "백만", 1e6},
    {UNIT_WON, "백만원", 1e6}, {UNIT_WON, "천만", 1e7},     {UNIT_WON, "천만원", 1e7},  {UNIT_WON, "억", 1e8},
    {UNIT_WON, "억원", 1e8},   {UNIT_WON, "조", 1e12},      {UNIT_WON, "조원", 1e12},   {UNIT_WON, "krw", 1},
    {UNIT_DAYS, "일", 1},      {UNIT_DAYS, "주", 7},        {UNIT_DAYS, "days", 1},     {UNIT_DAYS, "day", 1},
    {UNIT_DAYS, "weeks", 7},   {UNIT_DAYS, "week", 7},      {UNIT_PIECES, "개", 1},     {UNIT_PIECES, "ea", 1},
    {UNIT_PIECES, "pcs", 1},   {UNIT_PIECES, "만", 1e4},    {UNIT_PIECES, "만개", 1e4}, {UNIT_PIECES, "천개", 1e3},
    {UNIT_PERCENT, "%", 1},    {UNIT_PERCENT, "퍼센트", 1}, {UNIT_CELSIUS, "°c", 1},    {UNIT_CELSIUS, "도", 1},
};

struct msg unit_label(enum unit unit)
{
    switch (unit) {
    case UNIT_MM:
        return T("mm");
    case UNIT_KG:
        return T("kg");
    case UNIT_WON:
        return T("원");
    case UNIT_DAYS:
        return T("일");
    case UNIT_PIECES:
        return T("개");
    case UNIT_PERCENT:
        return T("%");
    case UNIT_CELSIUS:
        return T("°C");
    case UNIT_NONE:
        break;
    }
    return T("");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Figures with commas between groups of three, an optional fraction; cut off `s`. */
static bool cut_number(struct str *s, double *out)
{
    char text[48];
    size_t n = 0;
    size_t since_comma = 0;
    bool comma = false;
    bool dot = false;
    size_t i = 0;
    for (; i < s->n && n < sizeof text; i++) {
        char c = s->p[i];
        if (c == ',') {
            if (dot || since_comma == 0 || (comma ? since_comma != 3 : since_comma > 3))
                return false;
            comma = true;
            since_comma = 0;
            continue;
        }
        if (!is_digit(c) && (c != '.' || dot))
            break;
        if (c == '.' && comma && since_comma != 3)
            return false;
        dot = dot || c == '.';
        since_comma += !dot;
        text[n++] = c;
    }
    if (n == sizeof text || n == 0 || text[0] == '.' || text[n - 1] == '.' || (comma && since_comma != 3))
        return false;
    *s = str_drop(*s, i);
    return str_to_real(str_n(text, n), out);
}

static bool cut_unit(struct str *s, enum unit unit, double *factor)
{
    size_t n = 0;
    while (n < s->n && !is_digit(s->p[n]))
        n++;
    struct str word = str_n(s->p, n);
    *s = str_drop(*s, n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].unit == unit && str_eq(word, str_c(words[i].word))) {
            *factor = words[i].factor;
            return true;
        }
    }
    return false;
}

static struct str without_blanks(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t')
            p[n++] = s.p[i];
    return str_n(p, n);
}

bool form_number(struct arena *a, struct str raw, enum unit unit, double *out)
{
    if (raw.n > 200)
        return false;
    struct str s = without_blanks(a, utf8_fold(a, raw));
    bool minus = str_starts(s, STR("-")) || str_starts(s, STR("\xe2\x88\x92"));
    if (minus)
        s = str_drop(s, s.p[0] == '-' ? 1 : 3);
    double sum = 0;
    double last_factor = INFINITY;
    if (!s.n)
        return false;
    while (s.n) {
        double x;
        double factor = 1;
        if (!cut_number(&s, &x) || (s.n && !cut_unit(&s, unit, &factor)))
            return false;
        if (last_factor != INFINITY && (factor >= last_factor || sum == 0))
            return false;
        sum += x * factor;
        last_factor = factor;
    }
    *out = minus ? -sum : sum;
    return isfinite(sum);
}
