/* Negotiation for unchanging bytes. Pure and linear; what cannot be understood means "no wish", never an error. */
#include "http/static.h"

#include "base/time.h"
#include "http/guard.h"

static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char day_names[] = "SunMonTueWedThuFriSat";

/* "q=0", "q=0.000": refused by the client; anything else counts as a wish. */
static bool is_refused(struct str params)
{
    struct str piece;
    while (str_next(&params, ';', &piece)) {
        piece = str_trim(piece);
        if (piece.n < 3 || (piece.p[0] | 0x20) != 'q' || piece.p[1] != '=')
            continue;
        double q;
        return str_to_real(str_drop(piece, 2), &q) && q <= 0;
    }
    return false;
}

static bool accepts(struct str accept, struct str coding)
{
    bool any = false;
    struct str piece;
    while (str_next(&accept, ',', &piece)) {
        struct str name;
        if (!str_next(&piece, ';', &name))
            continue;
        name = str_trim(name);
        bool wanted = !is_refused(piece);
        if (guard_name_is(name, coding))
            return wanted;
        if (str_eq(name, STR("*")))
            any = wanted;
    }
    return any;
}

enum static_encoding static_encoding(const struct http_asset *asset, struct str accept_encoding)
{
    if (asset->brotli.n && accepts(accept_encoding, STR("br")))
        return STATIC_BROTLI;
    if (asset->gzip.n && accepts(accept_encoding, STR("gzip")))
        return STATIC_GZIP;
    return STATIC_IDENTITY;
}

bool static_etag_matches(struct str if_none_match, struct str quoted_etag)
{
    struct str piece;
    while (str_next(&if_none_match, ',', &piece)) {
        piece = str_trim(piece);
        if (str_eq(piece, STR("*")))
            return true;
        if (str_starts(piece, STR("W/")))
            piece = str_drop(piece, 2);
        if (str_eq(piece, quoted_etag))
            return true;
    }
    return false;
}

struct str static_date(struct arena *a, int64_t ms)
{
    struct day day = day_of_ms(ms, 0);
    struct civil c = day_civil(day);
    int64_t s = ms / 1000 - (int64_t)day.n * 86400;
    return arena_printf(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", day_names + 3 * day_weekday(day), c.day,
                        month_names + 3 * (c.month - 1), c.year, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static bool number_at(struct str s, size_t at, size_t n, int64_t *out)
{
    for (size_t i = at; i < at + n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return str_to_int(str_n(s.p + at, n), out);
}

bool static_date_parse(struct str s, int64_t *ms)
{
    int64_t day, year, hour, minute, second;
    if (s.n != 29 || s.p[3] != ',' || s.p[19] != ':' || s.p[22] != ':' || !str_eq(str_drop(s, 25), STR(" GMT")))
        return false;
    if (s.p[4] != ' ' || s.p[7] != ' ' || s.p[11] != ' ' || s.p[16] != ' ')
        return false;
    if (!number_at(s, 5, 2, &day) || !number_at(s, 12, 4, &year) || !number_at(s, 17, 2, &hour) ||
        !number_at(s, 20, 2, &minute) || !number_at(s, 23, 2, &second))
        return false;
    ptrdiff_t month = str_find(str_c(month_names), str_n(s.p + 8, 3));
    if (month < 0 || month % 3 || year < 1 || day < 1 || hour > 23 || minute > 59 || second > 60)
        return false;
    struct civil c = {(int)year, (int)month / 3 + 1, (int)day};
    if (c.day > day_of_month_max(c.year, c.month))
        return false;
    *ms = ((int64_t)day_from_civil(c).n * 86400 + hour * 3600 + minute * 60 + second) * 1000;
    return true;
}

static bool position(struct str s, int64_t *out)
{
    return s.n >= 1 && s.n <= 18 && number_at(s, 0, s.n, out);
}

enum status static_range(struct str range, int64_t size, struct static_range *out)
{
    *out = (struct static_range){0, size, false};
    if (!str_starts(range, STR("bytes=")))
        return ST_OK;
    range = str_trim(str_drop(range, 6));
    ptrdiff_t dash = str_find_byte(range, '-');
    if (dash < 0)
        return ST_OK;
    struct str first = str_n(range.p, (size_t)dash), last = str_drop(range, (size_t)dash + 1);
    int64_t from = 0, to = size - 1;
    if (!first.n) {
        if (!position(last, &to))
            return ST_OK;
        from = to > size ? 0 : size - to;
        to = size - 1;
    } else if (!position(first, &from) || (last.n && !position(last, &to)) || (last.n && to < from)) {
        return ST_OK;
    }
    if (from >= size || size == 0)
        return ST_INVALID;
    to = to >= size ? size - 1 : to;
    *out = (struct static_range){from, to - from + 1, true};
    return ST_OK;
}
