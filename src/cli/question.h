/* What match and chain are asked with: a need from a file, and sites from a file or the store. Reasons of refusals go
 * to standard error. */
#ifndef PPURI_CLI_QUESTION_H
#define PPURI_CLI_QUESTION_H

#include "cli/store.h"
#include "match/need.h"

struct cli_question {
    const struct vocab *vocab;
    struct need need;
    struct supply supply;
    struct day today;
};

/* Reads the need of the first argument and the sites of --sites or else of the store, and gives them to `answer`, whose
   exit code it returns. The command has the options --sites, --today and those of STORE_OPTION. */
int cli_with_question(struct cli *cli, int (*answer)(struct cli *cli, const struct cli_question *q));

#endif
