/* Settings of a run and the store that they name: what most commands share. Reasons go to standard error. */
#ifndef PPURI_CLI_STORE_H
#define PPURI_CLI_STORE_H

#include "cli/cli.h"
#include "core/setting.h"

/* Every setting is an option of such a command, --db above all. */
#define STORE_OPTION CLI_SETTINGS

/* Flags, environment, file and defaults; with the stored ones once the store is open. NULL when refused. */
const struct settings *cli_settings(struct cli *cli);

/* Opens the store of --db; `create` allows a new one, else a store that is not there is refused with the reason.
   Migrations that are missing are applied. */
bool cli_open_store(struct cli *cli, bool create, struct store **out);
/* Changes nothing: a store that is not up to date is refused, and damage is not looked for. */
bool cli_open_store_to_read(struct cli *cli, struct store **out);
/* A PostgreSQL store counts as there. */
bool cli_store_is_there(struct cli *cli, const struct settings *s);

/* The vocabulary with the council's entries of the store laid over it. */
const struct vocab *cli_store_vocab(struct cli *cli, struct db *db);

#endif
