/* Hardness, tolerance, roughness; threads, which are not the part. */
#include <math.h>

#include "match/parse_parts.h"

#define FROM_WORDS "이상|min|minimum|or more|over|up"
#define TO_WORDS   "이하|미만|max|maximum|or less|below"

static const struct {
    const char *words;
    enum hardness_scale scale;
} scales[] = {{"hrc|h.r.c|록크웰|로크웰", HARDNESS_HRC},
              {"hrb", HARDNESS_HRB},
              {"hra", HARDNESS_HRA},
              {"hv|비커스", HARDNESS_HV},
              {"hb|hbw|bhn|브리넬", HARDNESS_HB}};

#define ANY_SCALE "hrc|h.r.c|록크웰|로크웰|hrb|hra|hv|비커스|hb|hbw|bhn|브리넬"

static size_t scale_at(const struct parser *p, size_t i, enum hardness_scale *scale)
{
    if (!any_word_at(p, i, ANY_SCALE))
        return 0;
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        size_t n = any_word_at(p, i, scales[s].words);
        if (n) {
            *scale = scales[s].scale;
            return n;
        }
    }
    return 0;
}

static bool begins_word(const struct parser *p, size_t i)
{
    return !i || !(sign_is_latin(p->v[i].c) && (sign_is_latin(p->v[i - 1].c) || sign_is_digit(p->v[i - 1].c)));
}

/* "58", "58~62", "60±2" at i; one value counts as a least until a word says else. */
static bool hardness_range(const struct parser *p, size_t i, struct hardness *h, size_t *end)
{
    double a, b;
    if (!number_at(p, i, &a, end) || a <= 0)
        return false;
    h->has = true;
    h->min = (struct opt_real){a, true};
    size_t next = skip_blanks(p, *end);
    bool about = p->v[next].c == 0xb1, to = p->v[next].c == '~' || p->v[next].c == '-';
    size_t more = about || to ? next + 1 : next + word_at(p, next, "to");
    if (more > next && number_at(p, skip_blanks(p, more), &b, end)) {
        if (b <= 0 || (about && b >= a))
            return false;
        h->min.v = about ? a - b : fmin(a, b);
        h->max = (struct opt_real){about ? a + b : fmax(a, b), true};
    }
    return true;
}

static size_t bound_words(const struct parser *p, size_t end, struct hardness *h)
{
    size_t next = skip_blanks(p, end), n = any_word_at(p, next, FROM_WORDS);
    if (n)
        return next + n;
    n = any_word_at(p, next, TO_WORDS);
    if (n && !h->max.has) {
        h->max = h->min;
        h->min.has = false;
    }
    return n ? next + n : end;
}

/* below 187 HB */
static void bound_before(const struct parser *p, size_t i, struct hardness *h)
{
    size_t begin;
    if (!h->max.has && any_word_before(p, i, "below|max|under|<", &begin)) {
        h->max = h->min;
        h->min.has = false;
    }
}

size_t find_hardness(struct parser *p, size_t i)
{
    struct hardness h = {0};
    size_t end, n;
    if (!begins_word(p, i))
        return 0;
    n = scale_at(p, i, &h.scale);
    size_t at = n ? skip_blanks(p, i + n) : i;
    while (n && (p->v[at].c == ':' || p->v[at].c == '=' || p->v[at].c == '.'))
        at = skip_blanks(p, at + 1);
    if (!hardness_range(p, at, &h, &end))
        return 0;
    if (!n) {
        size_t behind = skip_blanks(p, end);
        n = scale_at(p, behind, &h.scale);
        if (!n)
            return 0;
        end = behind + n;
    }
    end = bound_words(p, end, &h);
    bound_before(p, i, &h);
    add_fact(p, FACT_HARDNESS, i, end)->hardness = h;
    return end;
}

static size_t millimetres(const struct parser *p, size_t end, double *value)
{
    size_t next = skip_blanks(p, end), n = any_word_at(p, next, "um|미크론|마이크론|micron|microns");
    if (n) {
        *value /= 1000;
        return next + n;
    }
    n = any_word_at(p, next, "mm|밀리");
    return n ? next + n : end;
}

static size_t tolerance_fact(struct parser *p, size_t from, size_t end, struct tolerance t)
{
    add_fact(p, FACT_TOLERANCE, from, end)->tolerance = t;
    return end;
}

/* IT7, H7, h6: the grade of ISO 286. */
static size_t grade_at(struct parser *p, size_t i)
{
    double grade;
    size_t end, at = i + word_at(p, i, "it");
    if (at == i) {
        uint32_t c = p->v[i].c;
        bool letter = c == 'h' || c == 'g' || c == 'f' || c == 'k' || c == 'n' || c == 'p';
        if (!letter)
            return 0;
        at = i + 1;
    }
    at = p->v[i].c == 'i' ? skip_blanks(p, at) : at;
    if (!begins_word(p, i) || !number_at(p, at, &grade, &end) || grade < 1 || grade > 18 || grade != floor(grade) ||
        sign_is_latin(p->v[end].c) || (p->v[end].c == '.' && sign_is_digit(p->v[end + 1].c)))
        return 0;
    bool is_it = p->v[i].c == 'i';
    if (!is_it && (grade < 5 || grade > 13 || end - at > 2))
        return 0;
    return tolerance_fact(p, i, end, (struct tolerance){TOLERANCE_IT, grade, {0, false}});
}

size_t find_tolerance(struct parser *p, size_t i)
{
    double value;
    size_t end, begin, at = i;
    if (sign_is_latin(p->v[i].c))
        return grade_at(p, i);
    bool about = p->v[i].c == 0xb1;
    if (p->v[i].c == '+' && p->v[i + 1].c == '/' && p->v[i + 2].c == '-') {
        about = true;
        at = i + 2;
    }
    if (about)
        at = skip_blanks(p, at + 1);
    else if (!sign_is_digit(p->v[i].c) || !any_word_before(p, i, "공차|tolerance|정밀도", &begin))
        return 0;
    if (!number_at(p, at, &value, &end) || value <= 0 || value > 50)
        return 0;
    if (p->v[end].c == '%' || any_word_at(p, skip_blanks(p, end), "도|°|deg"))
        return 0;
    end = millimetres(p, end, &value);
    return tolerance_fact(p, i, end, (struct tolerance){TOLERANCE_MM, value, {0, false}});
}

/* The triangles of older drawings as Ra: one 25, two 6.3, three 1.6, four 0.2 (JIS B 0601, before 1994). */
static size_t triangles_at(struct parser *p, size_t i)
{
    enum { TRIANGLES_MOST = 4 };
    static const double ra[TRIANGLES_MOST + 1] = {0, 25, 6.3, 1.6, 0.2};
    size_t n = 0;
    while (n <= TRIANGLES_MOST && (p->v[i + n].c == 0x25bd || p->v[i + n].c == 0x2207))
        n++;
    if (!n || n > TRIANGLES_MOST)
        return 0;
    struct fact *f = add_fact(p, FACT_ROUGHNESS, i, i + n);
    f->number[0] = ra[n];
    return i + n;
}

size_t find_roughness(struct parser *p, size_t i)
{
    double value;
    size_t end, begin, at = i;
    if (p->v[i].c == 0x25bd || p->v[i].c == 0x2207)
        return triangles_at(p, i);
    size_t n = begins_word(p, i) ? word_at(p, i, "ra") : 0;
    if (n)
        at = skip_blanks(p, i + n);
    while (n && (p->v[at].c == ':' || p->v[at].c == '=' || p->v[at].c == '<'))
        at = skip_blanks(p, at + 1);
    if (!n &&
        !(sign_is_digit(p->v[i].c) && any_word_before(p, i, "조도|표면조도|표면 거칠기|거칠기|roughness", &begin)))
        return 0;
    if (!number_at(p, at, &value, &end) || value <= 0 || value > 100)
        return 0;
    size_t unit = skip_blanks(p, end), more = any_word_at(p, unit, "um|미크론|마이크론");
    end = more ? unit + more : end;
    struct fact *f = add_fact(p, FACT_ROUGHNESS, i, end);
    f->number[0] = value;
    return end;
}

/* M8, M10x1.5, PT1/4: sizes of threads. Modules (m2, module 3) and teeth (z40) likewise. */
size_t find_thread(struct parser *p, size_t i)
{
    double value;
    size_t end, n = any_word_at(p, i, "pt|pf|npt|unc|unf|module|모듈|z");
    if (!begins_word(p, i))
        return 0;
    if (!n && p->v[i].c == 'm' && sign_is_digit(p->v[i + 1].c))
        n = 1;
    if (!n || !number_at(p, skip_blanks(p, i + n), &value, &end))
        return 0;
    if (p->v[end].c == 'x' || p->v[end].c == '/') {
        double pitch;
        size_t behind;
        if (number_at(p, skip_blanks(p, end + 1), &pitch, &behind))
            end = behind;
    }
    if (sign_is_latin(p->v[end].c))
        return 0;
    add_fact(p, FACT_OTHER, i, end);
    return end;
}
