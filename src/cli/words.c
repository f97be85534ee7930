/* ppuri words: what people looked for in vain, the most wanted first. */
#include "cli/store.h"

#include "feature/missing_word/missing_word.h"

#include <inttypes.h>
#include <stdio.h>

const struct cli_option words_options[] = {
    {"--top", "N", "show at most N words (default 50)"},
    STORE_OPTION,
    {NULL, NULL, NULL},
};

int words_command(struct cli *cli)
{
    int64_t top;
    struct store *store;
    if (!cli_int(cli, "--top", 1, 10000, 50, &top))
        return EXIT_USAGE;
    if (!cli_open_store_to_read(cli, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    struct told_words rows;
    enum status st = missing_word_list(db, top, &rows);
    for (size_t i = 0; st == ST_OK && i < rows.n; i++)
        printf("%6" PRId64 "  " STR_FMT "  " STR_FMT "\n", rows.v[i].times, STR_ARG(rows.v[i].list),
               STR_ARG(rows.v[i].word));
    db_release(db);
    store_close(store);
    return st == ST_OK ? EXIT_DONE : cli_refuse("words", status_title_en(st));
}
