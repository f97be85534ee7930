/* The command line: one table of commands, one parser of options. Exit codes: 0 done, 1 refused, 2 wrong usage. */
#ifndef PPURI_CLI_CLI_H
#define PPURI_CLI_CLI_H

#include "base/arena.h"
#include "base/pair.h"
#include "base/problem.h"
#include "base/time.h"
#include "vocab/vocab.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

/* value: the word shown in --help, NULL for a flag. A list of options ends with a NULL name. */
struct cli_option {
    const char *name;
    const char *value;
    const char *help;
};

/* In a command's list of options: it takes every setting as a flag, too. The command's own options come first. */
#define CLI_SETTINGS                                                                                                   \
    {                                                                                                                  \
        "--SETTING", "VALUE", "any setting of ppuri settings, such as --db FILE"                                       \
    }

struct cli;
struct settings;

struct cli_command {
    const char *name;
    const char *arguments; /* usage of what is not an option, "" when nothing */
    int least_arguments;
    int most_arguments;
    const char *help;
    const struct cli_option *options;
    int (*run)(struct cli *cli);
};

/* One run of one command; lives as long as the process. */
struct cli {
    const struct cli_command *command;
    struct arena arena;
    const char **arguments;
    int n_arguments;
    const char **values;       /* beside command->options; NULL = not given */
    struct pair_list settings; /* flags that are settings */
    struct settings *loaded;   /* of cli/store.h */
};

#define COMMAND(name, arguments, least, most, help)                                                                    \
    extern const struct cli_option name##_options[];                                                                   \
    int name##_command(struct cli *cli);
#include "cli/commands.def"
#undef COMMAND

/* All commands, for the manual page. */
const struct cli_command *cli_commands(size_t *n);

/* Finds and runs the command of argv; returns the exit code. */
int cli_main(int argc, char **argv);

/* The option's value, "" for a given flag, NULL when not given. `name` must stand in the command's table. */
const char *cli_value(const struct cli *cli, const char *name);
bool cli_flag(const struct cli *cli, const char *name);

/* The helpers below print the reason on standard error themselves. */
int cli_usage(const struct cli *cli, const char *why);
int cli_refuse(const char *what, const char *why);
bool cli_read_file(struct cli *cli, const char *path, size_t max_bytes, struct str *out);
/* --today or the calendar day in Korea. */
bool cli_today(struct cli *cli, struct day *out);
/* A whole number option within least..most, or `otherwise` when it is not given. */
bool cli_int(const struct cli *cli, const char *name, int64_t least, int64_t most, int64_t otherwise, int64_t *out);
/* Messages are in Korean with --lang ko or a Korean locale (LC_ALL, LC_MESSAGES, LANG), else in English. */
bool cli_korean(const struct cli *cli);
/* Loads the vocabulary; a fault in it ends the process, because nothing could be trusted. */
const struct vocab *cli_vocab(struct cli *cli);
void cli_print_problem(struct cli *cli, const char *where, const struct problem *p);

#endif
