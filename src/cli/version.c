/* ppuri version */
#include "cli/cli.h"

#include <stdio.h>

const struct cli_option version_options[] = {{NULL, NULL, NULL}};

int version_command(struct cli *cli)
{
    const struct vocab *v = cli_vocab(cli);
    printf("ppuri %s, vocabulary " STR_FMT "\n", PPURI_VERSION, STR_ARG(v->version));
    return EXIT_DONE;
}
