/* What commands that work on the store share: settings of this run, and the store they name. Reasons go to standard error. */
#ifndef PPURI_CLI_OPEN_H
#define PPURI_CLI_OPEN_H

#include "cli/cli.h"
#include "core/setting.h"

enum cli_store {
    CLI_STORE_READ,   /* must be there and up to date */
    CLI_STORE_WRITE,  /* is made and migrated when needed */
};

/* Flags, environment, file and defaults. */
bool cli_settings(struct cli *cli, struct settings *out);
/* True when the store that the settings name is there already; a PostgreSQL store always is. */
bool cli_store_exists(struct cli *cli, const struct settings *s);
/* Opens it and adds its stored settings to `s`. NULL when refused. */
struct store *cli_store_open(struct cli *cli, struct settings *s, enum cli_store how);

#endif
