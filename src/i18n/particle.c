/*
 * How the reading of a text ends. Hangul syllables are computed (Unicode 3.12), figures are read the Sino-Korean way,
 * capital letters by their names, Latin words by the usual transcription of their last sounds, units after a figure by
 * their Korean reading. Pure; looks at no more than the last 32 bytes but for long rows of zeros.
 */
#include "i18n/particle.h"

#include "base/utf8.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_upper((char)(c & ~0x20));
}

static bool is_in(char c, const char *set)
{
    return c && strchr(set, c);
}

static struct str drop_last(struct str s, size_t *start)
{
    size_t i = s.n - 1;
    while (i && ((unsigned char)s.p[i] & 0xc0) == 0x80)
        i--;
    *start = i;
    return str_n(s.p + i, s.n - i);
}

static bool is_closing(struct str c)
{
    static const char *const wide[] = {"”",  "’",  "」", "』", "》", "〉",           "】",
                                       "〕", "）", "］", "…",  "·",  "\xe2\x80\x89", "\xc2\xa0"};
    if (c.n == 1)
        return is_in(c.p[0], "\"')]}>.,!?;: ");
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (str_eq(c, str_c(wide[i])))
            return true;
    return false;
}

/* 10 십, 100 백, 1000 천, 10^4 만, 10^8 억 end in consonants, 10^12 조 in a vowel. */
static enum ending zeros_ending(struct str s)
{
    size_t zeros = 0;
    bool other = false;
    for (size_t i = s.n; i-- && !other && (is_digit(s.p[i]) || s.p[i] == ',');) {
        zeros += s.p[i] == '0';
        other = s.p[i] != '0' && s.p[i] != ',';
    }
    return other && zeros >= 12 && zeros < 16 ? ENDING_VOWEL : ENDING_CONSONANT;
}

static enum ending digit_ending(struct str s)
{
    switch (s.p[s.n - 1]) {
    case '0':
        return zeros_ending(s);
    case '1':
    case '7':
    case '8':
        return ENDING_RIEUL;
    case '3':
    case '6':
        return ENDING_CONSONANT;
    default:
        return ENDING_VOWEL;
    }
}

static enum ending letter_name_ending(char c)
{
    if (is_in(c, "LlRr"))
        return ENDING_RIEUL;
    return is_in(c, "MmNn") ? ENDING_CONSONANT : ENDING_VOWEL;
}

static enum ending word_ending(struct str w)
{
    char last = (char)(w.p[w.n - 1] | 0x20);
    char before = (char)(w.p[w.n - 2] | 0x20);
    char third = w.n > 2 ? (char)(w.p[w.n - 3] | 0x20) : 'x';
    if (last == 'e' && is_in(before, "lmn"))
        last = before;
    if (last == 'l')
        return ENDING_RIEUL;
    if (is_in(last, "mn") || (last == 'g' && before == 'n') || (last == 'k' && before == 'c'))
        return ENDING_CONSONANT;
    if (is_in(last, "ckpt") && is_in(before, "aeiou") && !is_in(third, "aeiou"))
        return ENDING_CONSONANT;
    return ENDING_VOWEL;
}

static enum ending latin_ending(struct str s, size_t from)
{
    struct str w = str_drop(s, from);
    bool capitals = true;
    for (size_t i = 0; i < w.n; i++)
        capitals = capitals && is_upper(w.p[i]);
    return capitals || w.n == 1 ? letter_name_ending(w.p[w.n - 1]) : word_ending(w);
}

struct unit_sound {
    const char *unit;
    enum ending ending;
};

static enum ending unit_ending(struct str unit)
{
    static const struct unit_sound sounds[] = {
        {"mm", ENDING_VOWEL},    {"cm", ENDING_VOWEL},      {"m", ENDING_VOWEL},      {"km", ENDING_VOWEL},
        {"um", ENDING_VOWEL},    {"kg", ENDING_CONSONANT},  {"g", ENDING_CONSONANT},  {"mg", ENDING_CONSONANT},
        {"t", ENDING_CONSONANT}, {"ton", ENDING_CONSONANT}, {"MPa", ENDING_RIEUL},    {"kW", ENDING_VOWEL},
        {"kWh", ENDING_VOWEL},   {"W", ENDING_VOWEL},       {"kN", ENDING_CONSONANT}, {"h", ENDING_VOWEL}};
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        if (str_eq(unit, str_c(sounds[i].unit)))
            return sounds[i].ending;
    return ENDING_UNKNOWN;
}

static bool follows_figure(struct str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || str_ends(s, STR("\xe2\x80\x89"))))
        s.n -= s.p[s.n - 1] == ' ' ? 1 : 3;
    return s.n && is_digit(s.p[s.n - 1]);
}

static enum ending ascii_ending(struct str s)
{
    char last = s.p[s.n - 1];
    if (is_digit(last))
        return digit_ending(s);
    if (last == '%')
        return ENDING_VOWEL;
    if (!is_letter(last))
        return ENDING_UNKNOWN;
    size_t from = s.n;
    while (from && is_letter(s.p[from - 1]))
        from--;
    enum ending unit = follows_figure(str_n(s.p, from)) ? unit_ending(str_drop(s, from)) : ENDING_UNKNOWN;
    return unit != ENDING_UNKNOWN ? unit : latin_ending(s, from);
}

enum ending particle_ending(struct str text)
{
    while (text.n) {
        size_t start;
        struct str last = drop_last(text, &start);
        if (!is_closing(last)) {
            size_t n;
            uint32_t c = last.n == 1 ? 0 : utf8_next(last, &n);
            if (c >= 0xac00 && c <= 0xd7a3) {
                uint32_t final = (c - 0xac00) % 28;
                return final == 0 ? ENDING_VOWEL : final == 8 ? ENDING_RIEUL : ENDING_CONSONANT;
            }
            return last.n == 1 ? ascii_ending(text) : ENDING_UNKNOWN;
        }
        text.n = start;
    }
    return ENDING_UNKNOWN;
}

void particle_add(struct buf *out, struct str a, struct str b)
{
    bool with_eu = str_starts(a, STR("으"));
    switch (particle_ending(buf_str(out))) {
    case ENDING_CONSONANT:
        buf_add(out, a);
        break;
    case ENDING_VOWEL:
        buf_add(out, b);
        break;
    case ENDING_RIEUL:
        buf_add(out, with_eu ? b : a);
        break;
    case ENDING_UNKNOWN:
        if (with_eu || !b.n)
            buf_printf(out, "(" STR_FMT ")" STR_FMT, STR_ARG(str_n(a.p, a.n - b.n)), STR_ARG(b));
        else
            buf_printf(out, STR_FMT "(" STR_FMT ")", STR_ARG(a), STR_ARG(b));
        break;
    }
}
