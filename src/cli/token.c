/* ppuri token: keys of programs that call the API. */
#include "cli/store.h"

#include "core/token.h"

#include <inttypes.h>
#include <stdio.h>

const struct cli_option token_options[] = {
    {"--scope", "SCOPE", "create: what it may do; sites = add and change firms (the default)"},
    {"--days", "N", "create: days until it expires (default 365)"},
    STORE_OPTION,
    {NULL, NULL, NULL},
};

/* The secret alone on standard output, so that a script can take it; the advice beside it. */
static int create(struct cli *cli, struct db *db)
{
    const char *scope = cli_value(cli, "--scope");
    struct token_request request = {str_c(cli->arguments[1]), str_c(scope ? scope : "sites"), 0};
    struct str secret;
    if (!cli_int(cli, "--days", 1, TOKEN_DAYS_MAX, TOKEN_DAYS_DEFAULT, &request.days))
        return EXIT_USAGE;
    if (!token_scope_known(request.scope))
        return cli_usage(cli, "--scope must be sites");
    enum status st = token_create(db, &request, &secret);
    if (st != ST_OK)
        return cli_refuse("token", status_title_en(st));
    printf(STR_FMT "\n", STR_ARG(secret));
    fprintf(stderr, "Keep it safe: it is not stored and cannot be shown again.\n");
    return EXIT_DONE;
}

static int revoke(struct cli *cli, struct db *db)
{
    int64_t id;
    if (!str_to_int(str_c(cli->arguments[1]), &id))
        return cli_usage(cli, "revoke needs the number of a token: ppuri token list");
    enum status st = token_revoke(db, id);
    return st == ST_OK ? EXIT_DONE : cli_refuse(cli->arguments[1], status_title_en(st));
}

static int list(struct cli *cli, struct db *db)
{
    struct token_infos all;
    enum status st = token_list(db, &all);
    if (st != ST_OK)
        return cli_refuse("token", status_title_en(st));
    for (size_t i = 0; i < all.n; i++) {
        const struct token_info *t = &all.v[i];
        const char *state = t->revoked ? "revoked" : t->until_ms <= time_now_ms() ? "expired" : "valid";
        printf("%" PRId64 "  %-7s  " STR_FMT "  until " STR_FMT "  " STR_FMT "\n", t->id, state, STR_ARG(t->scope),
               STR_ARG(time_iso(&cli->arena, t->until_ms)), STR_ARG(t->name));
    }
    return EXIT_DONE;
}

int token_command(struct cli *cli)
{
    static const struct {
        const char *word;
        int arguments;
        int (*run)(struct cli *cli, struct db *db);
    } actions[] = {{"create", 2, create}, {"list", 1, list}, {"revoke", 2, revoke}};
    struct store *store;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(cli->arguments[0], actions[i].word) != 0 || cli->n_arguments != actions[i].arguments)
            continue;
        if (!cli_open_store_to_read(cli, &store))
            return EXIT_REFUSED;
        struct db *db = db_acquire(store, &cli->arena);
        int code = actions[i].run(cli, db);
        db_release(db);
        store_close(store);
        return code;
    }
    return cli_usage(cli, "create NAME, list or revoke ID");
}
