/* ppuri chain: the best chains of firms for the steps of one need. */
#include "cli/question.h"

#include "match/chain_write.h"

#include <stdio.h>

const struct cli_option chain_options[] = {
    STORE_OPTION,
    {"--sites", "FILE", "choose among these sites (.jsonl) instead of the store"},
    {"--k", "N", "show at most N chains, 0 to 100 (default 10)"},
    {"--objective", "WORD", "blend, cost, time, carbon, score or firms (default blend)"},
    {"--brute", NULL, "go through all chains instead of searching; the same answer"},
    {"--limit-ms", "N", "longest search in milliseconds (default 300); then the best found so far"},
    {"--today", "DATE", "answer as on this day (default: today in Korea)"},
    {"--json", NULL, "print JSON"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
    {NULL, NULL, NULL},
};

enum { ANSWER_MAX_BYTES = 1 << 30, LIMIT_MS_MAX = 600000 };

static void print_answer(struct cli *cli, const struct chain_answer *found)
{
    AUTO_BUF out;
    buf_init(&out, ANSWER_MAX_BYTES);
    if (cli_flag(cli, "--json")) {
        struct json_out j;
        jout_init(&j, &out);
        chain_answer_json(&cli->arena, &j, found);
        buf_add_byte(&out, '\n');
    } else {
        chain_answer_text(&cli->arena, &out, found, cli_korean(cli));
    }
    fwrite(out.p, 1, out.n, stdout);
}

static int read_options(struct cli *cli, struct chain_request *request)
{
    const char *objective = cli_value(cli, "--objective");
    int64_t k;
    if (!cli_int(cli, "--k", 0, CHAIN_K_MAX, CHAIN_K_DEFAULT, &k) ||
        !cli_int(cli, "--limit-ms", 1, LIMIT_MS_MAX, CHAIN_LIMIT_MS_DEFAULT, &request->limit_ms))
        return EXIT_USAGE;
    if (objective && !chain_objective_by_word(str_c(objective), &request->objective))
        return cli_usage(cli, "--objective must be blend, cost, time, carbon, score or firms");
    request->k = (size_t)k;
    request->brute = cli_flag(cli, "--brute");
    return EXIT_DONE;
}

static int answer(struct cli *cli, const struct cli_question *q)
{
    struct chain_request request = {.vocab = q->vocab, .need = &q->need, .today = q->today};
    struct chain_answer found;
    int code = read_options(cli, &request);
    if (code != EXIT_DONE)
        return code;
    chain_candidates(&cli->arena, &request, &q->supply);
    if (chain_find(&cli->arena, &request, &found) != ST_OK)
        return cli_refuse("chain", "there are too many chains to go through all of them: leave out --brute");
    print_answer(cli, &found);
    return EXIT_DONE;
}

int chain_command(struct cli *cli)
{
    struct chain_request request = {0};
    int code = read_options(cli, &request);
    return code == EXIT_DONE ? cli_with_question(cli, answer) : code;
}
