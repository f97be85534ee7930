/* ppuri match: one need against the store, or against the sites of a file. */
#include "cli/question.h"

#include "match/answer_json.h"
#include "match/answer_text.h"

#include <stdio.h>

const struct cli_option match_options[] = {
    STORE_OPTION,
    {"--sites", "FILE", "match these sites (.jsonl) instead of the store"},
    {"--top", "N", "show at most N results a step (default 20)"},
    {"--today", "DATE", "answer as on this day (default: today in Korea)"},
    {"--json", NULL, "print JSON"},
    {"--scan", NULL, "judge every capability, without the index"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
    {NULL, NULL, NULL},
};

enum { ANSWER_MAX_BYTES = 1 << 30 };

static void print_answer(struct cli *cli, const struct match_answer *answer)
{
    AUTO_BUF out;
    buf_init(&out, ANSWER_MAX_BYTES);
    if (cli_flag(cli, "--json")) {
        struct json_out j;
        jout_init(&j, &out);
        match_answer_json(&cli->arena, &j, answer, cli_korean(cli));
        buf_add_byte(&out, '\n');
    } else {
        match_answer_text(&cli->arena, &out, answer, cli_korean(cli));
    }
    fwrite(out.p, 1, out.n, stdout);
}

static bool read_top(struct cli *cli, int64_t *top)
{
    return cli_int(cli, "--top", 0, 1000000, 20, top);
}

static int answer(struct cli *cli, const struct cli_question *q)
{
    int64_t top;
    struct match_answer found;
    if (!read_top(cli, &top))
        return EXIT_USAGE;
    match_scan(&cli->arena, q->vocab, &q->need, &q->supply, q->today, (size_t)top, &found);
    print_answer(cli, &found);
    return EXIT_DONE;
}

int match_command(struct cli *cli)
{
    int64_t top;
    return read_top(cli, &top) ? cli_with_question(cli, answer) : EXIT_USAGE;
}
