/* ppuri template sites|needs: an empty table to fill in, or the table of all columns for the manual. */
#include "cli/cli.h"

#include "feature/directory/flat_csv.h"
#include "feature/need/need_csv.h"

#include <stdio.h>

const struct cli_option template_options[] = {
    {"--lang", "ko|en", "language of the headings (default: from the locale)"},
    {"--no-bom", NULL, "without the byte order mark that spreadsheets look for"},
    {"--markdown", NULL, "print the columns as a table of doc/import.md instead"},
    {NULL, NULL, NULL},
};

int template_command(struct cli *cli)
{
    bool sites = strcmp(cli->arguments[0], "sites") == 0;
    if (!sites && strcmp(cli->arguments[0], "needs") != 0)
        return cli_usage(cli, "say sites or needs");
    const struct flat_table *table = sites ? &site_columns : &need_columns;
    AUTO_BUF out;
    buf_init(&out, 1 << 20);
    if (cli_flag(cli, "--markdown")) {
        flat_put_markdown(table, &out);
    } else {
        if (!cli_flag(cli, "--no-bom"))
            buf_add_c(&out, "\xef\xbb\xbf");
        flat_put_header(table, cli_korean(cli), &out);
        flat_put_example(table, &out);
    }
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_DONE;
}
