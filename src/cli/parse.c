/* ppuri parse: a need out of plain words. */
#include "cli/store.h"

#include "match/parse.h"

#include <stdio.h>

const struct cli_option parse_options[] = {
    STORE_OPTION,
    {"--today", "DATE", "read dates as on this day (default: today in Korea)"},
    {"--json", NULL, "print JSON"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
    {NULL, NULL, NULL},
};

enum { ANSWER_MAX_BYTES = 64 << 20 };

static bool read_text(struct cli *cli, struct str *out)
{
    const char *path = cli->n_arguments ? cli->arguments[0] : "-";
    if (!cli_read_file(cli, path, PARSE_TEXT_MAX, out))
        return false;
    if (utf8_valid(*out))
        return true;
    cli_refuse(path, "is not valid UTF-8 text");
    return false;
}

static void print_text(struct cli *cli, const struct parse_answer *answer)
{
    for (size_t i = 0; i < answer->spans.n; i++) {
        const struct parse_span *s = &answer->spans.v[i];
        printf("%zu %-14s " STR_FMT "  (%.1f)  " STR_FMT "\n", s->step, s->field, STR_ARG(s->value), s->certainty,
               STR_ARG(str_n(answer->text.p + s->from, s->to - s->from)));
    }
    for (size_t i = 0; i < answer->unread.n; i++)
        printf(cli_korean(cli) ? "읽지 못함: " STR_FMT "\n" : "not understood: " STR_FMT "\n",
               STR_ARG(answer->unread.v[i]));
}

int parse_command(struct cli *cli)
{
    struct day today;
    struct str text;
    struct words words;
    struct parse_words known;
    struct parse_answer answer;
    if (!cli_today(cli, &today))
        return EXIT_USAGE;
    if (!read_text(cli, &text))
        return EXIT_REFUSED;
    const struct vocab *v = cli_vocab(cli);
    words_build(&cli->arena, v, &words);
    parse_words_build(&cli->arena, v, &words, &known);
    parse_need(&cli->arena, &known, text, today, &answer);
    if (!cli_flag(cli, "--json")) {
        print_text(cli, &answer);
        return EXIT_DONE;
    }
    AUTO_BUF out;
    struct json_out j;
    buf_init(&out, ANSWER_MAX_BYTES);
    jout_init(&j, &out);
    parse_answer_json(&cli->arena, &j, &answer);
    buf_add_byte(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_DONE;
}
