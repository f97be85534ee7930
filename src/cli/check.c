/* ppuri check: is everything there and whole? One line a part; exit 1 with the reasons when not. Changes nothing. */
#include "cli/store.h"

#include "core/audit.h"
#include "core/file.h"
#include "core/job.h"

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
        return report_fault("audit",
                            arena_printf(&cli->arena, "row %lld: %s", (long long)r.seq, audit_fault_text(r.fault)));
    struct str head = hex(cli, r.head, sizeof r.head);
    printf("%-8s ok    %lld rows, head " STR_FMT "\n", "audit", (long long)r.rows, STR_ARG(head));
    return true;
}

static void print_file_fault(void *arg, struct str hash, enum file_fault fault)
{
    struct cli *cli = arg;
    report_fault("files", arena_printf(&cli->arena, STR_FMT " %s", STR_ARG(hash), file_fault_text(fault)));
}

static bool check_files(struct cli *cli, struct db *db)
{
    struct file_report r = {.fault = print_file_fault, .arg = cli};
    struct str root = settings_files_dir(&cli->arena, cli->loaded);
    if (!root.p)
        return report_fault("files", STR("not checked: files_dir must be set with PostgreSQL"));
    struct file_store fs = {.root = arena_str(&cli->arena, root), .max_bytes = INT64_MAX};
    enum status st = file_verify(db, &fs, &r);
    if (st != ST_OK)
        return failed(cli, "files", st);
    if (!r.faults)
        printf("%-8s ok    %lld files, %lld bytes\n", "files", (long long)r.files, (long long)r.bytes);
    return r.faults == 0;
}

static bool check_jobs(struct cli *cli, struct db *db)
{
    struct job_totals n;
    enum status st = job_total(db, &n);
    if (st != ST_OK)
        return failed(cli, "jobs", st);
    printf("%-8s ok    %lld waiting, %lld dead%s\n", "jobs", (long long)n.waiting, (long long)n.dead,
           n.dead ? " (see ppuri jobs --dead)" : "");
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
    good &= check_files(cli, db);
    good &= check_jobs(cli, db);
    db_release(db);
    store_close(store);
    return good ? EXIT_DONE : EXIT_REFUSED;
}
