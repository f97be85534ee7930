/* Clocks and the Gregorian calendar by day numbers (H. Hinnant's civil algorithms). No time zone data, no state. */
#include "base/time.h"

int64_t time_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t time_steady_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct timespec time_steady_after(int64_t ms)
{
    int64_t ns = time_steady_ns() + ms * 1000000;
    return (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

struct day day_of_ms(int64_t ms, int offset_min)
{
    return (struct day){(int32_t)floor_div(ms + (int64_t)offset_min * 60000, 86400000)};
}

struct day day_from_civil(struct civil c)
{
    int y = c.year - (c.month <= 2);
    int era = (int)floor_div(y, 400);
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (struct day){era * 146097 + day_of_era - 719468};
}

struct civil day_civil(struct day d)
{
    int z = d.n + 719468;
    int era = (int)floor_div(z, 146097);
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int mp = (5 * day_of_year + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct civil){year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * mp + 2) / 5 + 1};
}

int day_weekday(struct day d)
{
    return (int)((d.n % 7 + 11) % 7);
}

int day_of_month_max(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool digits(struct str s, size_t from, size_t n, int *out)
{
    int v = 0;
    for (size_t i = from; i < from + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = v;
    return true;
}

bool day_parse(struct str s, struct day *out)
{
    struct civil c;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    if (!digits(s, 0, 4, &c.year) || !digits(s, 5, 2, &c.month) || !digits(s, 8, 2, &c.day))
        return false;
    if (c.year < 1 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > day_of_month_max(c.year, c.month))
        return false;
    *out = day_from_civil(c);
    return true;
}

struct str day_iso(struct arena *a, struct day d)
{
    struct civil c = day_civil(d);
    return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str time_iso(struct arena *a, int64_t ms)
{
    struct civil c = day_civil(day_of_ms(ms, 0));
    int64_t of_day = ms - floor_div(ms, 86400000) * 86400000;
    int s = (int)(of_day / 1000);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, s / 3600, s / 60 % 60, s % 60);
}
