/* ppuri match: one need against the store, or against the sites of a file. */
#include "cli/store.h"

#include "feature/directory/directory.h"
#include "match/answer_json.h"
#include "match/answer_text.h"
#include "match/need_read.h"
#include "match/supply_read.h"

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

enum { NEED_MAX_BYTES = 1 << 20, SITES_MAX_BYTES = 1 << 30, ANSWER_MAX_BYTES = 1 << 30 };

struct bad_line {
    struct cli *cli;
    const char *path;
};

static void print_bad_line(void *arg, size_t line, const struct problem *problem)
{
    const struct bad_line *b = arg;
    struct str where = arena_printf(&b->cli->arena, "%s line %zu", b->path, line);
    cli_print_problem(b->cli, where.p, problem);
}

static bool read_need(struct cli *cli, const struct vocab *v, struct need *need)
{
    const char *path = cli->arguments[0];
    struct str text;
    if (!cli_read_file(cli, path, NEED_MAX_BYTES, &text))
        return false;
    struct problem_list problems;
    problem_list_init(&problems, &cli->arena);
    if (need_read_text(&cli->arena, v, text, need, &problems) == ST_OK)
        return true;
    for (size_t i = 0; i < problems.n; i++)
        cli_print_problem(cli, path, &problems.v[i]);
    return false;
}

static bool read_sites(struct cli *cli, const struct vocab *v, struct supply *supply)
{
    const char *path = cli_value(cli, "--sites");
    struct str text;
    if (!cli_read_file(cli, path, SITES_MAX_BYTES, &text))
        return false;
    struct bad_line context = {cli, path};
    struct line_report report = {print_bad_line, &context};
    size_t bad_lines;
    supply_read_lines(&cli->arena, v, text, &report, supply, &bad_lines);
    supply_fill_refs(&cli->arena, supply);
    if (bad_lines)
        fprintf(stderr, "%s: %zu bad lines were left out\n", path, bad_lines);
    return true;
}

static bool load_sites(struct db *db, const struct vocab *v, struct supply *supply)
{
    enum status st = directory_load(db, v, (struct str){NULL, 0}, supply);
    if (st != ST_OK)
        cli_refuse("match", status_title_en(st));
    return st == ST_OK;
}

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

/* `db` is NULL when the sites come from a file. */
static int answer(struct cli *cli, struct db *db, struct day today, size_t top)
{
    const struct vocab *v = db ? cli_store_vocab(cli, db) : cli_vocab(cli);
    struct need need;
    struct supply supply = {NULL, 0, 0};
    if (!read_need(cli, v, &need))
        return EXIT_REFUSED;
    if (db ? !load_sites(db, v, &supply) : !read_sites(cli, v, &supply))
        return EXIT_REFUSED;
    struct match_answer found;
    match_scan(&cli->arena, v, &need, &supply, today, top, &found);
    print_answer(cli, &found);
    return EXIT_DONE;
}

int match_command(struct cli *cli)
{
    int64_t top;
    struct day today;
    struct store *store;
    if (!cli_int(cli, "--top", 0, 1000000, 20, &top) || !cli_today(cli, &today))
        return EXIT_USAGE;
    if (cli_flag(cli, "--sites"))
        return answer(cli, NULL, today, (size_t)top);
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    int code = answer(cli, db, today, (size_t)top);
    db_release(db);
    store_close(store);
    return code;
}
