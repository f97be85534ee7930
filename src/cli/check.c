/* ppuri check: is everything there and whole? One line a part; exit 1 with the reasons when not. Changes nothing. */
#include "cli/store.h"

#include "core/audit.h"

#include <stdio.h>

const struct cli_option check_options[] = {
    CLI_SETTINGS,
    {NULL, NULL, NULL},
};

static bool report_fault(const char *part, struct str reason)
{
    printf("%-8s FAULT " STR_FMT "\n", part, STR_ARG(reason));
    return false;
}

static bool failed(struct cli *cli, const char *part, enum status st)
{
    return report_fault(part, arena_printf(&cli->arena, "not checked: %s", status_title_en(st)));
}

static bool check_store(struct cli *cli, struct store *store)
{
    struct str_list faults;
    enum status st = store_check(store, &cli->arena, &faults);
    if (st != ST_OK)
        return failed(cli, "store", st);
    for (size_t i = 0; i < faults.n; i++)
        report_fault("store", faults.v[i]);
    if (!faults.n)
        printf("%-8s ok    %s\n", "store", store_is_postgres(store) ? "PostgreSQL" : "SQLite");
    return faults.n == 0;
}

static struct str hex(struct cli *cli, const unsigned char *p, size_t n)
{
    char *out = arena_alloc(&cli->arena, 2 * n + 1);
    for (size_t i = 0; i < n; i++)
        snprintf(out + 2 * i, 3, "%02x", p[i]);
    return str_n(out, 2 * n);
}

static bool check_audit(struct cli *cli, struct db *db)
{
    struct audit_report r;
    enum status st = audit_verify(db, &r);
    if (st != ST_OK)
        return failed(cli, "audit", st);
    if (r.fault != AUDIT_WHOLE)
        return report_fault("audit", arena_printf(&cli->arena, "row %lld: %s", (long long)r.seq, audit_fault_text(r.fault)));
    struct str head = hex(cli, r.head, sizeof r.head);
    printf("%-8s ok    %lld rows, head " STR_FMT "\n", "audit", (long long)r.rows, STR_ARG(head));
    return true;
}

int check_command(struct cli *cli)
{
    struct store *store;
    if (!cli_open_store_to_read(cli, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    bool good = check_store(cli, store);
    good &= check_audit(cli, db);
    db_release(db);
    store_close(store);
    return good ? EXIT_DONE : EXIT_REFUSED;
}
