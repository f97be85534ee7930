/* ppuri import sites|needs FILE: each good line is stored, each bad one is reported with line, field and reason. */
#include "cli/store.h"

#include "feature/directory/directory.h"
#include "feature/need/need_store.h"

#include <stdio.h>

const struct cli_option import_options[] = {
    STORE_OPTION,
    {"--all-or-nothing", NULL, "store nothing when any line is bad"},
    {"--lang", "ko|en", "language of the reasons (default: from the locale)"},
    {NULL, NULL, NULL},
};

enum { IMPORT_MAX_BYTES = 1 << 30 };

static void print_bad_line(void *arg, size_t line, const struct problem *problem)
{
    struct cli *cli = arg;
    struct str where = arena_printf(&cli->arena, "%s line %zu", cli->arguments[1], line);
    cli_print_problem(cli, where.p, problem);
}

static int finish(struct cli *cli, enum status st, const struct import_report *r, const char *what)
{
    if (st != ST_OK) {
        fprintf(stderr, "ppuri: %s: nothing was stored: %s\n", cli->arguments[1], status_title_en(st));
        return EXIT_REFUSED;
    }
    printf("%s: %zu added, %zu changed, %zu same, %zu bad lines", what, r->count[SAVE_ADDED], r->count[SAVE_CHANGED],
           r->count[SAVE_SAME], r->bad_lines);
    if (r->capabilities)
        printf("; %zu capabilities", r->capabilities);
    putchar('\n');
    return r->bad_lines ? EXIT_REFUSED : EXIT_DONE;
}

static int import_sites(struct cli *cli, struct db *db, struct str text, const struct line_report *report)
{
    const struct vocab *v = cli_store_vocab(cli, db);
    struct infer infer;
    struct str why;
    if (infer_load(&cli->arena, v, embedded_vocab, &infer, &why) != ST_OK)
        return cli_refuse("inference rules", arena_c(&cli->arena, why));
    struct import_options options = {v, &infer, cli_flag(cli, "--all-or-nothing"), report};
    struct import_report result;
    enum status st = directory_import(db, text, &options, &result);
    return finish(cli, st, &result, "sites");
}

static int import_needs(struct cli *cli, struct db *db, struct str text, const struct line_report *report)
{
    const struct vocab *v = cli_store_vocab(cli, db);
    struct import_options options = {v, NULL, cli_flag(cli, "--all-or-nothing"), report};
    struct import_report result;
    enum status st = need_import(db, text, &options, &result);
    return finish(cli, st, &result, "needs");
}

int import_command(struct cli *cli)
{
    bool sites = strcmp(cli->arguments[0], "sites") == 0, needs = strcmp(cli->arguments[0], "needs") == 0;
    struct str text;
    struct store *store;
    if (!sites && !needs)
        return cli_usage(cli, "import what? sites or needs");
    if (!cli_read_file(cli, cli->arguments[1], IMPORT_MAX_BYTES, &text) || !cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    struct line_report report = {print_bad_line, cli};
    int code = sites ? import_sites(cli, db, text, &report) : import_needs(cli, db, text, &report);
    db_release(db);
    store_close(store);
    return code;
}
