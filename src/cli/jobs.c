/* ppuri jobs: what waits, what is dead, and trying a dead one again. */
#include "cli/store.h"

#include "core/audit.h"
#include "core/job.h"

#include <stdio.h>

const struct cli_option jobs_options[] = {
    {"--dead", NULL, "only those that have failed for good"},
    {"--retry", "ID", "make a dead job due again"},
    CLI_SETTINGS,
    {NULL, NULL, NULL},
};

static enum status retry(struct tx *t, void *arg)
{
    int64_t id = *(const int64_t *)arg;
    struct str ref = arena_printf(db_arena(tx_db(t)), "%lld", (long long)id);
    TRY(job_retry(t, id));
    return audit_record(
        t, &(struct audit_entry){
               .actor = STR("cli"), .action = STR("job.retry"), .object_kind = STR("job"), .object_ref = ref});
}

static void print_job(void *arg, const struct job_info *job)
{
    struct cli *cli = arg;
    struct str due = time_iso(&cli->arena, job->due_ms);
    printf("%lld %-18s " STR_FMT " attempts %lld %s " STR_FMT "\n", (long long)job->id, arena_c(&cli->arena, job->kind),
           STR_ARG(due), (long long)job->attempts,
           job->dead      ? "dead"
           : job->running ? "running"
                          : "waiting",
           STR_ARG(job->error));
}

int jobs_command(struct cli *cli)
{
    struct store *store;
    int64_t id = 0;
    const char *given = cli_value(cli, "--retry");
    if (given && (!str_to_int(str_c(given), &id) || id < 1))
        return cli_usage(cli, "--retry needs the number of a job");
    if (!cli_open_store_to_read(cli, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    enum status st = given ? db_write(db, retry, &id) : job_visit(db, cli_flag(cli, "--dead"), print_job, cli);
    db_release(db);
    store_close(store);
    return st == ST_OK ? EXIT_DONE : cli_refuse("jobs", status_title_en(st));
}
