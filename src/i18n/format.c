/* The written forms of values in the two languages. Pure; appends to a bounded buffer. */
#include "i18n/format.h"

#include "base/number.h"

void format_day(enum language language, struct buf *out, struct day d)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    static const char *const days_en[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const days_ko[] = {"일", "월", "화", "수", "목", "금", "토"};
    struct civil c = day_civil(d);
    int weekday = day_weekday(d);
    if (language == LANGUAGE_KO)
        buf_printf(out, "%d. %d. %d.(%s)", c.year, c.month, c.day, days_ko[weekday]);
    else
        buf_printf(out, "%d %s %d (%s)", c.day, months[c.month - 1], c.year, days_en[weekday]);
}

static void format_moment(enum language language, struct buf *out, struct moment m)
{
    int64_t local_min = (m.ms - ((m.ms % 60000) + 60000) % 60000) / 60000 + m.offset_min;
    int minute = (int)(((local_min % 1440) + 1440) % 1440);
    format_day(language, out, day_of_ms(m.ms, m.offset_min));
    buf_printf(out, "%s%02d:%02d", language == LANGUAGE_KO ? " " : ", ", minute / 60, minute % 60);
}

static void won_ko(struct buf *out, uint64_t won)
{
    static const char *const names[] = {"", "만", "억", "조", "경"};
    static const uint64_t sizes[] = {1, 10000, 100000000, 1000000000000, 10000000000000000};
    bool first = true;
    bool small = false;
    for (int i = 4; i >= 0; i--) {
        uint64_t part = i == 4 ? won / sizes[4] : won / sizes[i] % 10000;
        if (!part)
            continue;
        if (!first)
            buf_add_byte(out, ' ');
        number_int(out, (int64_t)part, true);
        buf_add_c(out, names[i]);
        first = false;
        small = i == 0;
    }
    if (first)
        buf_add_byte(out, '0');
    buf_add_c(out, first || small ? "원" : " 원");
}

void format_won(enum language language, struct buf *out, int64_t won)
{
    if (language == LANGUAGE_EN) {
        buf_add_c(out, "KRW ");
        number_int(out, won, true);
        return;
    }
    if (won < 0)
        buf_add_c(out, "\xe2\x88\x92");
    won_ko(out, won < 0 ? 0 - (uint64_t)won : (uint64_t)won);
}

static void format_won_exact(enum language language, struct buf *out, int64_t won)
{
    if (language == LANGUAGE_EN)
        buf_add_c(out, "₩");
    number_int(out, won, true);
    if (language == LANGUAGE_KO)
        buf_add_c(out, "원");
}

void format_value(enum language language, struct buf *out, const struct value *x)
{
    switch (x->kind) {
    case VALUE_NONE:
    case VALUE_MSG:
        break;
    case VALUE_TEXT:
        buf_add(out, x->text);
        break;
    case VALUE_INT:
    case VALUE_PLAIN_INT:
        number_int(out, x->i, x->kind == VALUE_INT);
        break;
    case VALUE_REAL:
        number_real(out, x->real, 3, true);
        break;
    case VALUE_FIXED:
        number_real(out, x->real, x->decimals, false);
        break;
    case VALUE_QUANTITY:
        number_real(out, x->real, 3, true);
        buf_add_c(out, "\xe2\x80\x89");
        buf_add(out, x->text);
        break;
    case VALUE_WON:
        format_won(language, out, x->i);
        break;
    case VALUE_WON_EXACT:
        format_won_exact(language, out, x->i);
        break;
    case VALUE_DAY:
        format_day(language, out, x->day);
        break;
    case VALUE_MOMENT:
        format_moment(language, out, x->moment);
        break;
    }
}
