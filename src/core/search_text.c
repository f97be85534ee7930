/*
 * Texts as signs and pairs of signs. A token is two code points of 21 bits; a single sign has 0 as its second. Initial
 * consonants of a run of syllables are tokens of their own, in the letters that the keyboard's are folded to.
 */
#include "core/search.h"

#include "base/utf8.h"
#include "core/search_token.h"

enum { SYLLABLE = 0xac00, SYLLABLES = 11172, OF_ONE_INITIAL = 588, INITIAL = 0x1100, INITIALS = 19 };

static bool is_initial(uint32_t c)
{
    return c >= INITIAL && c < INITIAL + INITIALS;
}

uint32_t search_initial(uint32_t c)
{
    return c >= SYLLABLE && c < SYLLABLE + SYLLABLES ? INITIAL + (c - SYLLABLE) / OF_ONE_INITIAL : c;
}

int64_t search_token(uint32_t first, uint32_t second)
{
    return (int64_t)first << 21 | second;
}

struct str search_fold(struct arena *a, const struct str_list *pieces)
{
    VEC(char) out = {NULL, 0, 0};
    for (size_t i = 0; i < pieces->n; i++) {
        struct str piece = utf8_fold_tight(a, pieces->v[i]);
        if (!piece.n || out.n + piece.n + 1 > SEARCH_FIELD_BYTES_MAX)
            continue;
        if (out.n)
            VEC_PUSH(a, &out, '\n');
        for (size_t k = 0; k < piece.n; k++)
            VEC_PUSH(a, &out, piece.p[k]);
    }
    return out.n ? str_n(out.v, out.n) : STR("");
}

enum status search_words_read(struct arena *a, struct str text, struct search_words *out)
{
    struct str rest = text, word;
    out->n = 0;
    while (str_next_word(&rest, &word)) {
        struct str folded = utf8_fold_tight(a, word);
        if (!folded.n)
            continue;
        if (out->n == SEARCH_WORDS_MAX || utf8_length(folded) > SEARCH_WORD_CHARS_MAX)
            return ST_TOO_LARGE;
        out->v[out->n++] = folded;
    }
    return ST_OK;
}

/* U+1100 .. U+113F begin with these two bytes, and of them folded texts hold the initials alone. */
static bool has_initials(struct str word)
{
    return str_find(word, STR("\xe1\x84")) >= 0;
}

void search_word_tokens(struct arena *a, struct str word, struct search_tokens *out)
{
    bool initials = has_initials(word), mixed = false;
    uint32_t before = 0;
    *out = (struct search_tokens){.v = NULL};
    for (size_t i = 0, n; i < word.n; i += n) {
        uint32_t c = utf8_next(str_drop(word, i), &n);
        mixed |= initials && !is_initial(c);
        if (initials)
            c = search_initial(c);
        if (before)
            VEC_PUSH(a, out, search_token(before, c));
        before = c;
    }
    if (!out->n && before)
        VEC_PUSH(a, out, search_token(before, 0));
    out->whole = out->n == 1 && !mixed;
}

/* Bytes of the text that the word covers from its start, 0: it does not stand there. An initial stands for any syllable
 * with it. */
static size_t covers(struct str text, struct str word)
{
    size_t t = 0;
    for (size_t w = 0, n, m; w < word.n; w += n, t += m) {
        if (t >= text.n)
            return 0;
        uint32_t asked = utf8_next(str_drop(word, w), &n), there = utf8_next(str_drop(text, t), &m);
        if (asked != there && (!is_initial(asked) || search_initial(there) != asked))
            return 0;
    }
    return t;
}

int64_t search_begin_rank(struct str piece, struct str word)
{
    size_t at = has_initials(word) ? covers(piece, word) : str_starts(piece, word) ? word.n : 0;
    return !at ? -1 : at == piece.n ? 0 : 1;
}

int64_t search_rank_in_piece(struct str piece, struct str word)
{
    int64_t begin = search_begin_rank(piece, word);
    if (begin >= 0)
        return begin;
    /* Without initials signs are compared as bytes: UTF-8 has no sign inside of another. */
    if (!has_initials(word))
        return str_find(piece, word) >= 0 ? 2 : -1;
    for (size_t i = 0, n; i < piece.n; i += n) {
        utf8_next(str_drop(piece, i), &n);
        if (covers(str_drop(piece, i), word))
            return 2;
    }
    return -1;
}

int64_t search_rank(const struct str fold[SEARCH_FIELDS], struct str word)
{
    for (int f = 0; f < SEARCH_FIELDS; f++) {
        struct str rest = fold[f], piece;
        int64_t best = -1;
        while (rest.n && str_next(&rest, '\n', &piece)) {
            int64_t r = search_rank_in_piece(piece, word);
            if (r >= 0 && (best < 0 || r < best))
                best = r;
        }
        if (best >= 0)
            return 3 * f + best;
    }
    return -1;
}

static void mark_word(struct arena *a, const struct utf8_folded *f, struct str word, struct search_spans *out)
{
    for (size_t i = 0, n; i < f->text.n; i += n) {
        size_t len = covers(str_drop(f->text, i), word);
        utf8_next(str_drop(f->text, i), &n);
        if (!len)
            continue;
        VEC_PUSH(a, out, ((struct search_span){f->from[i], f->to[i + len - 1]}));
        n = len;
    }
}

static void sort_and_join(struct search_spans *s)
{
    for (size_t i = 1; i < s->n; i++)
        for (size_t k = i; k && s->v[k].from < s->v[k - 1].from; k--) {
            struct search_span swap = s->v[k];
            s->v[k] = s->v[k - 1];
            s->v[k - 1] = swap;
        }
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (kept && s->v[i].from <= s->v[kept - 1].to) {
            if (s->v[i].to > s->v[kept - 1].to)
                s->v[kept - 1].to = s->v[i].to;
        } else {
            s->v[kept++] = s->v[i];
        }
    }
    s->n = kept;
}

void search_mark(struct arena *a, struct str shown, const struct search_words *words, struct search_spans *out)
{
    struct utf8_folded folded;
    utf8_fold_tight_map(a, shown, &folded);
    *out = (struct search_spans){NULL, 0, 0};
    for (size_t i = 0; i < words->n; i++)
        mark_word(a, &folded, words->v[i], out);
    sort_and_join(out);
}
