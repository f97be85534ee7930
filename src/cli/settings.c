/* ppuri settings: every setting with its value and origin, and storing one. Changes are audited. */
#include "cli/store.h"

#include "core/audit.h"
#include "core/outbox.h"

#include <stdio.h>

const struct cli_option settings_options[] = {
    {"--markdown", NULL, "print the reference of all settings"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
    CLI_SETTINGS,
    {NULL, NULL, NULL},
};

enum { REFERENCE_BYTES_MAX = 1 << 20 };

struct change {
    struct str name;
    struct str value; /* p = NULL: forget it */
    struct arena *arena;
    struct problem_list problems;
};

static enum status change_setting(struct tx *t, void *arg)
{
    struct change *c = arg;
    problem_list_init(&c->problems, c->arena);
    TRY(setting_store(t, c->name, c->value, &c->problems));
    struct audit_entry entry = {.actor = STR("cli"),
                                .action = c->value.p ? STR("setting.set") : STR("setting.unset"),
                                .object_kind = STR("setting"),
                                .object_ref = c->name};
    TRY(audit_record(t, &entry));
    return event_append(t, EVENT_setting_changed, c->name);
}

static int store_change(struct cli *cli, struct str name, struct str value)
{
    struct store *store;
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct change change = {.name = name, .value = value, .arena = &cli->arena};
    struct db *db = db_acquire(store, &cli->arena);
    enum status st = db_write(db, change_setting, &change);
    db_release(db);
    store_close(store);
    for (size_t i = 0; i < change.problems.n; i++)
        cli_print_problem(cli, "ppuri: setting", &change.problems.v[i]);
    if (st != ST_OK && !change.problems.n)
        cli_refuse("settings", status_title_en(st));
    return st == ST_OK ? EXIT_DONE : EXIT_REFUSED;
}

/* The password of a store's address is replaced by ***. */
static struct str shown_value(struct cli *cli, const struct settings *s, size_t i)
{
    struct str v = s->text[i];
    ptrdiff_t scheme = str_find(v, STR("://")), at = str_find_byte(v, '@');
    if (scheme < 0 || at < scheme)
        return v;
    struct str user = str_n(v.p + scheme + 3, (size_t)(at - scheme - 3));
    ptrdiff_t colon = str_find_byte(user, ':');
    if (colon < 0)
        return v;
    return arena_printf(&cli->arena, STR_FMT ":***" STR_FMT, (int)(scheme + 3 + colon), v.p,
                        STR_ARG(str_drop(v, (size_t)at)));
}

static int print_all(struct cli *cli)
{
    const struct settings *s = cli_settings(cli);
    struct store *store = NULL;
    if (!s || (cli_store_is_there(cli, s) && !cli_open_store_to_read(cli, &store)))
        return EXIT_REFUSED;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        struct str value = shown_value(cli, s, i);
        printf("%-18s %-12s " STR_FMT "\n", setting_defs[i].name, setting_origin_word(s->origin[i]), STR_ARG(value));
    }
    store_close(store);
    return EXIT_DONE;
}

static int print_reference(struct cli *cli)
{
    AUTO_BUF out;
    buf_init(&out, REFERENCE_BYTES_MAX);
    settings_markdown(&cli->arena, &out, cli_korean(cli));
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_DONE;
}

int settings_command(struct cli *cli)
{
    const char **a = cli->arguments;
    if (cli_flag(cli, "--markdown"))
        return print_reference(cli);
    if (cli->n_arguments == 0)
        return print_all(cli);
    if (cli->n_arguments == 3 && strcmp(a[0], "set") == 0)
        return store_change(cli, str_c(a[1]), str_c(a[2]));
    if (cli->n_arguments == 2 && strcmp(a[0], "unset") == 0)
        return store_change(cli, str_c(a[1]), (struct str){NULL, 0});
    return cli_usage(cli, "either nothing, set NAME VALUE, or unset NAME");
}
