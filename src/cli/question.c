#include "cli/question.h"

#include "feature/directory/directory.h"
#include "match/need_read.h"
#include "match/supply_read.h"

#include <stdio.h>

enum { NEED_MAX_BYTES = 1 << 20, SITES_MAX_BYTES = 1 << 30 };

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

static bool load_sites(struct cli *cli, struct db *db, const struct vocab *v, struct supply *supply)
{
    enum status st = directory_load(db, v, (struct str){NULL, 0}, supply);
    if (st != ST_OK)
        cli_refuse(cli->command->name, status_title_en(st));
    return st == ST_OK;
}

/* `db` is NULL when the sites come from a file. */
static int ask(struct cli *cli, struct db *db, int (*answer)(struct cli *cli, const struct cli_question *q))
{
    struct cli_question q = {.vocab = db ? cli_store_vocab(cli, db) : cli_vocab(cli)};
    if (!cli_today(cli, &q.today))
        return EXIT_USAGE;
    if (!read_need(cli, q.vocab, &q.need))
        return EXIT_REFUSED;
    if (db ? !load_sites(cli, db, q.vocab, &q.supply) : !read_sites(cli, q.vocab, &q.supply))
        return EXIT_REFUSED;
    return answer(cli, &q);
}

int cli_with_question(struct cli *cli, int (*answer)(struct cli *cli, const struct cli_question *q))
{
    struct store *store;
    struct day today;
    if (!cli_today(cli, &today))
        return EXIT_USAGE;
    if (cli_flag(cli, "--sites"))
        return ask(cli, NULL, answer);
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    int code = ask(cli, db, answer);
    db_release(db);
    store_close(store);
    return code;
}
