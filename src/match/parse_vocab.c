/* Words of the vocabularies in the text: the longest wins, then certificates, materials, processes, places, industries.
 */
#include <stdlib.h>

#include "match/parse_parts.h"

struct source {
    const struct lookup *lookup;
    enum fact_kind kind;
    size_t next; /* byte of the text behind the last word found */
};

struct found_word {
    struct lookup_hit hit;
    const struct source *source;
};

struct found_words {
    struct found_word *v;
    size_t n;
    size_t cap;
};

static int rank_of(enum fact_kind kind)
{
    static const enum fact_kind order[] = {FACT_CERTIFICATE, FACT_MATERIAL, FACT_PROCESS, FACT_REGION};
    int i = 0;
    while (i < 4 && order[i] != kind)
        i++;
    return i;
}

static int longest_first(const void *a, const void *b)
{
    const struct found_word *x = a, *y = b;
    size_t nx = x->hit.to - x->hit.from, ny = y->hit.to - y->hit.from;
    if (nx != ny)
        return nx > ny ? -1 : 1;
    int rx = rank_of(x->source->kind), ry = rank_of(y->source->kind);
    if (rx != ry)
        return rx - ry;
    return (x->hit.from > y->hit.from) - (x->hit.from < y->hit.from);
}

static bool only_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

/* 304 is a steel, but not in 304개 or 304x50. */
static bool is_number_of_things(const struct parser *p, const struct found_word *w)
{
    if (!only_digits(str_n(p->text.p + w->hit.from, w->hit.to - w->hit.from)))
        return false;
    size_t end = sign_of_byte(p, w->hit.to), next = skip_blanks(p, end), begin = sign_of_byte(p, w->hit.from);
    uint32_t before = begin ? p->v[begin - 1].c : 0;
    return before == '$' || before == '.' || before == '-' || before == 'x' || p->v[next].c == 'x' ||
           p->v[end].c == '.' || any_word_at(p, next, "개|ea|pcs|mm|kg|장|본|대|원|t|g|년|월|일|파이|-|~") != 0;
}

#define PLACE_BEHIND                                                                                                   \
    "납품|업체|업체들|내|소재|지역|현장|공장|으로|로|까지|에서|권|관내|인근|배송|도착|사업장|본사|쪽|firms|suppliers"
#define PLACE_BEFORE "납품|납품지|납품처|장소|납품 장소|설치 장소|납품장소|in|to|at|near|from|deliver to|delivery to"

/* A short name of a district may be any word (양산, 화성, 장수): it wants 시, 군 or 구, or company that speaks of
 * places. */
static bool is_no_place(const struct parser *p, const struct found_word *w)
{
    const struct tree *regions = w->source->lookup->tree;
    struct str written = str_n(p->text.p + w->hit.from, w->hit.to - w->hit.from);
    if (regions->v[w->hit.node].level == 1)
        return str_eq(regions->v[w->hit.node].code, STR("KR"));
    if (regions->v[w->hit.node].level < 3 && !str_eq(written, STR("양산")))
        return false;
    if (str_ends(written, STR("시")) || str_ends(written, STR("군")) || str_ends(written, STR("구")))
        return utf8_length(written) < 3;
    size_t begin = sign_of_byte(p, w->hit.from), end = sign_of_byte(p, w->hit.to), at;
    if (str_eq(written, STR("양산")))
        return true;
    bool behind = any_word_at(p, skip_blanks(p, end), PLACE_BEHIND) != 0;
    return !behind && !any_word_before(p, begin, PLACE_BEFORE, &at);
}

static bool is_other_word(const struct parser *p, const struct found_word *w)
{
    if (w->source->kind == FACT_REGION)
        return is_no_place(p, w);
    return w->source->kind == FACT_MATERIAL && word_at(p, sign_of_byte(p, w->hit.from), "lead");
}

enum { SOURCES = 5 };

static void list_sources(const struct words *w, struct source *out)
{
    const struct source sources[SOURCES] = {{&w->processes, FACT_PROCESS, 0},
                                            {&w->materials, FACT_MATERIAL, 0},
                                            {&w->certificates, FACT_CERTIFICATE, 0},
                                            {&w->regions, FACT_REGION, 0},
                                            {&w->industries, FACT_INDUSTRY, 0}};
    memcpy(out, sources, sizeof sources);
}

const uint8_t *note_words(struct arena *a, const struct words *w)
{
    struct source sources[SOURCES];
    uint8_t *asked = ARENA_ARRAY(a, LOOKUP_HASHES, uint8_t);
    list_sources(w, sources);
    for (int k = 0; k < SOURCES; k++)
        lookup_note(sources[k].lookup, asked, (uint8_t)(1U << k));
    return asked;
}

static bool is_latin_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* In the middle of a Latin word, where none of ours begins. */
static bool is_inside(const struct utf8_folded *f, size_t i)
{
    return i && is_latin_or_digit(f->text.p[i]) && is_latin_or_digit(f->text.p[i - 1]) && f->to[i - 1] == f->from[i];
}

/* One way through the text for all lists; in each list words do not overlap. */
static void collect(struct parser *p, struct source *sources, struct found_words *out)
{
    struct lookup_text t;
    struct lookup_signs signs;
    struct lookup_hit hit;
    lookup_prepare(p->arena, p->text, &t);
    for (size_t i = 0; i < t.folded.text.n; i += signs.len[0]) {
        signs.len[0] = 1;
        if (is_inside(&t.folded, i))
            continue;
        signs = lookup_signs_at(&t, i);
        unsigned asked = lookup_asked(p->words->asked, &t, i, signs);
        for (size_t k = 0; asked >> k; k++) {
            if (!(asked >> k & 1) || t.folded.from[i] < sources[k].next ||
                !lookup_at(sources[k].lookup, &t, i, signs, &hit))
                continue;
            struct found_word w = {hit, &sources[k]};
            sources[k].next = hit.to;
            if (!is_number_of_things(p, &w) && !is_other_word(p, &w))
                VEC_PUSH(p->arena, out, w);
        }
    }
}

static bool is_free(const struct parser *p, const struct found_word *w)
{
    return !memchr(p->taken + w->hit.from, 1, w->hit.to - w->hit.from);
}

static const char *field_of(enum fact_kind kind)
{
    return kind == FACT_PROCESS    ? "process"
           : kind == FACT_MATERIAL ? "material"
           : kind == FACT_REGION   ? "region"
                                   : "code";
}

/* All meanings of a word that has several. */
static void add_doubt(struct parser *p, const struct found_word *w)
{
    struct parse_doubt doubt = {.from = w->hit.from, .to = w->hit.to, .field = field_of(w->source->kind)};
    const struct lookup *l = w->source->lookup;
    VEC_PUSH(p->arena, &doubt.options, l->tree->v[w->hit.node].code);
    size_t lo = 0, hi = l->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(l->v[mid].key, w->hit.key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t last = w->hit.node; lo < l->n && str_eq(l->v[lo].key, w->hit.key); lo++) {
        if (l->v[lo].kind == LOOKUP_CODE || l->v[lo].node == w->hit.node || l->v[lo].node == last)
            continue;
        last = l->v[lo].node;
        VEC_PUSH(p->arena, &doubt.options, l->tree->v[last].code);
    }
    if (doubt.options.n > 1)
        VEC_PUSH(p->arena, &p->out->doubts, doubt);
}

void find_words(struct parser *p)
{
    const struct words *w = p->words->words;
    struct found_words found = {NULL, 0, 0};
    struct source sources[SOURCES];
    list_sources(w, sources);
    collect(p, sources, &found);
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, longest_first);
    for (size_t i = 0; i < found.n; i++) {
        const struct found_word *word = &found.v[i];
        if (!is_free(p, word))
            continue;
        struct fact *f =
            add_fact(p, word->source->kind, sign_of_byte(p, word->hit.from), sign_of_byte(p, word->hit.to));
        f->node = word->hit.node;
        f->certainty = word->hit.kind == LOOKUP_SYNONYM ? 0.9 : 1;
        if (word->hit.shared)
            add_doubt(p, word);
    }
}

/* A word without what Korean hangs behind it. */
static size_t without_particle(const struct parser *p, size_t from, size_t end)
{
    static const uint32_t *const particles[] = {U"으로", U"에서", U"까지", U"부터", U"은", U"는", U"이", U"가",
                                                U"을",   U"를",   U"의",   U"로",   U"와", U"과", U"도", U"만"};
    for (size_t k = 0; k < sizeof particles / sizeof *particles; k++) {
        const uint32_t *particle = particles[k];
        size_t n = particle[1] ? 2 : 1;
        if (end - from > n && p->v[end - 1].c == particle[n - 1] && p->v[end - n].c == particle[0])
            return end - n;
    }
    return end;
}

static bool typo_fact(struct parser *p, size_t from, size_t end)
{
    const struct typo_index *const indexes[] = {&p->words->processes, &p->words->materials};
    static const enum fact_kind kinds[] = {FACT_PROCESS, FACT_MATERIAL};
    struct typo_word word = {0};
    for (size_t i = from; i < end; i++)
        typo_word_add(&word, p->v[i].c);
    if (!typo_word_end(&word))
        return false;
    for (int k = 0; k < 2; k++) {
        const struct lookup_entry *e = typo_find(indexes[k], &word);
        if (!e)
            continue;
        struct fact *f = add_fact(p, kinds[k], from, end);
        f->node = e->node;
        f->certainty = 0.7;
        return true;
    }
    return false;
}

void find_typos(struct parser *p)
{
    enum { WORD_MOST = 40 };
    size_t end;
    for (size_t i = 0; i < p->n; i = end) {
        end = i + 1;
        if (!sign_is_letter(p->v[i].c) || p->taken[p->v[i].from])
            continue;
        bool latin = sign_is_latin(p->v[i].c);
        while (end < p->n && sign_is_letter(p->v[end].c) && sign_is_latin(p->v[end].c) == latin &&
               !p->taken[p->v[end].from])
            end++;
        bool alone = !(i && p->taken[p->v[i].from - 1] && sign_is_letter(p->v[i - 1].c));
        if (!alone || end - i > WORD_MOST)
            continue;
        size_t bare = latin ? end : without_particle(p, i, end);
        if (!typo_fact(p, i, end) && bare < end)
            typo_fact(p, i, bare);
    }
}
