/* Instants are int64 milliseconds UTC. Days are calendar days of the council (Korea: UTC+9, no daylight saving). */
#ifndef PPURI_BASE_TIME_H
#define PPURI_BASE_TIME_H

#include "base/arena.h"

#include <time.h>

/* Days since 1970-01-01; the range 0001-01-01 .. 9999-12-31 can be written. */
struct day {
    int32_t n;
};

struct opt_day {
    struct day v;
    bool has;
};

struct civil {
    int year;
    int month;
    int day;
};

enum { TIME_KOREA_OFFSET_MIN = 540 };

/* The only clocks of the program. */
int64_t time_now_ms(void);
/* For measuring; never goes back. */
int64_t time_steady_ns(void);
/* ms from now on that clock, for a timed wait; ms >= 0. */
struct timespec time_steady_after(int64_t ms);

struct day day_of_ms(int64_t ms, int offset_min);
struct day day_from_civil(struct civil c);
struct civil day_civil(struct day d);
/* 0 is Sunday. */
int day_weekday(struct day d);
int day_of_month_max(int year, int month);
/* "2027-03-31", a day that exists; anything else is refused. */
bool day_parse(struct str s, struct day *out);
struct str day_iso(struct arena *a, struct day d);
/* "2026-11-22T05:06:07Z" */
struct str time_iso(struct arena *a, int64_t ms);

#endif
