/* Settings and store of a command. */
#include "cli/open.h"

#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

static bool print_problems(struct cli *cli, enum status st, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->n; i++)
        cli_print_problem(cli, "ppuri: setting", &problems->v[i]);
    if (st != ST_OK && !problems->n)
        cli_refuse("settings", status_title_en(st));
    return st == ST_OK;
}

bool cli_settings(struct cli *cli, struct settings *out)
{
    struct problem_list problems;
    problem_list_init(&problems, &cli->arena);
    struct setting_sources from = {&cli->settings, environ};
    enum status st = settings_load(&cli->arena, &from, out, &problems);
    log_set_level((enum log_level)out->log_level);
    return print_problems(cli, st, &problems);
}

static bool is_postgres(struct str url)
{
    return str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://"));
}

bool cli_store_exists(struct cli *cli, const struct settings *s)
{
    return is_postgres(s->db) || access(arena_c(&cli->arena, s->db), F_OK) == 0;
}

static bool stored_settings(struct cli *cli, struct store *store, struct settings *s)
{
    struct problem_list problems;
    problem_list_init(&problems, &cli->arena);
    struct db *db = db_acquire(store, &cli->arena);
    enum status st = settings_load_stored(db, s, &problems);
    db_release(db);
    return print_problems(cli, st, &problems);
}

static bool ready(struct store *store, enum cli_store how)
{
    int pending = 0;
    enum status st = how == CLI_STORE_WRITE ? store_migrate(store, embedded_migrations, NULL)
                                            : store_pending(store, embedded_migrations, &pending);
    if (st != ST_OK)
        cli_refuse("store", status_title_en(st));
    else if (pending)
        fprintf(stderr, "ppuri: store: %d migrations are missing; ppuri serve applies them\n", pending);
    return st == ST_OK && !pending;
}

/* A PostgreSQL address may hold a password, so it is never shown. */
static const char *shown_name(struct cli *cli, const struct settings *s)
{
    return is_postgres(s->db) ? "PostgreSQL" : arena_c(&cli->arena, s->db);
}

struct store *cli_store_open(struct cli *cli, struct settings *s, enum cli_store how)
{
    struct store *store;
    struct store_options options = settings_store_options(s);
    options.skip_check = true;
    if (how == CLI_STORE_READ && !cli_store_exists(cli, s)) {
        cli_refuse(shown_name(cli, s), "there is no such store");
        return NULL;
    }
    enum status st = store_open(arena_c(&cli->arena, s->db), &options, &store);
    if (st != ST_OK) {
        cli_refuse(shown_name(cli, s), status_title_en(st));
        return NULL;
    }
    if (ready(store, how) && stored_settings(cli, store, s))
        return store;
    store_close(store);
    return NULL;
}
