/* Names without their legal forms. Only whole words at the ends are taken off, so "ASA Metal" keeps its ASA. */
#include "base/utf8.h"
#include "feature/directory/duplicates.h"

enum { NAME_WORDS_MAX = 32 };

/* Folded; a form of several words stands as several entries. */
static const char *const forms[] = {
    "inc",      "incorporated", "corp",     "corporation", "co",           "company",  "ltd",      "limited",
    "llc",      "llp",          "plc",      "gmbh",        "mbh",          "ag",       "kg",       "kgaa",
    "ug",       "ohg",          "se",       "sa",          "sau",          "sas",      "sasu",     "sarl",
    "sl",       "slu",          "srl",      "srls",        "spa",          "bv",       "nv",       "oy",
    "oyj",      "ab",           "as",       "aps",         "asa",          "sro",      "doo",      "dd",
    "kft",      "zrt",          "nyrt",     "lda",         "eood",         "ood",      "ltda",     "pty",
    "pvt",      "e.v",          "ev",       "k.k",         "有限公司",     "株式会社", "주식회사", "유한회사",
    "합자회사", "합명회사",     "재단법인", "사단법인",    "농업회사법인",
};

/* Written together with the name. */
static const char *const korean[] = {"주식회사", "유한회사", "(주)",     "(유)",    "(합)",
                                     "(재)",     "(사)",     "株式会社", "有限公司"};

static struct str without_korean(struct str s)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof korean / sizeof korean[0]; i++) {
            struct str form = str_c(korean[i]);
            if (s.n <= form.n)
                continue;
            if (str_starts(s, form))
                s = str_trim(str_drop(s, form.n));
            else if (str_ends(s, form))
                s = str_trim(str_n(s.p, s.n - form.n));
            else
                continue;
            again = true;
        }
    }
    return s;
}

/* The next word, without dots, commas and brackets around and in it ("s.r.o." is "sro"). */
static bool next_word(struct arena *a, struct str *rest, struct str *word)
{
    size_t n = 0;
    while (rest->n && strchr(" \t\r\n,;", rest->p[0]))
        *rest = str_drop(*rest, 1);
    if (!rest->n)
        return false;
    char *out = arena_alloc(a, rest->n);
    while (rest->n && !strchr(" \t\r\n,;", rest->p[0])) {
        if (!strchr(".-_'\"()", rest->p[0]))
            out[n++] = rest->p[0];
        *rest = str_drop(*rest, 1);
    }
    *word = str_n(out, n);
    return true;
}

static bool is_form(struct str word)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_eq(word, str_c(forms[i])))
            return true;
    return word.n == 0 || str_eq(word, STR("&"));
}

/* "s. r. o." and "S. p. A." as one word. */
static void join_letters(struct arena *a, struct str *words, size_t *n)
{
    size_t out = 0;
    bool letter_before = false;
    for (size_t i = 0; i < *n; i++) {
        bool letter = words[i].n == 1;
        if (letter && letter_before)
            words[out - 1] = arena_printf(a, STR_FMT STR_FMT, STR_ARG(words[out - 1]), STR_ARG(words[i]));
        else
            words[out++] = words[i];
        letter_before = letter;
    }
    *n = out;
}

struct str org_name_key(struct arena *a, struct str name)
{
    struct str rest = without_korean(str_trim(utf8_fold(a, name)));
    struct str words[NAME_WORDS_MAX];
    size_t n = 0, from = 0;
    while (n < NAME_WORDS_MAX && next_word(a, &rest, &words[n]))
        n++;
    join_letters(a, words, &n);
    while (n > from + 1 && is_form(words[n - 1]))
        n--;
    while (n > from + 1 && is_form(words[from]) && words[from].n > 3)
        from++;
    struct str key = STR("");
    for (size_t i = from; i < n; i++)
        key = arena_printf(a, STR_FMT STR_FMT, STR_ARG(key), STR_ARG(words[i]));
    return arena_printf(a, STR_FMT STR_FMT, STR_ARG(key), STR_ARG(rest));
}
