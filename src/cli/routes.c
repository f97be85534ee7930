/* ppuri routes: the URL map with who may call what. */
#include "cli/cli.h"

#include "base/json.h"
#include "web/dispatch.h"

#include <stdio.h>

const struct cli_option routes_options[] = {
    {"--json", NULL, "print JSON"},
    {NULL, NULL, NULL},
};

static const char *method_name(enum http_method m)
{
    static const char *const names[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return names[m];
}

static void print_json(void)
{
    AUTO_BUF out;
    buf_init(&out, 1 << 20);
    struct json_out j;
    jout_init(&j, &out);
    jout_arr(&j);
    for (const struct route *r = web_routes; r->path; r++) {
        jout_obj(&j);
        jout_key_str(&j, "method", str_c(method_name(r->method)));
        jout_key_str(&j, "path", str_c(r->path));
        jout_key_str(&j, "handler", str_c(r->name));
        jout_key_str(&j, "access", str_c(access_name(r->access)));
        jout_key_str(&j, "rate", str_c(web_route_classes[r->rate]));
        jout_end(&j);
    }
    jout_end(&j);
    printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
}

int routes_command(struct cli *cli)
{
    if (cli_flag(cli, "--json")) {
        print_json();
        return EXIT_DONE;
    }
    for (const struct route *r = web_routes; r->path; r++)
        printf("%-6s %-28s %-8s %-7s %s\n", method_name(r->method), r->path, access_name(r->access),
               web_route_classes[r->rate], r->name);
    return EXIT_DONE;
}
