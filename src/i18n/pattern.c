/* Reads one hole at a time, without memory of its own. Must stay free of other modules: build tools are linked with it.
 */
#include "i18n/pattern.h"

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_' || (i && s.p[i] >= '0' && s.p[i] <= '9')))
            return false;
    return s.n > 0;
}

/* The particles in use; the form after a consonant first. */
static bool is_particle(struct str a, struct str b)
{
    static const char *const known[][2] = {{"은", "는"},       {"이", "가"},       {"을", "를"},       {"과", "와"},
                                           {"으로", "로"},     {"이라", "라"},     {"이나", "나"},     {"이며", "며"},
                                           {"이고", "고"},     {"이란", "란"},     {"이든", "든"},     {"아", "야"},
                                           {"이에요", "예요"}, {"으로서", "로서"}, {"으로써", "로써"}, {"이", ""}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(a, str_c(known[i][0])) && str_eq(b, str_c(known[i][1])))
            return true;
    return false;
}

static const char *read_hole(struct str hole, struct piece *piece)
{
    ptrdiff_t slash = str_find_byte(hole, '/');
    ptrdiff_t bar = str_find_byte(hole, '|');
    if (bar >= 0) {
        struct str rest = str_drop(hole, (size_t)bar + 1);
        ptrdiff_t second = str_find_byte(rest, '|');
        if (second < 0)
            return "a plural needs two words: {n|one|many}";
        *piece = (struct piece){PIECE_PLURAL, str_n(hole.p, (size_t)bar), str_n(rest.p, (size_t)second),
                                str_drop(rest, (size_t)second + 1)};
        if (str_find_byte(piece->b, '|') >= 0)
            return "a plural has two words: {n|one|many}";
        return is_name(piece->text) ? NULL : "a name is made of a-z, 0-9 and _";
    }
    if (slash >= 0) {
        *piece = (struct piece){PIECE_PARTICLE, hole, str_n(hole.p, (size_t)slash), str_drop(hole, (size_t)slash + 1)};
        return is_particle(piece->a, piece->b) ? NULL
                                               : "unknown particle; the form after a consonant comes first: {을/를}";
    }
    *piece = (struct piece){.kind = PIECE_VALUE, .text = hole};
    return is_name(hole) ? NULL : "a name is made of a-z, 0-9 and _";
}

bool pattern_next(struct str *rest, struct piece *piece, const char **error)
{
    if (!rest->n)
        return false;
    if (rest->p[0] != '{') {
        ptrdiff_t open = str_find_byte(*rest, '{');
        size_t n = open < 0 ? rest->n : (size_t)open;
        *piece = (struct piece){.kind = PIECE_TEXT, .text = str_n(rest->p, n)};
        if (str_find_byte(piece->text, '}') >= 0 && error)
            *error = "} without {";
        *rest = str_drop(*rest, n);
        return true;
    }
    ptrdiff_t close = str_find_byte(*rest, '}');
    size_t n = close < 0 ? rest->n : (size_t)close + 1;
    const char *wrong = close < 0 ? "{ without }" : read_hole(str_n(rest->p + 1, n - 2), piece);
    if (wrong) {
        *piece = (struct piece){.kind = PIECE_TEXT, .text = str_n(rest->p, n)};
        if (error)
            *error = wrong;
    }
    *rest = str_drop(*rest, n);
    return true;
}

const char *pattern_error(struct str text)
{
    const char *error = NULL;
    struct piece piece;
    while (!error && pattern_next(&text, &piece, &error))
        ;
    return error;
}

bool pattern_uses(struct str text, struct str name)
{
    struct piece piece;
    while (pattern_next(&text, &piece, NULL))
        if ((piece.kind == PIECE_VALUE || piece.kind == PIECE_PLURAL) && str_eq(piece.text, name))
            return true;
    return false;
}
