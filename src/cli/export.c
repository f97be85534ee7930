/* ppuri export sites|needs: what import reads, one JSON object a line or flat CSV. Site by site, so memory is that of
   the store's load. */
#include "cli/store.h"

#include "feature/directory/directory.h"
#include "feature/directory/flat_csv.h"
#include "feature/need/need_csv.h"
#include "feature/need/need_store.h"
#include "match/supply_write.h"

#include <stdio.h>

const struct cli_option export_options[] = {
    STORE_OPTION,
    {"--csv", NULL, "flat CSV: one row a capability or step"},
    {"--json", NULL, "one JSON object a line (the default)"},
    {"--lang", "ko|en", "language of the CSV's headings (default: from the locale)"},
    {"--bom", NULL, "begin with the byte order mark that spreadsheets look for (the default of --csv)"},
    {"--no-bom", NULL, "begin without it"},
    {NULL, NULL, NULL},
};

enum { LINE_MAX_BYTES = 64 << 20 };

static void print(struct buf *line)
{
    fwrite(line->p, 1, line->n, stdout);
    buf_clear(line);
}

static void print_begin(struct cli *cli, const struct flat_table *table, struct buf *line)
{
    bool csv = cli_flag(cli, "--csv");
    if (!cli_flag(cli, "--no-bom") && (csv || cli_flag(cli, "--bom")))
        buf_add_c(line, "\xef\xbb\xbf");
    if (csv)
        flat_put_header(table, cli_korean(cli), line);
    print(line);
}

static enum status export_sites(struct cli *cli, struct db *db, struct buf *line)
{
    const struct vocab *v = cli_store_vocab(cli, db);
    struct supply all;
    TRY(directory_load(db, v, (struct str){NULL, 0}, &all));
    print_begin(cli, &site_columns, line);
    for (size_t i = 0; i < all.n; i++) {
        struct json_out j;
        if (cli_flag(cli, "--csv")) {
            flat_site_write(&cli->arena, v, all.v[i], line);
        } else {
            jout_init(&j, line);
            supply_write_site(&cli->arena, v, &j, all.v[i]);
            buf_add_byte(line, '\n');
        }
        TRY(buf_status(line));
        print(line);
    }
    return ST_OK;
}

static enum status export_needs(struct cli *cli, struct db *db, struct buf *line)
{
    struct stored_needs all;
    /* The oldest first, so that an import keeps their order. */
    TRY(need_load_all(db, &all));
    print_begin(cli, &need_columns, line);
    for (size_t i = 0; i < all.n; i++) {
        if (cli_flag(cli, "--csv")) {
            need_csv_write(&cli->arena, all.v[i].body, line);
        } else {
            buf_add(line, all.v[i].body);
            buf_add_byte(line, '\n');
        }
        TRY(buf_status(line));
        print(line);
    }
    return ST_OK;
}

int export_command(struct cli *cli)
{
    bool sites = strcmp(cli->arguments[0], "sites") == 0, needs = strcmp(cli->arguments[0], "needs") == 0;
    struct store *store;
    if (!sites && !needs)
        return cli_usage(cli, "export what? sites or needs");
    if (cli_flag(cli, "--csv") && cli_flag(cli, "--json"))
        return cli_usage(cli, "--csv or --json, not both");
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    AUTO_BUF line;
    buf_init(&line, LINE_MAX_BYTES);
    enum status st = sites ? export_sites(cli, db, &line) : export_needs(cli, db, &line);
    db_release(db);
    store_close(store);
    return st == ST_OK ? EXIT_DONE : cli_refuse("export", status_title_en(st));
}
