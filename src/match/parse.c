/* The order of looking: words of the vocabularies first, because grades and standards have figures in them; then
 * figures with what stands around them; then words with a typo. */
#include "match/parse.h"

#include <stdlib.h>

#include "match/parse_parts.h"

void parse_words_build(struct arena *a, const struct vocab *v, const struct words *words, struct parse_words *out)
{
    *out = (struct parse_words){.vocab = v, .words = words};
    out->asked = note_words(a, words);
    typo_index_build(a, &words->processes, &out->processes);
    typo_index_build(a, &words->materials, &out->materials);
}

/* The ways to read a figure, in their order, by what it begins with. */
typedef size_t (*figure_way)(struct parser *p, size_t i);

static const figure_way digit_ways[] = {find_hardness, find_roughness, find_tolerance, find_due,
                                        find_size,     find_count,     find_measure,   NULL};
static const figure_way letter_ways[] = {find_standard, find_hardness, find_roughness, find_tolerance, find_thread,
                                         find_due,      NULL};
static const figure_way mark_ways[] = {find_roughness, find_tolerance, find_size, NULL};
static const figure_way no_ways[] = {NULL};

/* Inside a word or a figure nothing begins. */
static const figure_way *ways_at(const struct parser *p, size_t i)
{
    uint32_t c = p->v[i].c, before = i ? p->v[i - 1].c : ' ';
    if (p->taken[p->v[i].from])
        return no_ways;
    if (sign_is_digit(c)) {
        bool fraction = before == '.' && i > 1 && sign_is_digit(p->v[i - 2].c);
        return fraction || sign_is_digit(before) || sign_is_latin(before) ? no_ways : digit_ways;
    }
    if (sign_is_latin(c))
        return sign_is_latin(before) || sign_is_digit(before) ? no_ways : letter_ways;
    if (sign_is_korean(c))
        return sign_is_korean(before) ? no_ways : letter_ways;
    return c == '$' || c == 0xb1 || c == '+' || c == 0x25bd || c == 0x2207 ? mark_ways : no_ways;
}

static void find_figures(struct parser *p)
{
    for (size_t i = 0; i < p->n;) {
        size_t end = 0;
        for (const figure_way *way = ways_at(p, i); *way && !end; way++)
            end = (*way)(p, i);
        i = end > i ? end : i + 1;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

void parse_need(struct arena *a, const struct parse_words *words, struct str text, struct day today,
                struct parse_answer *out)
{
    struct parser p = {.arena = a, .words = words, .today = today, .text = utf8_nfc(a, text), .out = out};
    *out = (struct parse_answer){.text = p.text};
    p.taken = ARENA_ARRAY(a, p.text.n + 1, bool);
    p.lists = ARENA_ARRAY(a, WORD_LISTS_MOST, struct word_list);
    parse_signs(&p);
    find_words(&p);
    find_figures(&p);
    find_plain_count(&p);
    find_typos(&p);
    if (p.facts.n)
        qsort(p.facts.v, p.facts.n, sizeof *p.facts.v, by_place);
    read_contexts(&p);
    write_need(&p);
    list_unread(&p);
}

void parse_answer_json(struct arena *a, struct json_out *j, const struct parse_answer *answer)
{
    struct json need;
    struct json_error error;
    if (json_parse(a, answer->need, &need, &error) != ST_OK)
        return;
    jout_obj(j);
    jout_members(j, &need, (struct str){NULL, 0});
    jout_key_arr(j, "spans");
    for (size_t i = 0; i < answer->spans.n; i++) {
        const struct parse_span *s = &answer->spans.v[i];
        jout_obj(j);
        jout_key_int(j, "from", (int64_t)s->from);
        jout_key_int(j, "to", (int64_t)s->to);
        jout_key_str(j, "text", str_n(answer->text.p + s->from, s->to - s->from));
        jout_key_int(j, "step", (int64_t)s->step);
        jout_key_str(j, "field", str_c(s->field));
        jout_key_str(j, "value", s->value);
        jout_key_real(j, "certainty", s->certainty);
        jout_end(j);
    }
    jout_end(j);
    jout_key_arr(j, "doubts");
    for (size_t i = 0; i < answer->doubts.n; i++) {
        const struct parse_doubt *d = &answer->doubts.v[i];
        jout_obj(j);
        jout_key_int(j, "from", (int64_t)d->from);
        jout_key_int(j, "to", (int64_t)d->to);
        jout_key_str(j, "field", str_c(d->field));
        jout_key_arr(j, "options");
        for (size_t k = 0; k < d->options.n; k++)
            jout_str(j, d->options.v[k]);
        jout_end(j);
        jout_end(j);
    }
    jout_end(j);
    jout_key_arr(j, "unread");
    for (size_t i = 0; i < answer->unread.n; i++)
        jout_str(j, answer->unread.v[i]);
    jout_end(j);
    jout_end(j);
}
