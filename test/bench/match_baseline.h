/* The SQL baselines that are run from here; DuckDB is run by baseline_duckdb.mjs. */
#ifndef PPURI_BENCH_MATCH_BASELINE_H
#define PPURI_BENCH_MATCH_BASELINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"

/* A row of an answer, see match_sql. */
struct bench_row {
    int64_t kind;
    int64_t class;
    int64_t x;
    int64_t unknowns;
    int64_t id;
};

enum { BENCH_TOP = 20, BENCH_ROWS = BENCH_TOP + 4 };

/* Loads the tables of `folder` with their indexes and prepares every statement of its dialect before anything is
   timed. A failure is told on standard error and ends the program. */
struct baseline {
    const char *name;
    void *(*open)(const char *folder, const char *const *tables);
    void *(*prepare)(void *store, const char *statement, size_t number);
    /* Returns the number of rows. */
    size_t (*run)(void *store, void *statement, struct bench_row rows[BENCH_ROWS]);
    void (*update)(void *store, int64_t id);
    int64_t (*bytes)(void *store);
};

extern const struct baseline baseline_sqlite;
extern const struct baseline baseline_postgres;

_Noreturn void bench_fail(const char *what, const char *why);

#endif
