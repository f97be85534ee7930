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

/* Three bytes that begin with this may be two signs (㎜); any other sign is one. */
enum { MAY_BE_TWO = 0xe3, ZEROS_BEHIND = 4 };

static size_t most_signs(struct str text)
{
    size_t most = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        most += (size_t)((c & 0xc0) != 0x80) + (c == MAY_BE_TWO);
    }
    return most;
}

static void note_bytes(struct parser *p)
{
    size_t byte = 0;
    p->sign = ARENA_RAW(p->arena, p->text.n + 1, uint32_t);
    for (size_t i = 0; i <= p->n; i++)
        for (size_t to = i < p->n ? p->v[i].from : p->text.n; byte <= to; byte++)
            p->sign[byte] = (uint32_t)i;
}

static bool ends_clause(const struct parser *p, size_t i)
{
    uint32_t c = p->v[i].c;
    if (c == '\n' || c == ';' || c == '>')
        return true;
    if (c != '.' && c != ',')
        return false;
    return !(i && sign_is_digit(p->v[i - 1].c) && sign_is_digit(p->v[i + 1].c));
}

void parse_signs(struct parser *p)
{
    size_t len;
    p->v = ARENA_RAW(p->arena, most_signs(p->text) + ZEROS_BEHIND, struct parse_sign);
    for (size_t at = 0; at < p->text.n; at += len) {
        uint32_t c = utf8_next(str_n(p->text.p + at, p->text.n - at), &len);
        if (c >= 0xff01 && c < 0xff5e)
            c -= 0xff01 - '!';
        const char *as = c < 0x80 || sign_is_korean(c) ? NULL : same_as(c);
        for (const char *s = as; s && *s; s++)
            put(p, (unsigned char)*s, at, at + len);
        if (!as)
            put(p, c, at, at + len);
    }
    memset(p->v + p->n, 0, ZEROS_BEHIND * sizeof *p->v);
    note_bytes(p);
    for (size_t i = 0; i < p->n; i++)
        if (ends_clause(p, i))
            VEC_PUSH(p->arena, &p->clause_ends, (uint32_t)i);
}

/* Signs of `word` when it stands at i; a blank in it stands for any number of blanks. */
static size_t match_at(const struct parser *p, size_t i, struct str word)
{
    size_t at = i, len;
    uint32_t c = 0;
    for (struct str rest = word; rest.n; rest = str_n(rest.p + len, rest.n - len)) {
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
    return match_at(p, i, str_c(word));
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

__attribute__((noinline)) static void compile(const struct parser *p, struct word_list *l, const char *words)
{
    struct str rest = str_c(words), word;
    size_t most = 1, len;
    for (size_t i = 0; i < rest.n; i++)
        most += rest.p[i] == '|';
    *l = (struct word_list){.words = words, .v = ARENA_RAW(p->arena, most, struct listed_word)};
    while (rest.n && str_next(&rest, '|', &word)) {
        uint32_t begin = utf8_next(word, &len);
        uint16_t *first = &l->first[begin % LIKE_SIGNS];
        l->v[l->n++] = (struct listed_word){word, begin, *first};
        *first = (uint16_t)l->n;
        note_sign(l->last, last_sign(word));
    }
}

static inline const struct word_list *list_of(const struct parser *p, const char *words)
{
    size_t slot = ((uintptr_t)words * UINT64_C(0x9e3779b97f4a7c15)) >> 56;
    while (p->lists[slot].words != words) {
        if (!p->lists[slot].words)
            compile(p, &p->lists[slot], words);
        else
            slot = (slot + 1) % WORD_LISTS_MOST;
    }
    return &p->lists[slot];
}

static size_t longest_of(const struct parser *p, size_t i, const struct word_list *l)
{
    size_t longest = 0;
    uint32_t c = p->v[i].c;
    for (uint32_t w = l->first[c % LIKE_SIGNS]; w; w = l->v[w - 1].next) {
        if (l->v[w - 1].begin != c)
            continue;
        size_t found = match_at(p, i, l->v[w - 1].word);
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

/* Index of the first clause's end at or behind sign i. */
static size_t clause_of(const struct parser *p, size_t i)
{
    size_t lo = 0, hi = p->clause_ends.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->clause_ends.v[mid] < i)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

size_t clause_begin(const struct parser *p, size_t i)
{
    size_t clause = clause_of(p, i);
    return clause ? p->clause_ends.v[clause - 1] + 1 : 0;
}

size_t clause_end(const struct parser *p, size_t i)
{
    size_t clause = clause_of(p, i);
    return clause < p->clause_ends.n ? p->clause_ends.v[clause] : p->n;
}
