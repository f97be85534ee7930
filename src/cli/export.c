/* ppuri export sites|needs: what import reads, one JSON object a line. */
#include "cli/store.h"

#include "feature/directory/directory.h"
#include "feature/need/need_store.h"
#include "match/supply_write.h"

#include <stdio.h>

const struct cli_option export_options[] = {STORE_OPTION, {NULL, NULL, NULL}};

enum { LINE_MAX_BYTES = 64 << 20, NEEDS_MAX = 1000000 };

static enum status export_sites(struct cli *cli, struct db *db)
{
    const struct vocab *v = cli_vocab(cli);
    struct supply all;
    TRY(directory_load(db, v, (struct str){NULL, 0}, &all));
    AUTO_BUF line;
    buf_init(&line, LINE_MAX_BYTES);
    for (size_t i = 0; i < all.n; i++) {
        struct json_out j;
        buf_clear(&line);
        jout_init(&j, &line);
        supply_write_site(&cli->arena, v, &j, all.v[i]);
        buf_add_byte(&line, '\n');
        fwrite(line.p, 1, line.n, stdout);
    }
    return ST_OK;
}

static enum status export_needs(struct db *db)
{
    struct stored_needs all;
    TRY(need_load(db, NEEDS_MAX, &all));
    /* The oldest first, so that an import keeps their order. */
    for (size_t i = all.n; i-- > 0;)
        printf(STR_FMT "\n", STR_ARG(all.v[i].body));
    return ST_OK;
}

int export_command(struct cli *cli)
{
    bool sites = strcmp(cli->arguments[0], "sites") == 0, needs = strcmp(cli->arguments[0], "needs") == 0;
    struct store *store;
    if (!sites && !needs)
        return cli_usage(cli, "export what? sites or needs");
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    enum status st = sites ? export_sites(cli, db) : export_needs(db);
    db_release(db);
    store_close(store);
    return st == ST_OK ? EXIT_DONE : cli_refuse("export", status_title_en(st));
}
