/* What commands that use the store share. */
#ifndef PPURI_CLI_STORE_H
#define PPURI_CLI_STORE_H

#include "cli/cli.h"
#include "db/db.h"

#define STORE_OPTION {"--db", "PATH|URL", "the store: a SQLite file or postgres://... (default: ppuri.db)"}

/* Opens the store of --db; `create` allows a new one, else a store that is not there is refused with the reason. Migrations that
   are missing are applied. */
bool cli_open_store(struct cli *cli, bool create, struct store **out);

#endif
