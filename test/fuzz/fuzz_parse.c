/* Any text as a mail: spans lie in order within it and say what stands there; the need is one that need_read takes. */
#include "fuzz/test_fuzz.h"

#include "match/need_read.h"
#include "match/parse.h"

static struct arena lasting;
static struct vocab vocab;
static struct words words;
static struct parse_words known;

static void load_once(void)
{
    struct str why;
    if (vocab.processes.n)
        return;
    arena_init(&lasting, 512U << 20);
    FUZZ_HOLDS(vocab_load(&lasting, embedded_vocab, &vocab, &why) == ST_OK);
    words_build(&lasting, &vocab, &words);
    parse_words_build(&lasting, &vocab, &words, &known);
}

static void check_need(struct arena *a, const struct parse_answer *answer)
{
    struct json need;
    struct json_error error;
    struct need read;
    struct problem_list problems;
    problem_list_init(&problems, a);
    FUZZ_HOLDS(json_parse(a, answer->need, &need, &error) == ST_OK);
    if (!json_get(&need, STR("steps"))->n)
        return;
    enum status st = need_read(a, &vocab, &need, &read, &problems);
    if (st != ST_OK)
        fprintf(stderr, STR_FMT "\n" STR_FMT " %s\n", STR_ARG(answer->need), STR_ARG(problems.v[0].field),
                problem_word(problems.v[0].code));
    FUZZ_HOLDS(st == ST_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    load_once();
    struct str text = str_n((const char *)data, n);
    if (n > 65536 || !utf8_valid(text))
        return 0;
    AUTO_ARENA a;
    struct parse_answer answer;
    struct buf out;
    struct json_out j;
    size_t before = 0;
    arena_init(&a, 512U << 20);
    parse_need(&a, &known, text, (struct day){20779}, &answer);
    for (size_t i = 0; i < answer.spans.n; i++) {
        const struct parse_span *s = &answer.spans.v[i];
        FUZZ_HOLDS(s->from >= before && s->from < s->to && s->to <= answer.text.n && s->value.n && s->field);
        FUZZ_HOLDS(utf8_valid(str_n(answer.text.p + s->from, s->to - s->from)));
        before = s->to;
    }
    check_need(&a, &answer);
    buf_init(&out, 64U << 20);
    jout_init(&j, &out);
    parse_answer_json(&a, &j, &answer);
    FUZZ_HOLDS(buf_status(&out) == ST_OK);
    buf_release(&out);
    return 0;
}
