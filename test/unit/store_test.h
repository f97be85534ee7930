/* A fresh store for each test, on SQLite and on PostgreSQL, and a few firms in it. */
#ifndef PPURI_TEST_STORE_TEST_H
#define PPURI_TEST_STORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/db.h"
#include "db/sql.h"
#include "shop_sql.h"

struct fixture {
    struct store *store;
    struct arena arena;
    struct db *db;
    char url[600];
    char folder[200];
    char name[40]; /* of the PostgreSQL database */
};

extern const struct embedded embedded_shop[];
/* Which engine the tests run on now. */
extern bool on_postgres;

#define assert_ok(x) assert_int_equal((x), ST_OK)

/* A store without tables, and one migrated to the shop's schema. `options` may be NULL. */
struct fixture *fixture_empty(const struct store_options *options);
struct fixture *fixture_shop(const struct store_options *options);
/* One migrated to the product's own schema. */
struct fixture *fixture_house(const struct store_options *options);
void fixture_free(struct fixture *f);
/* cmocka's setup and teardown. */
int shop_setup(void **state);
int shop_teardown(void **state);
int house_setup(void **state);
/* Runs `fn` in a child process with a store of its own; the signal that ended the child, 0 when it came back. */
int in_child(const struct fixture *f, void (*fn)(struct db *db, void *arg), void *arg);
/* A query of a test's own that gives one whole number, by RAW_NUMBER at file level. */
extern const struct sql_column raw_column;
#define RAW_NUMBER(block, text)                                                                                        \
    static const struct sql_piece block##_piece = {0, 0, text, text};                                                  \
    static const struct sql_block block = {.name = #block,                                                             \
                                           .pieces = &block##_piece,                                                   \
                                           .piece_count = 1,                                                           \
                                           .columns = &raw_column,                                                     \
                                           .column_count = 1,                                                          \
                                           .row_size = sizeof(int64_t)}
int64_t raw_number(struct fixture *f, const struct sql_block *block);
/* Runs statements that the product would never run: somebody tampers with the store. */
void tamper(struct fixture *f, const char *sql);

/* Runs all on each engine and prints "NAME: sqlite N, postgres N"; the exit code of main. */
int run_on_both(const char *name, const struct CMUnitTest *tests, size_t n);

/* Regions 1 and 2, and firms `from` .. `to`: staff NULL for every third, region by parity. */
void add_firms(struct fixture *f, int from, int to);
/* counter `name` = n */
void set_counter(struct fixture *f, const char *name, int64_t n);
int64_t get_counter(struct fixture *f, const char *name);

#endif
