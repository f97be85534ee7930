/* ppuri match: one need against the store, or against the sites of a file. */
#include "cli/question.h"

#include "match/answer_json.h"
#include "match/answer_text.h"
#include "match/index.h"

#include <inttypes.h>
#include <stdio.h>

const struct cli_option match_options[] = {
    STORE_OPTION,
    {"--sites", "FILE", "match these sites (.jsonl) instead of the store"},
    {"--top", "N", "show at most N results a step (default 20)"},
    {"--today", "DATE", "answer as on this day (default: today in Korea)"},
    {"--json", NULL, "print JSON"},
    {"--scan", NULL, "judge every capability, without the index"},
    {"--explain-cost", NULL, "also print on stderr what the answer cost"},
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

static void print_cost(const struct match_cost *cost)
{
    fprintf(stderr,
            "rows_total %" PRIu64 "\nrows_swept %" PRIu64 "\nblocks_swept %" PRIu64 "\nblocks_skipped %" PRIu64
            "\nrows_scored %" PRIu64 "\n",
            cost->rows_total, cost->rows_swept, cost->blocks_swept, cost->blocks_skipped, cost->rows_scored);
}

/* The answer and what it points to live as long as *index, which is NULL for a scan. */
static void find(struct cli *cli, const struct cli_question *q, size_t top, struct match_answer *found,
                 struct match_index **index)
{
    struct match_cost cost = {.rows_total = 0};
    *index = NULL;
    if (cli_flag(cli, "--scan")) {
        match_scan(&cli->arena, q->vocab, &q->need, &q->supply, q->today, top, found);
        for (size_t i = 0; i < q->supply.n; i++)
            cost.rows_total += q->supply.v[i]->capabilities.n * q->need.steps.n;
        cost.rows_swept = cost.rows_scored = cost.rows_total;
    } else {
        *index = match_index_build(q->vocab, &q->supply);
        match_index_answer(&cli->arena, *index, &q->need, q->today, top, found, &cost);
    }
    if (cli_flag(cli, "--explain-cost"))
        print_cost(&cost);
}

static int answer(struct cli *cli, const struct cli_question *q)
{
    int64_t top;
    struct match_answer found;
    struct match_index *index;
    if (!read_top(cli, &top))
        return EXIT_USAGE;
    find(cli, q, (size_t)top, &found, &index);
    print_answer(cli, &found);
    match_index_unref(index);
    return EXIT_DONE;
}

int match_command(struct cli *cli)
{
    int64_t top;
    return read_top(cli, &top) ? cli_with_question(cli, answer) : EXIT_USAGE;
}
