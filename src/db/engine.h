/* Inside db/ only (and tests of it): what an engine offers, and how store, db and tx hang together. */
#ifndef PPURI_DB_ENGINE_H
#define PPURI_DB_ENGINE_H

#include "db/cache.h"
#include "db/db.h"
#include "db/id.h"
#include "db/sql.h"

#include <pthread.h>

struct engine;

/* Why a failed transaction may succeed when run again. */
enum conn_fault { FAULT_NONE, FAULT_RETRY, FAULT_LOST };

/* An engine's connection begins with this. */
struct conn {
    const struct engine *engine;
    struct stmt_cache cache;
    enum conn_fault fault; /* of the last failure; cleared by whoever acts on it */
    struct conn *next;     /* in the pool */
};

struct store_config {
    const char *url;
    struct store_options options; /* defaults filled in */
};

struct sql_call {
    const struct sql_block *block;
    uint32_t key;
    const struct sql_value *params;
    /* Cells live until it returns. */
    enum status (*row)(void *arg, const struct sql_value *cells);
    void *arg;
    bool stream; /* rows one by one, other calls may come in between */
    int64_t changed;
};

enum control {
    CONTROL_READ,
    CONTROL_WRITE,
    CONTROL_SAVEPOINT,
    CONTROL_RELEASE,
    CONTROL_UNDO,
    CONTROL_COMMIT,
    CONTROL_ROLLBACK
};

struct engine {
    const char *name;
    bool one_writer; /* writes go through the writer thread */
    enum status (*open)(const struct store_config *config, bool writer, struct conn **out);
    void (*close)(struct conn *c);
    /* Transactions; CONTROL_UNDO goes back to the savepoint and drops it. */
    enum status (*control)(struct conn *c, enum control op);
    /* What the engine itself says: a failure may have ended the transaction. */
    bool (*in_transaction)(struct conn *c);
    enum status (*run)(struct conn *c, struct sql_call *call);
    /* Several statements without parameters. */
    enum status (*script)(struct conn *c, const char *sql);
    enum status (*check)(struct conn *c, const struct sql_call *call, struct arena *a, struct str *reason);
    /* Adds a line for each fault of the whole store. The connection is closed afterwards. */
    enum status (*integrity)(struct conn *c, struct arena *a, struct str_list *faults);
};

extern const struct engine engine_sqlite;
extern const struct engine engine_postgres;

struct db {
    struct store *store;
    struct arena *arena;
    struct conn *conn; /* NULL until the first query */
    bool is_tx;
    bool in_read;
    bool in_write;      /* its owner waits in db_write */
    enum status failed; /* is_tx: the first failure */
};

struct tx {
    struct db db;
};

struct pool {
    const struct store_config *config;
    const struct engine *engine;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct conn *idle;
    int open;
};

void pool_init(struct pool *p, const struct engine *e, const struct store_config *config);
void pool_release(struct pool *p);
/* Waits up to busy_ms, then ST_BUSY. */
MUST_USE enum status pool_take(struct pool *p, struct conn **out);
/* A lost connection is closed, another goes back. */
void pool_give(struct pool *p, struct conn *c);

struct writer;
MUST_USE enum status writer_start(const struct engine *e, const struct store_config *config, struct writer **out);
/* Finishes what is queued. */
void writer_stop(struct writer *w);
MUST_USE enum status writer_write(struct writer *w, struct db *db, db_write_fn *fn, void *arg);

struct store {
    const struct engine *engine;
    struct store_config config;
    struct pool pool;
    struct writer *writer; /* NULL unless engine->one_writer */
    struct id_source ids;
    char *url;
};

/* store_open with a given engine: tests replace single functions of one. */
MUST_USE enum status store_open_engine(const struct engine *e, const char *url, const struct store_options *options,
                                       struct store **out);
/* A connection for db if it has none. */
MUST_USE enum status db_connect(struct db *db);
/* The status that the first failure of a tx left, and remembering it. */
enum status db_fail(struct db *db, enum status st);

#endif
