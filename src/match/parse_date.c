/* When: 2027-03-31, 2027. 3. 31., 3월 말, 3월 15일, 12/20까지, 2주 내, 내년 상반기, 15 March 2027, within 8 weeks. */
#include <math.h>

#include "match/parse_parts.h"

enum { LAST_DAY = 0 };

static bool is_day(struct civil c)
{
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return c.year >= 2000 && c.year <= 2199 && c.month >= 1 && c.month <= 12 && c.day <= longest[c.month - 1];
}

static struct day last_day(int year, int month)
{
    struct day next = day_from_civil((struct civil){month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1});
    return (struct day){next.n - 1};
}

static size_t due_fact(struct parser *p, size_t from, size_t end, struct day day)
{
    size_t next = skip_blanks(p, end), n = any_word_at(p, next, "까지");
    end = n ? next + n : end;
    add_fact(p, FACT_DUE, from, end)->day = day;
    return end;
}

static size_t civil_fact(struct parser *p, size_t from, size_t end, struct civil c)
{
    if (!is_day(c))
        return 0;
    struct day last = last_day(c.year, c.month);
    if (c.day == LAST_DAY)
        return due_fact(p, from, end, last);
    struct day day = day_from_civil(c);
    return due_fact(p, from, end, day.n > last.n ? last : day);
}

struct limits {
    int least, most;
};

static const struct limits years = {2000, 2199}, month_numbers = {1, 12}, day_numbers = {1, 31};

static bool whole_at(const struct parser *p, size_t i, struct limits l, int *value, size_t *end)
{
    int v = 0;
    size_t at = i;
    for (; sign_is_digit(p->v[at].c) && at - i < 4; at++)
        v = v * 10 + (int)(p->v[at].c - '0');
    if (at == i || sign_is_digit(p->v[at].c) || v < l.least || v > l.most)
        return false;
    *value = v;
    *end = at;
    return true;
}

/* The year in which that day comes next. */
static int coming_year(const struct parser *p, int month, int day)
{
    struct civil now = day_civil(p->today);
    return month < now.month || (month == now.month && day < now.day) ? now.year + 1 : now.year;
}

/* 말, 초, 중순, 상순, 하순 behind a month. */
static size_t part_of_month(const struct parser *p, size_t i, int year, int month, struct civil *c)
{
    static const struct {
        const char *words;
        int day;
    } parts[] = {{"말|말일|하순|末", LAST_DAY}, {"초|초순|상순", 5}, {"중순|중", 15}};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        size_t n = any_word_at(p, i, parts[k].words);
        if (n) {
            *c = (struct civil){year, month, parts[k].day};
            return n;
        }
    }
    return 0;
}

/* m월 d일, m월 말, and m월 alone only with a year before. `year` 0: none was written. */
static size_t month_at(struct parser *p, size_t from, size_t i, int year)
{
    int month, day;
    size_t end, behind;
    struct civil c;
    if (!whole_at(p, i, month_numbers, &month, &end) || p->v[skip_blanks(p, end)].c != 0xc6d4)
        return 0;
    size_t next = skip_blanks(p, skip_blanks(p, end) + 1);
    if (whole_at(p, next, day_numbers, &day, &behind) && p->v[skip_blanks(p, behind)].c == 0xc77c)
        return civil_fact(p, from, skip_blanks(p, behind) + 1,
                          (struct civil){year ? year : coming_year(p, month, day), month, day});
    size_t n = part_of_month(p, next, 0, month, &c);
    if (n) {
        c.year = year ? year : coming_year(p, month, c.day ? c.day : 31);
        return civil_fact(p, from, next + n, c);
    }
    bool until = any_word_at(p, next, "까지|내|중") != 0;
    if (!year && !until)
        return 0;
    return civil_fact(p, from, skip_blanks(p, end) + 1,
                      (struct civil){year ? year : coming_year(p, month, 31), month, LAST_DAY});
}

static size_t half_year(struct parser *p, size_t from, size_t i, int year)
{
    size_t n = word_at(p, i, "상반기");
    if (n)
        return civil_fact(p, from, i + n, (struct civil){year ? year : coming_year(p, 6, 30), 6, 30});
    n = word_at(p, i, "하반기");
    if (n)
        return civil_fact(p, from, i + n, (struct civil){year ? year : coming_year(p, 12, 31), 12, 31});
    n = any_word_at(p, i, "말|연말");
    return n && year ? civil_fact(p, from, i + n, (struct civil){year, 12, 31}) : 0;
}

/* 2027-03-31, 2027.3.31, 2027. 3. 31., 2027/3/31, 2027년 3월 31일. */
static size_t full_date(struct parser *p, size_t i)
{
    int year, month, day;
    size_t end, behind;
    if (!whole_at(p, i, years, &year, &end))
        return 0;
    uint32_t c = p->v[end].c;
    if (c == 0xb144) { /* 년 */
        size_t next = skip_blanks(p, end + 1);
        size_t found = month_at(p, i, next, year);
        return found ? found : half_year(p, i, next, year);
    }
    if (c != '-' && c != '.' && c != '/')
        return 0;
    if (!whole_at(p, skip_blanks(p, end + 1), month_numbers, &month, &behind) || p->v[behind].c != c ||
        !whole_at(p, skip_blanks(p, behind + 1), day_numbers, &day, &end))
        return 0;
    end += p->v[end].c == '.' && c == '.';
    return civil_fact(p, i, end, (struct civil){year, month, day});
}

/* 2주 내, 3개월 이내, 10일 안에, within 8 weeks, 2 weeks. */
static size_t term_at(struct parser *p, size_t i)
{
    static const struct {
        const char *words;
        int days;
        bool bare; /* counts without a word of within */
    } spans[] = {{"주|주일", 7, false},   {"일", 1, false},       {"개월|달", 30, false},
                 {"weeks|week", 7, true}, {"days|day", 1, false}, {"months|month", 30, false}};
    double value;
    size_t end, begin;
    if (!number_at(p, i, &value, &end) || value < 1 || value > 1000 || value != floor(value))
        return 0;
    size_t unit = skip_blanks(p, end);
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++) {
        size_t n = any_word_at(p, unit, spans[k].words);
        if (!n)
            continue;
        size_t next = skip_blanks(p, unit + n);
        size_t within = any_word_at(p, next, "이내|내|안에|안|내로");
        bool before = any_word_before(p, i, "within|in|납기|납기는", &begin);
        if (within || before || spans[k].bare)
            return due_fact(p, i, within ? next + within : unit + n,
                            (struct day){p->today.n + (int32_t)value * spans[k].days});
    }
    return 0;
}

#define ANY_MONTH                                                                                                      \
    "january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sep|october|oct|"         \
    "november|"                                                                                                        \
    "nov|december|dec"

static int english_month(const struct parser *p, size_t i, size_t *end)
{
    static const char *const months[] = {"january|jan",   "february|feb", "march|mar",    "april|apr",
                                         "may",           "june|jun",     "july|jul",     "august|aug",
                                         "september|sep", "october|oct",  "november|nov", "december|dec"};
    if (!any_word_at(p, i, ANY_MONTH))
        return 0;
    for (int m = 0; m < 12; m++) {
        size_t n = any_word_at(p, i, months[m]);
        if (n) {
            *end = i + n;
            return m + 1;
        }
    }
    return 0;
}

static int year_behind(const struct parser *p, size_t *end, int month, int day)
{
    int year;
    size_t at = skip_blanks(p, *end), behind;
    at = p->v[at].c == ',' ? skip_blanks(p, at + 1) : at;
    if (!whole_at(p, at, years, &year, &behind))
        return coming_year(p, month, day);
    *end = behind;
    return year;
}

/* 15 March 2027, 30 June. */
static size_t day_month(struct parser *p, size_t i)
{
    int day;
    size_t end;
    if (!whole_at(p, i, day_numbers, &day, &end))
        return 0;
    size_t n = any_word_at(p, end, "st|nd|rd|th");
    int month = english_month(p, skip_blanks(p, end + n), &end);
    if (!month)
        return 0;
    int year = year_behind(p, &end, month, day);
    return civil_fact(p, i, end, (struct civil){year, month, day});
}

/* 12/20까지 */
static size_t month_slash_day(struct parser *p, size_t i)
{
    int month, day;
    size_t end, behind;
    if (!whole_at(p, i, month_numbers, &month, &end) || p->v[end].c != '/' ||
        !whole_at(p, end + 1, day_numbers, &day, &behind) || !any_word_at(p, skip_blanks(p, behind), "까지|납기|납품"))
        return 0;
    return civil_fact(p, i, behind, (struct civil){coming_year(p, month, day), month, day});
}

/* March 15, 2027; end of January; by June. */
static size_t month_first(struct parser *p, size_t i)
{
    size_t end, from = i, begin;
    int day, month = english_month(p, i, &end);
    if (!month)
        return 0;
    if (whole_at(p, skip_blanks(p, end), day_numbers, &day, &begin)) {
        end = begin;
        int year = year_behind(p, &end, month, day);
        return civil_fact(p, from, end, (struct civil){year, month, day});
    }
    bool end_of = any_word_before(p, i, "end of|end", &from);
    if (!end_of && !any_word_before(p, i, "by|until|before", &from))
        return 0;
    int year = year_behind(p, &end, month, 31);
    return civil_fact(p, from, end, (struct civil){year, month, LAST_DAY});
}

#define ANY_RELATIVE                                                                                                   \
    "내일|tomorrow|모레|글피|월말|이달|이번|다음|내달|연말|금년|올해|내년|명년|상반기|하반기|end|year|next|this"

static size_t relative_word(struct parser *p, size_t i)
{
    static const struct {
        const char *words;
        int days;
    } words[] = {{"내일까지|내일|tomorrow", 1}, {"모레까지|모레", 2}, {"글피", 3}};
    if (!any_word_at(p, i, ANY_RELATIVE))
        return 0;
    struct civil now = day_civil(p->today);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t n = any_word_at(p, i, words[k].words);
        if (n)
            return due_fact(p, i, i + n, (struct day){p->today.n + words[k].days});
    }
    size_t n = any_word_at(p, i, "월말|이달 말|이번 달 말|이번달 말|end of month");
    if (n && !(i && sign_is_digit(p->v[i - 1].c)))
        return due_fact(p, i, i + n, last_day(now.year, now.month));
    n = any_word_at(p, i, "다음 달 말|다음달 말|내달 말");
    if (n)
        return due_fact(p, i, i + n, last_day(now.month == 12 ? now.year + 1 : now.year, now.month % 12 + 1));
    n = any_word_at(p, i, "연말|금년 말|올해 말|year end");
    if (n)
        return civil_fact(p, i, i + n, (struct civil){now.year, 12, 31});
    n = any_word_at(p, i, "내년|명년|next year");
    if (n) {
        size_t next = skip_blanks(p, i + n), found = month_at(p, i, next, now.year + 1);
        return found ? found : half_year(p, i, next, now.year + 1);
    }
    n = any_word_at(p, i, "올해|금년|this year");
    if (n) {
        size_t next = skip_blanks(p, i + n), found = month_at(p, i, next, now.year);
        return found ? found : half_year(p, i, next, now.year);
    }
    return half_year(p, i, i, 0);
}

size_t find_due(struct parser *p, size_t i)
{
    if (!sign_is_digit(p->v[i].c)) {
        if (i && sign_is_letter(p->v[i].c) && sign_is_letter(p->v[i - 1].c))
            return 0;
        size_t end = month_first(p, i);
        return end ? end : relative_word(p, i);
    }
    static size_t (*const ways[])(struct parser * p, size_t i) = {full_date, day_month, month_slash_day, term_at};
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        size_t end = ways[k](p, i);
        if (end)
            return end;
    }
    return month_at(p, i, i, 0);
}
