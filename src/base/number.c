/* Numbers as text: written once into a small local array, then appended. Counts on the C locale, which the program
 * never changes. */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void add_grouped(struct buf *out, const char *digits, size_t n)
{
    char text[64];
    size_t k = 0;
    for (size_t i = 0; i < n && k + 2 < sizeof text; i++) {
        if (i && (n - i) % 3 == 0)
            text[k++] = ',';
        text[k++] = digits[i];
    }
    buf_add(out, str_n(text, k));
}

void number_int(struct buf *out, int64_t v, bool grouped)
{
    char text[24];
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (v < 0)
        buf_add_c(out, grouped ? "\xe2\x88\x92" : "-");
    if (grouped)
        add_grouped(out, text + at, sizeof text - at);
    else
        buf_add(out, str_n(text + at, sizeof text - at));
}

static size_t put_fixed(char *out, bool negative, uint64_t scaled, int decimals)
{
    char text[32];
    size_t at = sizeof text, n = 0;
    for (int i = 0; i <= decimals || scaled; i++) {
        if (i == decimals && i)
            text[--at] = '.';
        text[--at] = (char)('0' + scaled % 10);
        scaled /= 10;
    }
    if (negative)
        out[n++] = '-';
    memcpy(out + n, text + at, sizeof text - at);
    n += sizeof text - at;
    out[n] = 0;
    return n;
}

size_t number_fixed(char *out, double v, int decimals)
{
    static const double scales[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    decimals = decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
    double x = fabs(v) * scales[decimals], whole = floor(x), rest = x - whole;
    /* Near a tie only the exact digits decide. */
    if (x < 1e9 && fabs(rest - 0.5) > 1e-3)
        return put_fixed(out, signbit(v), (uint64_t)whole + (rest > 0.5), decimals);
    return (size_t)snprintf(out, NUMBER_FIXED_MAX, "%.*f", decimals, v);
}

void number_real(struct buf *out, double v, int decimals, bool trim)
{
    if (!isfinite(v) || fabs(v) >= 1e18) {
        buf_add_c(out, "\xe2\x80\x93");
        return;
    }
    char text[NUMBER_FIXED_MAX];
    struct str s = str_n(text, number_fixed(text, fabs(v), decimals));
    ptrdiff_t dot = str_find_byte(s, '.');
    if (trim && dot >= 0) {
        while (s.p[s.n - 1] == '0')
            s.n--;
        if (s.p[s.n - 1] == '.')
            s.n--;
    }
    bool zero = strspn(text, "0.") >= s.n;
    if (v < 0 && !zero)
        buf_add_c(out, "\xe2\x88\x92");
    size_t whole = dot >= 0 ? (size_t)dot : s.n;
    add_grouped(out, s.p, whole);
    buf_add(out, str_drop(s, whole));
}

void number_plain(struct buf *out, double v)
{
    if (!isfinite(v)) {
        buf_add_byte(out, '0');
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    buf_add_c(out, text);
}
