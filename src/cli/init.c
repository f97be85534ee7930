/* ppuri init and ppuri migrate: a store with every table. */
#include "cli/store.h"

#include <stdio.h>

const struct cli_option init_options[] = {STORE_OPTION, {NULL, NULL, NULL}};
const struct cli_option migrate_options[] = {STORE_OPTION, {NULL, NULL, NULL}};

static int open_and_close(struct cli *cli, bool create, const char *done)
{
    struct store *store;
    if (!cli_open_store(cli, create, &store))
        return EXIT_REFUSED;
    store_close(store);
    puts(done);
    return EXIT_DONE;
}

int init_command(struct cli *cli)
{
    return open_and_close(cli, true, "the store is ready");
}

int migrate_command(struct cli *cli)
{
    return open_and_close(cli, false, "the store is up to date");
}
