/* ppuri import sites|needs FILE: each good line is stored, each bad one is reported with line, field and reason. */
#include "cli/store.h"

#include "feature/directory/directory.h"
#include "feature/need/need_store.h"

#include <stdio.h>

const struct cli_option import_options[] = {
    STORE_OPTION,
    {"--all-or-nothing", NULL, "store nothing when any line is bad"},
    {"--complete", NULL, "the file is the whole list of its source: end what it no longer has"},
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

static void print_duplicate(void *arg, const struct duplicate *d)
{
    static const char *const en[] = {"the same registration number", "the same name but for legal forms",
                                     "one site twice"};
    static const char *const ko[] = {"같은 등록번호", "법인 표기를 빼면 같은 이름", "같은 사업장이 두 번"};
    struct cli *cli = arg;
    bool korean = cli_korean(cli);
    fprintf(stderr, "%s: %s: %s: " STR_FMT " " STR_FMT " / " STR_FMT " " STR_FMT "\n", cli->arguments[1],
            korean ? "경고" : "warning", korean ? ko[d->kind] : en[d->kind], STR_ARG(d->ref[0]), STR_ARG(d->name[0]),
            STR_ARG(d->ref[1]), STR_ARG(d->name[1]));
}

static void print_counts(const struct cli *cli, const struct import_report *r, const char *what)
{
    printf("%s: %zu added, %zu changed, %zu same, %zu gone, %zu bad lines", what, r->count[SAVE_ADDED],
           r->count[SAVE_CHANGED], r->count[SAVE_SAME], r->gone, r->bad_lines);
    if (r->capabilities || r->ended_capabilities)
        printf("; %zu capabilities, %zu ended", r->capabilities, r->ended_capabilities);
    if (r->ended)
        printf("; the gone %s were ended", what);
    else if (r->gone && cli_flag(cli, "--complete"))
        printf("; nothing gone was ended because of the bad lines");
    putchar('\n');
}

static int finish(struct cli *cli, enum status st, const struct import_report *r, const char *what)
{
    if (st != ST_OK) {
        fprintf(stderr, "ppuri: %s: nothing was stored: %s\n", cli->arguments[1], status_title_en(st));
        return EXIT_REFUSED;
    }
    print_counts(cli, r, what);
    return r->bad_lines ? EXIT_REFUSED : EXIT_DONE;
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
    struct import_options options = {
        .vocab = cli_store_vocab(cli, db),
        .all_or_nothing = cli_flag(cli, "--all-or-nothing"),
        .report = &report,
        .complete = cli_flag(cli, "--complete"),
        .duplicate = print_duplicate,
        .duplicate_arg = cli,
    };
    struct infer infer;
    struct import_report result = {0};
    struct str why;
    enum status st = infer_load(&cli->arena, options.vocab, embedded_vocab, &infer, &why);
    options.infer = &infer;
    if (st != ST_OK)
        cli_refuse("inference rules", arena_c(&cli->arena, why));
    else
        st = sites ? directory_import(db, text, &options, &result) : need_import(db, text, &options, &result);
    int code = finish(cli, st, &result, cli->arguments[0]);
    db_release(db);
    store_close(store);
    return code;
}
