/* ppuri man: the manual page, made of the same tables as --help. */
#include "cli/cli.h"

#include <stdio.h>

const struct cli_option man_options[] = {{NULL, NULL, NULL}};

/* A leading dot or apostrophe would be a request, a backslash an escape. */
static void put(const char *s)
{
    if (*s == '.' || *s == '\'')
        fputs("\\&", stdout);
    for (; *s; s++) {
        if (*s == '\\')
            fputs("\\e", stdout);
        else if (*s == '-')
            fputs("\\-", stdout);
        else
            putchar(*s);
    }
}

static void put_command(const struct cli_command *c)
{
    printf(".SS ");
    put(c->name);
    printf(" ");
    put(c->arguments);
    printf("\n");
    put(c->help);
    printf(".\n");
    for (const struct cli_option *o = c->options; o->name; o++) {
        printf(".TP\n\\fB");
        put(o->name);
        printf("\\fR %s\n", o->value ? o->value : "");
        put(o->help);
        printf("\n");
    }
}

int man_command(struct cli *cli)
{
    (void)cli;
    printf(".TH PPURI 1 \"\" \"ppuri %s\" \"\"\n.SH NAME\nppuri \\- working platform of a root\\-industry council\n",
           PPURI_VERSION);
    printf(".SH SYNOPSIS\n.B ppuri\nCOMMAND [options]\n.SH COMMANDS\n");
    size_t n;
    const struct cli_command *all = cli_commands(&n);
    for (size_t i = 0; i < n; i++)
        put_command(&all[i]);
    printf(".SH EXIT STATUS\n0 done, also with an empty result; 1 refused, with the reason on standard error; 2 wrong "
           "usage.\n");
    return EXIT_DONE;
}
