/* Opening the store with its reasons for people. */
#include "cli/store.h"

#include "base/embedded.h"

#include <stdio.h>
#include <unistd.h>

static bool is_url(const char *db)
{
    return strncmp(db, "postgres://", 11) == 0 || strncmp(db, "postgresql://", 13) == 0;
}

bool cli_open_store(struct cli *cli, bool create, struct store **out)
{
    const char *db = cli_value(cli, "--db");
    if (!db)
        db = "ppuri.db";
    if (!create && !is_url(db) && access(db, F_OK) != 0) {
        cli_refuse(db, "there is no such store; make one with: ppuri init --db FILE");
        return false;
    }
    struct store_options options = {0};
    enum status st = store_open(db, &options, out);
    if (st == ST_OK)
        st = store_migrate(*out, embedded_migrations, NULL);
    if (st == ST_OK)
        return true;
    cli_refuse(db, status_title_en(st));
    return false;
}
