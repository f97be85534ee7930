/* ppuri demo: prints the demo region, for imports, tests and a first look. */
#include "cli/cli.h"

#include "feature/demo/demo.h"

#include <stdio.h>

const struct cli_option demo_options[] = {
    {"--firms", "N", "sites: how many invented firms (default 220)"},
    {"--needs", "N", "needs: how many (default 42)"},
    {"--seed", "N", "another region of the same kind (default 1)"},
    {"--today", "DATE", "needs: dates count from this day (default: today in Korea)"},
    {NULL, NULL, NULL},
};

enum { DEMO_MAX_BYTES = 1 << 28 };

int demo_command(struct cli *cli)
{
    bool sites = strcmp(cli->arguments[0], "sites") == 0;
    if (!sites && strcmp(cli->arguments[0], "needs") != 0)
        return cli_usage(cli, "say sites or needs");
    struct demo_plan plan;
    int64_t firms, needs, seed;
    if (!cli_int(cli, "--firms", 1, DEMO_FIRMS_MAX, DEMO_FIRMS, &firms) ||
        !cli_int(cli, "--needs", 1, DEMO_NEEDS_MAX, DEMO_NEEDS, &needs) ||
        !cli_int(cli, "--seed", 0, INT64_MAX, 1, &seed) || !cli_today(cli, &plan.today))
        return EXIT_USAGE;
    plan.count = sites ? firms : needs;
    plan.seed = (uint64_t)seed;
    const struct demo_tables *tables;
    struct str why;
    if (demo_load(&cli->arena, cli_vocab(cli), embedded_demo, &tables, &why) != ST_OK)
        return cli_refuse("the demo tables", why.p);
    AUTO_BUF out;
    buf_init(&out, DEMO_MAX_BYTES);
    enum status st =
        sites ? demo_sites(&cli->arena, tables, &plan, &out) : demo_needs(&cli->arena, tables, &plan, &out);
    if (st != ST_OK)
        return cli_refuse("demo", status_title_en(st));
    fwrite(out.p, 1, out.n, stdout);
    return EXIT_DONE;
}
