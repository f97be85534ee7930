/* Loads the settings once and opens the store with its reasons for people. A store's address may hold a password: never
 * shown. */
#include "cli/store.h"

#include "base/log.h"
#include "feature/vocabulary/overlay_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool print_problems(struct cli *cli, enum status st, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->n; i++)
        cli_print_problem(cli, "ppuri: setting", &problems->v[i]);
    if (st != ST_OK && !problems->n)
        cli_refuse("settings", status_title_en(st));
    return st == ST_OK;
}

const struct settings *cli_settings(struct cli *cli)
{
    if (cli->loaded)
        return cli->loaded;
    struct problem_list problems;
    problem_list_init(&problems, &cli->arena);
    struct settings *s = ARENA_NEW(&cli->arena, struct settings);
    enum status st = settings_load(&cli->arena, &(struct setting_sources){&cli->settings, environ}, s, &problems);
    if (!print_problems(cli, st, &problems))
        return NULL;
    log_set_level((enum log_level)s->log_level);
    return cli->loaded = s;
}

static bool is_url(struct str db)
{
    return str_starts(db, STR("postgres://")) || str_starts(db, STR("postgresql://"));
}

bool cli_store_is_there(struct cli *cli, const struct settings *s)
{
    return is_url(s->db) || access(arena_c(&cli->arena, s->db), F_OK) == 0;
}

static const char *shown_name(struct cli *cli, const struct settings *s)
{
    return is_url(s->db) ? "PostgreSQL" : arena_c(&cli->arena, s->db);
}

static bool take_stored(struct cli *cli, struct store *store)
{
    struct problem_list problems;
    problem_list_init(&problems, &cli->arena);
    struct db *db = db_acquire(store, &cli->arena);
    enum status st = settings_load_stored(db, cli->loaded, &problems);
    db_release(db);
    return print_problems(cli, st, &problems);
}

static enum status check_schema(struct cli *cli, struct store *store)
{
    int pending;
    TRY(store_pending(store, embedded_migrations, &pending));
    if (!pending)
        return ST_OK;
    cli_refuse(shown_name(cli, cli->loaded),
               "the store is older than this program; bring it up to date with: ppuri migrate");
    return ST_CONFLICT;
}

static bool open_store(struct cli *cli, bool migrate, struct store **out)
{
    const struct settings *s = cli->loaded;
    struct store_options options = settings_store_options(s);
    options.skip_check = !migrate;
    enum status st = store_open(arena_c(&cli->arena, s->db), &options, out);
    if (st != ST_OK) {
        cli_refuse(shown_name(cli, s), status_title_en(st));
        return false;
    }
    st = migrate ? store_migrate(*out, embedded_migrations, NULL) : check_schema(cli, *out);
    if (st == ST_OK && take_stored(cli, *out))
        return true;
    if (st != ST_OK && migrate)
        cli_refuse(shown_name(cli, s), status_title_en(st));
    store_close(*out);
    return false;
}

static bool refuse_absent(struct cli *cli)
{
    if (cli_store_is_there(cli, cli->loaded))
        return false;
    cli_refuse(shown_name(cli, cli->loaded), "there is no such store; make one with: ppuri init --db FILE");
    return true;
}

bool cli_open_store(struct cli *cli, bool create, struct store **out)
{
    return cli_settings(cli) && (create || !refuse_absent(cli)) && open_store(cli, true, out);
}

bool cli_open_store_to_read(struct cli *cli, struct store **out)
{
    return cli_settings(cli) && !refuse_absent(cli) && open_store(cli, false, out);
}

const struct vocab *cli_store_vocab(struct cli *cli, struct db *db)
{
    struct vocab *v = ARENA_NEW(&cli->arena, struct vocab);
    struct vocab_overlay overlay;
    struct str why = STR("the council's entries cannot be read");
    if (overlay_load(db, &overlay) == ST_OK &&
        vocab_load_over(&cli->arena, embedded_vocab, &overlay, v, NULL, &why) == ST_OK)
        return v;
    exit(cli_refuse("vocabulary", arena_c(&cli->arena, why)));
}
