/* Draws and rounds. Pure but for the generator's state; every result depends on the seed alone. */
#include "feature/demo/draw.h"

#include <math.h>
#include <stdlib.h>

bool draw_chance(struct random *r, double probability)
{
    return random_unit(r) < probability;
}

struct str draw_item(struct random *r, struct str list)
{
    struct str rest = list, item;
    uint64_t n = 0;
    while (rest.n && str_next(&rest, '|', &item))
        n++;
    uint64_t wanted = n ? random_below(r, n) : 0;
    rest = list;
    item = STR("");
    for (uint64_t i = 0; i <= wanted && rest.n; i++)
        str_next(&rest, '|', &item);
    return item;
}

int64_t draw_whole(struct random *r, int64_t low, int64_t high)
{
    return low + (int64_t)random_below(r, (uint64_t)(high - low) + 1);
}

size_t draw_weighted(struct random *r, size_t n, double (*weight)(const void *arg, size_t i), const void *arg)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weight(arg, i);
    double left = random_unit(r) * sum;
    for (size_t i = 0; i + 1 < n; i++) {
        left -= weight(arg, i);
        if (left < 0)
            return i;
    }
    return n - 1;
}

/* Two draws a side: most firms stand close to the anchor, none outside the square of the spread. */
struct coordinates draw_point(struct random *r, const struct place *p)
{
    double north = (random_unit(r) + random_unit(r) - 1) * p->spread_km;
    double east = (random_unit(r) + random_unit(r) - 1) * p->spread_km;
    double lat = p->at.lat + north / 111, lon = p->at.lon + east / 89;
    return (struct coordinates){round(lat * 10000) / 10000, round(lon * 10000) / 10000};
}

double span_at(const struct span *s, double t)
{
    if (!(s->low > 0) || !(s->high > 0))
        return s->low + t * (s->high - s->low);
    return s->low * pow(s->high / s->low, t);
}

/* v as k x 10^-decimals with k in 10^figures-1 .. 10^figures, so that the result is the double nearest to its decimal
 * text. */
static double round_figures(double v, int figures, double step_from, double step)
{
    if (!(v > 0))
        return 0;
    int shift = figures - 1 - (int)floor(log10(v) + 1e-9);
    double scale = pow(10, abs(shift));
    double k = shift >= 0 ? v * scale : v / scale;
    k = k >= step_from ? round(k / step) * step : round(k);
    return shift >= 0 ? k / scale : k * scale;
}

double round_plain(double v)
{
    return round_figures(v, 2, 20, 5);
}

double round_close(double v)
{
    return round_figures(v, 3, 1e9, 1);
}

/* The member of the series with the nearest ratio. */
static double nearest(const double *series, size_t n, double v)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (fabs(log(series[i] / v)) < fabs(log(series[best] / v)))
            best = i;
    return series[best];
}

double round_tolerance(double v)
{
    static const double series[] = {0.001, 0.0015, 0.002, 0.003, 0.005, 0.008, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08,
                                    0.1,   0.15,   0.2,   0.3,   0.5,   0.8,   1,    1.5,   2,    3,    5,    8};
    return nearest(series, sizeof series / sizeof series[0], v);
}

double round_ra(double v)
{
    static const double series[] = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.3, 12.5, 25};
    return v < 0.04 ? round_plain(v) : nearest(series, sizeof series / sizeof series[0], v);
}

struct str figure_text(struct arena *a, double v)
{
    char plain[32], text[48];
    json_real_text(v, plain);
    size_t n = strlen(plain), whole = strcspn(plain, "."), k = 0;
    for (size_t i = 0; i < n && k + 2 < sizeof text; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            text[k++] = ',';
        text[k++] = plain[i];
    }
    return arena_str(a, str_n(text, k));
}

struct str shape_text(struct arena *a, const double *mm, uint32_t n)
{
    struct str x = figure_text(a, mm[0]), y = figure_text(a, mm[1]);
    if (n == 2)
        return arena_printf(a, "Ø" STR_FMT "×" STR_FMT, STR_ARG(x), STR_ARG(y));
    struct str z = figure_text(a, mm[2]);
    return arena_printf(a, STR_FMT "×" STR_FMT "×" STR_FMT, STR_ARG(x), STR_ARG(y), STR_ARG(z));
}

void put_point(struct json_out *j, struct coordinates at)
{
    jout_key_real(j, "lat", at.lat);
    jout_key_real(j, "lon", at.lon);
}

void put_list(struct json_out *j, const char *key, struct str list)
{
    struct str item;
    if (!list.n)
        return;
    jout_key_arr(j, key);
    while (list.n && str_next(&list, '|', &item))
        jout_str(j, item);
    jout_end(j);
}
