/* The parser of the command line and what all commands share. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/vec.h"
#include "core/setting.h"

#include <stdio.h>
#include <stdlib.h>

static const struct cli_command commands[] = {
#define COMMAND(name, arguments, least, most, help)                                                                    \
    {#name, arguments, least, most, help, name##_options, name##_command},
#include "cli/commands.def"
#undef COMMAND
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0], CLI_ARENA_MAX = 0x7fffffff };

const struct cli_command *cli_commands(size_t *n)
{
    *n = COMMAND_COUNT;
    return commands;
}

static void print_overview(FILE *out)
{
    fprintf(out, "usage: ppuri COMMAND [options]\n\n");
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    fprintf(out, "\nppuri COMMAND --help explains a command. Exit codes: 0 done, 1 refused, 2 wrong usage.\n");
}

/* Every setting as a flag: --day-offset-min VALUE. */
static void print_settings(FILE *out)
{
    fprintf(out, "\nsettings:\n");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting_def *d = &setting_defs[i];
        char left[64];
        snprintf(left, sizeof left, "--%s%s", d->name, d->kind == SETTING_BOOL ? "" : " VALUE");
        for (char *p = left; *p; p++)
            *p = *p == '_' ? '-' : *p;
        fprintf(out, "  %-26s %s\n", left, d->help_en);
    }
}

static void print_command(FILE *out, const struct cli_command *c)
{
    fprintf(out, "usage: ppuri %s %s%s[options]\n\n%s.\n\n", c->name, c->arguments, *c->arguments ? " " : "", c->help);
    bool settings = false;
    for (const struct cli_option *o = c->options; o->name; o++) {
        char left[64];
        if (strcmp(o->name, "--SETTING") == 0) {
            settings = true;
            continue;
        }
        snprintf(left, sizeof left, "%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        fprintf(out, "  %-22s %s\n", left, o->help);
    }
    if (settings)
        print_settings(out);
}

int cli_usage(const struct cli *cli, const char *why)
{
    fprintf(stderr, "ppuri %s: %s\n", cli->command->name, why);
    fprintf(stderr, "try: ppuri %s --help\n", cli->command->name);
    return EXIT_USAGE;
}

int cli_refuse(const char *what, const char *why)
{
    fprintf(stderr, "ppuri: %s: %s\n", what, why);
    return EXIT_REFUSED;
}

/* --NAME=VALUE, --NAME VALUE, or --NAME alone for one that is yes or no. -1: no setting. */
static int take_setting(struct cli *cli, char **argv, int *i, int argc)
{
    struct str rest = str_starts(str_c(argv[*i]), STR("--")) ? str_c(argv[*i] + 2) : STR(""), name;
    str_next(&rest, '=', &name);
    const struct setting_def *d = setting_find(name);
    bool takes_all = false;
    for (const struct cli_option *o = cli->command->options; o->name; o++)
        takes_all |= strcmp(o->name, "--SETTING") == 0;
    if (!d || !takes_all)
        return -1;
    struct pair flag = {str_c(d->name), rest};
    bool joined = argv[*i][2 + name.n] == '=';
    if (!joined && d->kind == SETTING_BOOL)
        flag.value = STR("yes");
    else if (!joined && *i + 1 < argc)
        flag.value = str_c(argv[++*i]);
    else if (!joined)
        return cli_usage(cli, arena_printf(&cli->arena, "%s needs a value", argv[*i]).p);
    VEC_PUSH(&cli->arena, &cli->settings, flag);
    return EXIT_DONE;
}

static int find_option(const struct cli_command *c, const char *arg, const char **value)
{
    for (int i = 0; c->options[i].name; i++) {
        size_t n = strlen(c->options[i].name);
        if (strncmp(arg, c->options[i].name, n) != 0 || (arg[n] && arg[n] != '='))
            continue;
        *value = arg[n] ? arg + n + 1 : NULL;
        return i;
    }
    return -1;
}

static int take_option(struct cli *cli, char **argv, int *i, int argc)
{
    const char *value;
    int o = find_option(cli->command, argv[*i], &value);
    int setting = o < 0 ? take_setting(cli, argv, i, argc) : -1;
    if (o < 0 && setting >= 0)
        return setting;
    if (o < 0)
        return cli_usage(cli, arena_printf(&cli->arena, "unknown option %s", argv[*i]).p);
    bool takes = cli->command->options[o].value != NULL;
    if (!takes && value)
        return cli_usage(cli, arena_printf(&cli->arena, "%s takes no value", cli->command->options[o].name).p);
    if (takes && !value && *i + 1 < argc)
        value = argv[++*i];
    if (takes && !value)
        return cli_usage(cli, arena_printf(&cli->arena, "%s needs a value", argv[*i]).p);
    cli->values[o] = takes ? value : "";
    return EXIT_DONE;
}

static int parse(struct cli *cli, int argc, char **argv)
{
    int options = 0;
    while (cli->command->options[options].name)
        options++;
    cli->values = ARENA_ARRAY(&cli->arena, (size_t)options + 1, const char *);
    cli->arguments = ARENA_ARRAY(&cli->arena, (size_t)argc + 1, const char *);
    bool only_arguments = false;
    for (int i = 2; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && argv[i][0] == '-' && argv[i][1]) {
            int wrong = take_option(cli, argv, &i, argc);
            if (wrong)
                return wrong;
        } else {
            cli->arguments[cli->n_arguments++] = argv[i];
        }
    }
    if (cli->n_arguments < cli->command->least_arguments)
        return cli_usage(cli, arena_printf(&cli->arena, "%s is missing", cli->command->arguments).p);
    if (cli->n_arguments > cli->command->most_arguments)
        return cli_usage(cli, "too many arguments");
    return EXIT_DONE;
}

static int run(const struct cli_command *command, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            print_command(stdout, command);
            return EXIT_DONE;
        }
    }
    struct cli cli = {.command = command};
    arena_init(&cli.arena, SIZE_MAX / 2);
    int code = parse(&cli, argc, argv);
    if (code == EXIT_DONE)
        code = command->run(&cli);
    arena_release(&cli.arena);
    return code;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_overview(stdout);
        return EXIT_DONE;
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return run(&commands[i], argc, argv);
    fprintf(stderr, "ppuri: unknown command %s\n", argv[1]);
    print_overview(stderr);
    return EXIT_USAGE;
}

/* A full disk may show at any write, not only at the last one. */
int cli_main(int argc, char **argv)
{
    int code = dispatch(argc, argv);
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    return written || code != EXIT_DONE ? code : cli_refuse("standard output", "writing failed");
}

const char *cli_value(const struct cli *cli, const char *name)
{
    for (int i = 0; cli->command->options[i].name; i++)
        if (strcmp(cli->command->options[i].name, name) == 0)
            return cli->values[i];
    return NULL;
}

bool cli_flag(const struct cli *cli, const char *name)
{
    return cli_value(cli, name) != NULL;
}

bool cli_read_file(struct cli *cli, const char *path, size_t max_bytes, struct str *out)
{
    enum status st = file_read(&cli->arena, path, max_bytes, out);
    if (st != ST_OK)
        cli_refuse(path, status_title_en(st));
    return st == ST_OK;
}

bool cli_today(struct cli *cli, struct day *out)
{
    const char *value = cli_value(cli, "--today");
    *out = day_of_ms(time_now_ms(), TIME_KOREA_OFFSET_MIN);
    if (!value || day_parse(str_c(value), out))
        return true;
    cli_usage(cli, "--today needs a date such as 2026-11-22");
    return false;
}

bool cli_int(const struct cli *cli, const char *name, int64_t least, int64_t most, int64_t otherwise, int64_t *out)
{
    const char *value = cli_value(cli, name);
    *out = otherwise;
    if (!value || (str_to_int(str_c(value), out) && *out >= least && *out <= most))
        return true;
    char why[128];
    snprintf(why, sizeof why, "%s needs a whole number from %lld to %lld", name, (long long)least, (long long)most);
    cli_usage(cli, why);
    return false;
}

bool cli_korean(const struct cli *cli)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *lang = cli_value(cli, "--lang");
    for (int i = 0; i < 3 && (!lang || !*lang); i++)
        lang = getenv(variables[i]);
    return lang && strncmp(lang, "ko", 2) == 0;
}

const struct vocab *cli_vocab(struct cli *cli)
{
    struct vocab *v = ARENA_NEW(&cli->arena, struct vocab);
    struct str why;
    if (vocab_load(&cli->arena, embedded_vocab, v, &why) == ST_OK)
        return v;
    fprintf(stderr, "ppuri: the vocabulary is broken: " STR_FMT "\n", STR_ARG(why));
    exit(EXIT_REFUSED);
}

void cli_print_problem(struct cli *cli, const char *where, const struct problem *p)
{
    struct str text = problem_text(&cli->arena, p, cli_korean(cli));
    fprintf(stderr, "%s: " STR_FMT "\n", where, STR_ARG(text));
}
