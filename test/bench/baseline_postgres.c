/* PostgreSQL over its socket: rows clustered by process, statistics, one session, everything cached, one worker. */
#include "test/bench/match_baseline.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

static PGresult *checked(PGconn *db, PGresult *result, const char *what)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN)
        bench_fail(what, PQerrorMessage(db));
    return result;
}

static void execute(PGconn *db, const char *sql)
{
    PQclear(checked(db, PQexec(db, sql), sql));
}

static void load(PGconn *db, const char *folder, const char *table)
{
    char path[512], sql[64], block[1 << 16];
    size_t n;
    snprintf(path, sizeof path, "%s/%s.tsv", folder, table);
    snprintf(sql, sizeof sql, "COPY %s FROM STDIN", table);
    FILE *in = fopen(path, "r");
    if (!in)
        bench_fail(path, "cannot be read");
    execute(db, sql);
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        if (PQputCopyData(db, block, (int)n) != 1)
            bench_fail(path, PQerrorMessage(db));
    fclose(in);
    if (PQputCopyEnd(db, NULL) != 1)
        bench_fail(path, PQerrorMessage(db));
    PQclear(checked(db, PQgetResult(db), path));
    PQclear(PQgetResult(db));
}

static void *open_postgres(const char *folder, const char *const *tables)
{
    const char *url = getenv("PPURI_TEST_POSTGRES");
    PGconn *db = PQconnectdb(url ? url : "");
    if (PQstatus(db) != CONNECTION_OK)
        bench_fail("postgres", PQerrorMessage(db));
    execute(db, "SET client_min_messages = warning; SET work_mem = '256MB'; SET jit = off; SET random_page_cost = 1.1;"
                "SET maintenance_work_mem = '512MB'; SET max_parallel_workers_per_gather = 0;"
                "DROP TABLE IF EXISTS cap, cap_material, site_certificate");
    for (size_t i = 0; tables[i]; i++)
        execute(db, tables[i]);
    load(db, folder, "cap");
    load(db, folder, "site_certificate");
    execute(db, "CREATE INDEX cap_process ON cap (process); CLUSTER cap USING cap_process;"
                "CREATE UNIQUE INDEX held ON site_certificate (site, certificate) INCLUDE (until)");
    execute(db, "VACUUM ANALYZE cap");
    execute(db, "VACUUM ANALYZE site_certificate");
    return db;
}

static void *prepare_postgres(void *store, const char *statement, size_t number)
{
    char *name;
    if (asprintf(&name, "n%zu", number) < 0)
        abort();
    PQclear(checked(store, PQprepare(store, name, statement, 0, NULL), statement));
    return name;
}

static int64_t cell(const PGresult *r, int row, int column)
{
    return (int64_t)strtod(PQgetvalue(r, row, column), NULL);
}

static size_t run_postgres(void *store, void *statement, struct bench_row rows[BENCH_ROWS])
{
    PGresult *r = checked(store, PQexecPrepared(store, statement, 0, NULL, NULL, NULL, 0), statement);
    int n = PQntuples(r);
    for (int i = 0; i < n && i < BENCH_ROWS; i++)
        rows[i] = (struct bench_row){cell(r, i, 0), cell(r, i, 1), cell(r, i, 2), cell(r, i, 3), cell(r, i, 4)};
    PQclear(r);
    return (size_t)n;
}

static void update_postgres(void *store, int64_t id)
{
    char sql[128];
    snprintf(sql, sizeof sql, "UPDATE cap SET lead = lead WHERE id = %lld", (long long)id);
    execute(store, sql);
}

static int64_t bytes_postgres(void *store)
{
    PGresult *r = checked(
        store, PQexec(store, "SELECT pg_total_relation_size('cap') + pg_total_relation_size('site_certificate')"),
        "size");
    int64_t bytes = cell(r, 0, 0);
    PQclear(r);
    return bytes;
}

const struct baseline baseline_postgres = {"postgres",   open_postgres,   prepare_postgres,
                                           run_postgres, update_postgres, bytes_postgres};
