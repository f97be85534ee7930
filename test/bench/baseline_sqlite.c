/* SQLite: WITHOUT ROWID for the side tables, an index that begins with the process, statistics, all in memory. */
#include "test/bench/match_baseline.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void execute(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_fail(sql, sqlite3_errmsg(db));
}

static void load(sqlite3 *db, const char *folder, const char *table, int columns)
{
    char path[512], sql[256];
    char *line = NULL;
    size_t room = 0;
    int n = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
    snprintf(sql + n, sizeof sql - (size_t)n, ")");
    snprintf(path, sizeof path, "%s/%s.tsv", folder, table);
    FILE *in = fopen(path, "r");
    sqlite3_stmt *insert;
    if (!in || sqlite3_prepare_v2(db, sql, -1, &insert, NULL) != SQLITE_OK)
        bench_fail(path, sqlite3_errmsg(db));
    while (getline(&line, &room, in) > 0) {
        char *rest = line;
        for (int i = 1; i <= columns; i++) {
            char *cell = strsep(&rest, "\t\n");
            if (strcmp(cell, "\\N") != 0)
                sqlite3_bind_text(insert, i, cell, -1, SQLITE_STATIC);
            else
                sqlite3_bind_null(insert, i);
        }
        if (sqlite3_step(insert) != SQLITE_DONE)
            bench_fail(path, sqlite3_errmsg(db));
        sqlite3_reset(insert);
    }
    free(line);
    fclose(in);
    sqlite3_finalize(insert);
}

static void *open_sqlite(const char *folder, const char *const *tables)
{
    sqlite3 *db;
    (void)tables;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        bench_fail("sqlite", sqlite3_errmsg(db));
    execute(
        db,
        "CREATE TABLE cap (id INTEGER PRIMARY KEY, site INTEGER, process INTEGER, size_n INTEGER, s1 REAL, s2 REAL,"
        " s3 REAL, mass_min REAL, mass_max REAL, tol_kind INTEGER, tol REAL, ra REAL, batch_min REAL, batch_max REAL,"
        " free_n REAL, free_kg REAL, lead REAL, cert_known INTEGER, region INTEGER, lat REAL, lon REAL, track REAL,"
        " evidence REAL, mats TEXT);"
        "CREATE TABLE cap_material (cap INTEGER, material INTEGER, PRIMARY KEY (cap, material)) WITHOUT ROWID;"
        "CREATE TABLE site_certificate (site INTEGER, certificate INTEGER, until INTEGER,"
        " PRIMARY KEY (site, certificate)) WITHOUT ROWID; BEGIN");
    load(db, folder, "cap", 24);
    load(db, folder, "cap_material", 2);
    load(db, folder, "site_certificate", 3);
    execute(db, "COMMIT; UPDATE cap SET mats = NULL; CREATE INDEX cap_process ON cap (process); ANALYZE");
    return db;
}

static void *prepare_sqlite(void *store, const char *statement, size_t number)
{
    sqlite3_stmt *out;
    (void)number;
    if (sqlite3_prepare_v3(store, statement, -1, SQLITE_PREPARE_PERSISTENT, &out, NULL) != SQLITE_OK)
        bench_fail(statement, sqlite3_errmsg(store));
    return out;
}

static size_t run_sqlite(void *store, void *statement, struct bench_row rows[BENCH_ROWS])
{
    size_t n = 0;
    int rc;
    for (; (rc = sqlite3_step(statement)) == SQLITE_ROW && n < BENCH_ROWS; n++)
        rows[n] = (struct bench_row){sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                                     sqlite3_column_int64(statement, 2), sqlite3_column_int64(statement, 3),
                                     sqlite3_column_int64(statement, 4)};
    if (rc != SQLITE_DONE)
        bench_fail("sqlite", sqlite3_errmsg(store));
    sqlite3_reset(statement);
    return n;
}

static void update_sqlite(void *store, int64_t id)
{
    char sql[128];
    snprintf(sql, sizeof sql, "UPDATE cap SET lead = lead WHERE id = %lld", (long long)id);
    execute(store, sql);
}

static int64_t bytes_sqlite(void *store)
{
    int64_t pages = 0;
    sqlite3_stmt *q =
        prepare_sqlite(store, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", 0);
    if (sqlite3_step(q) == SQLITE_ROW)
        pages = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return pages;
}

const struct baseline baseline_sqlite = {"sqlite",   open_sqlite,   prepare_sqlite,
                                         run_sqlite, update_sqlite, bytes_sqlite};
