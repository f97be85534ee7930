/* Sizes of the part: 300x120x50 mm, Ø300×120, 지름 30 길이 600, 120x80x5t, 30파이. */
#include "match/parse_parts.h"

#define DIAMETER_WORDS "지름|직경|외경|dia|dia.|diameter|od|o.d.|φ"
#define LENGTH_WORDS   "길이|length|l|두께|thickness|t|높이|height|h"

struct dimension {
    double v;
    double unit; /* mm a unit; 0: not written */
    bool third;  /* "5t" */
};

static size_t unit_of_length(const struct parser *p, size_t i, double *mm)
{
    static const struct {
        const char *words;
        double mm;
    } units[] = {{"mm|밀리미터|밀리", 1}, {"cm|센티|센치", 10}, {"m|미터", 1000}, {"inch|in", 25.4}};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t n = any_word_at(p, i, units[u].words);
        if (n) {
            *mm = units[u].mm;
            return n;
        }
    }
    return 0;
}

static bool dimension_at(const struct parser *p, size_t i, struct dimension *d, size_t *end)
{
    *d = (struct dimension){0, 0, false};
    if (p->v[i].c == '$')
        i = skip_blanks(p, i + 1);
    if (!number_at(p, i, &d->v, end) || d->v <= 0)
        return false;
    size_t unit = skip_blanks(p, *end), n = unit_of_length(p, unit, &d->unit);
    if (n)
        *end = unit + n;
    else if (word_at(p, *end, "t")) {
        d->third = true;
        *end += 1;
    } else if (any_word_at(p, unit, "파이"))
        *end = unit + 2;
    return true;
}

static size_t times_at(const struct parser *p, size_t i)
{
    i = skip_blanks(p, i);
    uint32_t c = p->v[i].c, next = p->v[skip_blanks(p, i + 1)].c;
    bool times = (c == 'x' || c == '*') && (sign_is_digit(next) || next == '$');
    return times ? skip_blanks(p, i + 1) : 0;
}

/* A unit at the end goes for all before it that have none. */
static void share_unit(struct dimension *d, unsigned n)
{
    double unit = 1;
    for (unsigned i = n; i-- > 0;) {
        unit = d[i].unit > 0 ? d[i].unit : unit;
        d[i].v *= d[i].third ? 1 : d[i].unit > 0 ? d[i].unit : unit;
    }
}

static struct fact *size_fact(struct parser *p, size_t from, size_t end, const struct dimension *d, unsigned n)
{
    struct fact *f = add_fact(p, FACT_SIZE, from, end);
    f->n = n;
    for (unsigned i = 0; i < n; i++)
        f->number[i] = d[i].v;
    return f;
}

/* Diameter by a sign, then a length that a word names: Ø50 길이 200. A depth is that of a hole. */
static size_t named_length(struct parser *p, size_t from, size_t end, struct dimension *d)
{
    size_t next = skip_blanks(p, end), behind;
    while (p->v[next].c == ',' || p->v[next].c == '/')
        next = skip_blanks(p, next + 1);
    size_t n = any_word_at(p, next, LENGTH_WORDS);
    if (!n)
        return 0;
    next = skip_blanks(p, next + n);
    while (p->v[next].c == ':' || p->v[next].c == '=')
        next = skip_blanks(p, next + 1);
    if (!dimension_at(p, next, &d[1], &behind))
        return 0;
    share_unit(d, 2);
    size_fact(p, from, behind, d, 2);
    return behind;
}

static size_t round_size(struct parser *p, size_t from, size_t at)
{
    struct dimension d[2];
    size_t end, behind;
    if (!dimension_at(p, at, &d[0], &end))
        return 0;
    size_t next = times_at(p, end);
    if (next && dimension_at(p, next, &d[1], &behind)) {
        share_unit(d, 2);
        size_fact(p, from, behind, d, 2);
        return behind;
    }
    behind = named_length(p, from, end, d);
    if (behind)
        return behind;
    add_fact(p, FACT_OTHER, from, end);
    return end;
}

/* 지름 30 파이 길이 600: the word 파이 after the figure also makes it round. */
static bool is_round(const struct parser *p, size_t i, size_t *from, size_t *at)
{
    double value;
    size_t end;
    *from = *at = i;
    if (p->v[i].c == '$') {
        *at = skip_blanks(p, i + 1);
        return sign_is_digit(p->v[*at].c);
    }
    if (!sign_is_digit(p->v[i].c))
        return false;
    if (any_word_before(p, i, DIAMETER_WORDS, from))
        return true;
    return number_at(p, i, &value, &end) && word_at(p, skip_blanks(p, end), "파이");
}

size_t find_size(struct parser *p, size_t i)
{
    struct dimension d[3];
    size_t from, at, end, next;
    if (is_round(p, i, &from, &at))
        return round_size(p, from, at);
    if (!dimension_at(p, i, &d[0], &end))
        return 0;
    unsigned n = 1;
    while (n < 3 && (next = times_at(p, end)) && dimension_at(p, next, &d[n], &end))
        n++;
    if (n < 2)
        return 0;
    share_unit(d, n);
    /* 300x200 5t */
    if (n == 2 && dimension_at(p, skip_blanks(p, end), &d[2], &next) && d[2].third) {
        n = 3;
        end = next;
    }
    if (n == 3)
        size_fact(p, i, end, d, 3);
    else
        add_fact(p, FACT_OTHER, i, end);
    return end;
}
