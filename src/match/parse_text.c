#include "match/parse_parts.h"

struct same_sign {
    uint32_t c;
    const char *as;
};

/* What is written in several ways. */
static const struct same_sign same_signs[] = {
    {0x00d7, "x"},  {0x2715, "x"},  {0x2a09, "x"},  {0x00f8, "$"},  {0x00d8, "$"},  {0x03a6, "$"},
    {0x03c6, "$"},  {0x2205, "$"},  {0x2300, "$"},  {0x0278, "$"},  {0x301c, "~"},  {0x223c, "~"},
    {0xff5e, "~"},  {0x2013, "-"},  {0x2212, "-"},  {0x2014, "-"},  {0x2010, "-"},  {0x2011, "-"},
    {0x339c, "mm"}, {0x339d, "cm"}, {0x339b, "um"}, {0x339a, "nm"}, {0x338f, "kg"}, {0x338e, "mg"},
    {0x339e, "km"}, {0x00b5, "u"},  {0x03bc, "u"},  {0x3000, " "},  {0x00a0, " "},  {0x2009, " "},
    {0x3002, "."},  {0x3001, ","},  {0x2192, ">"},  {0x21d2, ">"},  {0x2264, "<"},  {0x2265, ">"},
};

static const char *same_as(uint32_t c)
{
    for (size_t i = 0; i < sizeof same_signs / sizeof *same_signs; i++)
        if (same_signs[i].c == c)
            return same_signs[i].as;
    return NULL;
}

static void put(struct parser *p, uint32_t c, size_t from, size_t to)
{
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    p->v[p->n++] = (struct parse_sign){c, (uint32_t)from, (uint32_t)to};
}

void parse_signs(struct parser *p)
{
    size_t len;
    p->v = ARENA_ARRAY(p->arena, 2 * p->text.n + 4, struct parse_sign);
    for (size_t at = 0; at < p->text.n; at += len) {
        uint32_t c = utf8_next(str_drop(p->text, at), &len);
        if (c >= 0xff01 && c < 0xff5e)
            c -= 0xff01 - '!';
        const char *as = c < 0x80 ? NULL : same_as(c);
        for (const char *s = as; s && *s; s++)
            put(p, (unsigned char)*s, at, at + len);
        if (!as)
            put(p, c, at, at + len);
    }
    p->sign = ARENA_ARRAY(p->arena, p->text.n + 1, uint32_t);
    size_t byte = 0;
    for (size_t i = 0; i <= p->n; i++)
        for (size_t to = i < p->n ? p->v[i].from : p->text.n; byte <= to; byte++)
            p->sign[byte] = (uint32_t)i;
}

bool sign_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool sign_is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x52f && c != 0xd7 && c != 0xf7);
}

bool sign_is_korean(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3131 && c <= 0x318e) || (c >= 0x4e00 && c <= 0x9fff);
}

bool sign_is_letter(uint32_t c)
{
    return sign_is_latin(c) || sign_is_korean(c);
}

size_t skip_blanks(const struct parser *p, size_t i)
{
    while (i < p->n && (p->v[i].c == ' ' || p->v[i].c == '\t'))
        i++;
    return i;
}

/* Signs of `word` (n bytes) when it stands at i; a blank in it stands for any number of blanks. */
static size_t match_at(const struct parser *p, size_t i, const char *word, size_t n)
{
    size_t at = i, len;
    uint32_t c = 0;
    for (struct str rest = str_n(word, n); rest.n; rest = str_drop(rest, len)) {
        c = utf8_next(rest, &len);
        if (c == ' ') {
            at = skip_blanks(p, at);
            continue;
        }
        if (at >= p->n || p->v[at].c != c)
            return 0;
        at++;
    }
    bool cut = sign_is_latin(c) && at < p->n && sign_is_latin(p->v[at].c);
    return cut ? 0 : at - i;
}

size_t word_at(const struct parser *p, size_t i, const char *word)
{
    return match_at(p, i, word, strlen(word));
}

static void note_sign(uint64_t bits[4], uint32_t c)
{
    bits[c >> 6 & 3] |= UINT64_C(1) << (c & 63);
}

static bool has_sign(const uint64_t bits[4], uint32_t c)
{
    return bits[c >> 6 & 3] >> (c & 63) & 1;
}

static uint32_t last_sign(struct str s)
{
    size_t len;
    uint32_t c = 0;
    for (; s.n; s = str_drop(s, len))
        c = utf8_next(s, &len);
    return c;
}

static void compile(const struct parser *p, struct word_list *l, const char *words)
{
    struct str rest = str_c(words), word;
    size_t most = 1, len;
    for (size_t i = 0; i < rest.n; i++)
        most += rest.p[i] == '|';
    *l = (struct word_list){
        .words = words, .v = ARENA_ARRAY(p->arena, most, struct str), .begin = ARENA_ARRAY(p->arena, most, uint32_t)};
    while (rest.n && str_next(&rest, '|', &word)) {
        l->begin[l->n] = utf8_next(word, &len);
        l->v[l->n] = word;
        note_sign(l->first, l->begin[l->n++]);
        note_sign(l->last, last_sign(word));
    }
}

static const struct word_list *list_of(const struct parser *p, const char *words)
{
    size_t slot = ((uintptr_t)words * UINT64_C(0x9e3779b97f4a7c15)) >> 56;
    while (p->lists[slot].words && p->lists[slot].words != words)
        slot = (slot + 1) % WORD_LISTS_MOST;
    if (!p->lists[slot].words)
        compile(p, &p->lists[slot], words);
    return &p->lists[slot];
}

static size_t longest_of(const struct parser *p, size_t i, const struct word_list *l)
{
    size_t longest = 0;
    uint32_t c = p->v[i].c;
    if (!has_sign(l->first, c))
        return 0;
    for (size_t w = 0; w < l->n; w++) {
        if (l->begin[w] != c)
            continue;
        size_t found = match_at(p, i, l->v[w].p, l->v[w].n);
        longest = found > longest ? found : longest;
    }
    return longest;
}

size_t any_word_at(const struct parser *p, size_t i, const char *words)
{
    return longest_of(p, i, list_of(p, words));
}

static size_t back_over_blanks(const struct parser *p, size_t i)
{
    while (i && (p->v[i - 1].c == ' ' || p->v[i - 1].c == '\t' || p->v[i - 1].c == ':' || p->v[i - 1].c == '='))
        i--;
    return i;
}

bool any_word_before(const struct parser *p, size_t i, const char *words, size_t *begin)
{
    enum { LONGEST = 14 };
    const struct word_list *l = list_of(p, words);
    size_t end = back_over_blanks(p, i);
    if (!end || !has_sign(l->last, p->v[end - 1].c))
        return false;
    for (size_t k = 1; k <= LONGEST && k <= end; k++) {
        size_t found = longest_of(p, end - k, l);
        bool inside = sign_is_latin(p->v[end - k].c) && end > k && sign_is_latin(p->v[end - k - 1].c);
        if (found == k && !inside) {
            *begin = end - k;
            return true;
        }
    }
    return false;
}

size_t sign_of_byte(const struct parser *p, size_t at)
{
    return p->sign[at];
}

struct fact *add_fact(struct parser *p, enum fact_kind kind, size_t from, size_t to)
{
    while (to > from && p->taken[p->v[to - 1].from])
        to--;
    size_t begin = to;
    while (begin > from && !p->taken[p->v[begin - 1].from])
        begin--;
    if (begin == to)
        return &p->nowhere;
    from = begin;
    struct fact *f = VEC_ADD(p->arena, &p->facts);
    *f = (struct fact){.kind = kind, .from = p->v[from].from, .to = p->v[to - 1].to, .certainty = 1, .step = STEP_ALL};
    memset(p->taken + f->from, true, f->to - f->from);
    return f;
}

static bool ends_clause(const struct parser *p, size_t i)
{
    uint32_t c = p->v[i].c;
    if (c == '\n' || c == ';' || c == '>')
        return true;
    bool between_digits = i && i + 1 < p->n && sign_is_digit(p->v[i - 1].c) && sign_is_digit(p->v[i + 1].c);
    return (c == '.' || c == ',') && !between_digits;
}

size_t clause_begin(const struct parser *p, size_t i)
{
    while (i && !ends_clause(p, i - 1))
        i--;
    return i;
}

size_t clause_end(const struct parser *p, size_t i)
{
    while (i < p->n && !ends_clause(p, i))
        i++;
    return i;
}
