/*
 * Reads a product list piece by piece. In a piece the last noun says what the thing is, so a process word counts only
 * when nothing but known endings follows it. Costs O(length x longest word x rules); the texts are short.
 */
#include "feature/directory/infer.h"

#include "feature/directory/infer_text.h"

enum { SHORT_WORD_BYTES = 4, TWO_SYLLABLES_BYTES = 6 };

struct reader {
    const struct infer *in;
    struct arena *arena;
    struct lookup_text text;
    struct pieces pieces;
    bool maker; /* the industry makes things, or is not known */
    struct inferred_list *out;
};

/* Cuts the longest rule word of a kind off the end of *s. */
static bool cut_ending(const struct infer *in, enum infer_kind kind, struct str *s)
{
    const struct infer_rules *rules = &in->rules[kind];
    size_t longest = 0;
    for (size_t i = 0; i < rules->n; i++)
        if (rules->v[i].word.n > longest && str_ends(*s, rules->v[i].word))
            longest = rules->v[i].word.n;
    s->n -= longest;
    return longest > 0;
}

/* Cuts the longest ending that may follow a process off the beginning of *s. */
static bool cut_tail(const struct infer *in, uint32_t process, struct str *s)
{
    static const enum infer_kind kinds[] = {INFER_TAIL, INFER_PLAIN, INFER_MAKE, INFER_TRADE};
    size_t longest = 0;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        const struct infer_rules *rules = &in->rules[kinds[k]];
        for (size_t i = 0; i < rules->n; i++)
            if (rules->v[i].word.n > longest && str_starts(*s, rules->v[i].word) &&
                infer_rule_holds(in, &rules->v[i], process))
                longest = rules->v[i].word.n;
    }
    *s = str_drop(*s, longest);
    return longest > 0;
}

static void read_verbs(struct reader *r, struct piece *p)
{
    struct str s = utf8_fold_tight(r->arena, str_n(r->text.text.p + p->from, p->to - p->from));
    for (bool more = true; more && s.n;) {
        if (cut_ending(r->in, INFER_MAKE, &s))
            p->verbs |= VERB_MAKE;
        else if (cut_ending(r->in, INFER_TRADE, &s))
            p->verbs |= VERB_TRADE;
        else
            more = cut_ending(r->in, INFER_PLAIN, &s);
    }
    p->only_verbs = s.n == 0;
    p->heads_machine = cut_ending(r->in, INFER_MACHINE, &s);
}

/* "A, B making, selling / C selling": a verb holds for the pieces before it, back to the last that has its own. */
static void spread_verbs(struct reader *r)
{
    unsigned verbs = 0;
    bool open = false;
    for (size_t i = r->pieces.n; i-- > 0;) {
        struct piece *p = &r->pieces.v[i];
        read_verbs(r, p);
        if (p->depth)
            continue;
        if (p->closed == BREAK_CLAUSE) {
            verbs = 0;
            open = false;
        }
        if (p->only_verbs || p->verbs)
            verbs = p->verbs | (open ? verbs : 0);
        open = p->only_verbs;
        p->verbs_for_it = verbs;
    }
    for (size_t i = 1; i < r->pieces.n; i++)
        if (r->pieces.v[i].depth)
            r->pieces.v[i].verbs_for_it = r->pieces.v[i - 1].verbs_for_it;
}

/* What follows byte `from` of piece i up to the end of its phrase, brackets left out, folded. */
static struct str rest_of_phrase(const struct reader *r, size_t i, size_t from)
{
    struct str rest = str_n(r->text.text.p + from, r->pieces.v[i].to - from);
    for (size_t k; (k = piece_after_bracket(&r->pieces, i)) < r->pieces.n; i = k) {
        struct str more = str_n(r->text.text.p + r->pieces.v[k].from, r->pieces.v[k].to - r->pieces.v[k].from);
        rest = arena_printf(r->arena, STR_FMT STR_FMT, STR_ARG(rest), STR_ARG(more));
    }
    return utf8_fold_tight(r->arena, rest);
}

/* "washing, etching equipment": the pieces after i that are bare names too lead to one that is a machine. */
static bool leads_to_machine(const struct reader *r, size_t i)
{
    const struct pieces *p = &r->pieces;
    for (size_t k = i + 1; k < p->n && p->v[k].depth == p->v[i].depth && p->v[k].opened != BREAK_CLOSE; k++) {
        struct lookup_hit hit;
        if (p->v[k].only_verbs)
            return false;
        if (p->v[k].heads_machine)
            return true;
        if (!lookup_exact(&r->in->processes, r->arena, str_n(r->text.text.p + p->v[k].from, p->v[k].to - p->v[k].from),
                          &hit))
            return false;
    }
    return false;
}

static bool is_hangul_before(struct str s, size_t i)
{
    if (i < 3)
        return false;
    size_t n;
    uint32_t c = utf8_next(str_drop(s, i - 3), &n);
    return n == 3 && c >= 0xac00 && c <= 0xd7a3;
}

/* The word is one that says enough, written so that it can be this word. */
static bool word_counts(const struct reader *r, const struct lookup_hit *hit)
{
    const struct infer *in = r->in;
    bool ascii = (unsigned char)hit->key.p[0] < 0x80 && (unsigned char)hit->key.p[hit->key.n - 1] < 0x80;
    if (hit->shared || hit->kind == LOOKUP_CODE || infer_rule_find(in, INFER_NEVER, hit->key, hit->node))
        return false;
    for (size_t i = 0; i < in->rules[INFER_NEVER].n; i++)
        if (!in->rules[INFER_NEVER].v[i].word.n && infer_rule_holds(in, &in->rules[INFER_NEVER].v[i], hit->node))
            return false;
    if (ascii && hit->key.n <= SHORT_WORD_BYTES)
        return infer_rule_find(in, INFER_SHORT, hit->key, hit->node) != NULL;
    if (ascii || hit->key.n > TWO_SYLLABLES_BYTES || !is_hangul_before(r->text.text, hit->from))
        return true;
    return infer_rule_find(in, INFER_INSIDE, hit->key, hit->node) != NULL;
}

static bool turned_off_before(const struct reader *r, const struct piece *p, const struct lookup_hit *hit)
{
    const struct infer_rules *rules = &r->in->rules[INFER_AFTER];
    struct str before = utf8_fold_tight(r->arena, str_n(r->text.text.p + p->from, hit->from - p->from));
    for (size_t i = 0; i < rules->n; i++) {
        bool single = rules->v[i].word.n == 3;
        bool there = single ? str_ends(before, rules->v[i].word) : str_find(before, rules->v[i].word) >= 0;
        if (there && infer_rule_holds(r->in, &rules->v[i], hit->node))
            return true;
    }
    return false;
}

static bool phrase_counts(const struct reader *r, size_t i, const struct lookup_hit *hit)
{
    struct str rest = rest_of_phrase(r, i, hit->to);
    struct str word = hit->key;
    bool is_thing = cut_ending(r->in, INFER_TAIL, &word) || !infer_rule_find(r->in, INFER_DEED, STR(""), hit->node);
    bool bare = rest.n == 0 && !is_thing;
    while (rest.n && cut_tail(r->in, hit->node, &rest))
        ;
    return !rest.n && !turned_off_before(r, &r->pieces.v[i], hit) && !(bare && leads_to_machine(r, i));
}

/* Industries named as "for X" between the beginning of the piece and the hit. */
static void read_industries(const struct reader *r, const struct piece *p, const struct lookup_hit *hit,
                            struct inferred *out)
{
    struct lookup_hit industry;
    size_t at = p->from;
    out->industries = ARENA_ARRAY(r->arena, r->in->vocab->industries.n, uint32_t);
    while (lookup_find_next(&r->in->industries, &r->text, at, &industry) && industry.to <= hit->from) {
        bool is_for = str_starts(str_drop(r->text.text, industry.to), STR("용"));
        for (size_t i = 0; i < out->n_industries; i++)
            is_for &= out->industries[i] != industry.node;
        if (is_for && !industry.shared)
            out->industries[out->n_industries++] = industry.node;
        at = industry.to;
    }
}

static void add(struct reader *r, const struct piece *p, const struct lookup_hit *hit)
{
    const struct infer_rule *as = infer_rule_find(r->in, INFER_AS, hit->key, NODE_NONE);
    uint32_t process = as ? as->process[0] : hit->node;
    for (size_t i = 0; i < r->out->n; i++)
        if (r->out->v[i].process == process)
            return;
    struct inferred *found = VEC_ADD(r->arena, r->out);
    *found = (struct inferred){.process = process, .from = hit->from, .to = hit->to};
    found->words = str_n(r->text.text.p + hit->from, hit->to - hit->from);
    read_industries(r, p, hit, found);
}

/* The firm makes or does this, as far as the words around it and its industry say. */
static bool may_do(const struct reader *r, const struct piece *p, const struct lookup_hit *hit)
{
    bool trades_only = p->verbs_for_it == VERB_TRADE || p->verbs == VERB_TRADE;
    bool says_so = p->verbs_for_it & VERB_MAKE;
    if (trades_only || (!says_so && infer_rule_find(r->in, INFER_SAID, hit->key, hit->node)))
        return false;
    return says_so || r->maker || infer_rule_find(r->in, INFER_SERVICE, STR(""), hit->node);
}

static void read_piece(struct reader *r, size_t i)
{
    const struct piece *p = &r->pieces.v[i];
    struct lookup_hit hit;
    size_t at = p->from, n;
    while (at < p->to && lookup_find_next(&r->in->processes, &r->text, at, &hit) && hit.from < p->to) {
        if (hit.to <= p->to && word_counts(r, &hit) && may_do(r, p, &hit) && phrase_counts(r, i, &hit)) {
            add(r, p, &hit);
            return;
        }
        utf8_next(str_drop(r->text.text, hit.from), &n);
        at = hit.from + n;
    }
}

static bool industry_says(const struct infer *in, enum infer_kind kind, struct str folded)
{
    for (size_t i = 0; i < in->rules[kind].n; i++)
        if (str_find(folded, in->rules[kind].v[i].word) >= 0)
            return true;
    return false;
}

/* Whole characters only. */
static struct str read_part(struct str s)
{
    size_t n = s.n < INFER_READ_BYTES_MAX ? s.n : INFER_READ_BYTES_MAX;
    while (n && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return str_n(s.p, n);
}

void infer_processes(const struct infer *in, struct arena *a, struct str products, struct str industry,
                     struct inferred_list *out)
{
    *out = (struct inferred_list){NULL, 0, 0};
    struct str folded = utf8_fold_tight(a, industry);
    struct reader r = {.in = in, .arena = a, .out = out};
    r.maker = !folded.n || industry_says(in, INFER_MAKER, folded);
    lookup_prepare(a, read_part(products), &r.text);
    pieces_cut(a, r.text.text, &r.pieces);
    spread_verbs(&r);
    for (size_t i = 0; i < r.pieces.n && !industry_says(in, INFER_OTHER, folded); i++)
        if (!r.pieces.v[i].only_verbs)
            read_piece(&r, i);
    const struct infer_rule *rule = infer_rule_find(in, INFER_INDUSTRY, folded, NODE_NONE);
    bool known = !rule;
    for (size_t i = 0; i < out->n && rule; i++)
        known |= tree_below(&in->vocab->processes, out->v[i].process, rule->process[0]);
    if (!known)
        VEC_PUSH(a, out,
                 ((struct inferred){
                     .process = rule->process[0], .words = industry, .to = industry.n, .from_industry = true}));
}
