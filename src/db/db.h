/*
 * The store: one interface for a SQLite file and for PostgreSQL. Nobody above db/ knows which one it is.
 *
 * store   opened once by the process, used by all threads
 * db      reading handle of one request or job, for one thread; rows and texts of its queries live in its arena
 * tx      a write transaction, seen only inside a closure given to db_write
 *
 * Queries are the functions that tools/sqlc makes of .sql files: reads take `struct db *`, writes take `struct tx *`.
 */
#ifndef PPURI_DB_DB_H
#define PPURI_DB_DB_H

#include "base/arena.h"
#include "base/embedded.h"
#include "base/status.h"
#include "base/vec.h"

struct store;
struct db;
struct tx;

/* A zero takes the default in parentheses. */
struct store_options {
    int connections;  /* most reading connections of SQLite, most connections of PostgreSQL (16) */
    int queue_max;    /* writes that may wait in the queue of SQLite; one more is ST_BUSY (1024) */
    int batch_max;    /* most writes in one commit of SQLite (64) */
    int busy_ms;      /* longest wait for a connection or another process's lock (5000) */
    int query_max_ms; /* longest running time of one statement; over it ST_TIMEOUT (30000) */
    int node;         /* 0 .. 1023, different on every machine that makes ids for one store (0) */
    bool skip_check;  /* leaves out SQLite's quick_check, which reads the whole file */
};

/*
 * `url` is postgres://... or postgresql://..., anything else is the path of a SQLite file, made if absent, readable by
 * its owner only. ST_IO: cannot be opened or is damaged; ST_UNSUPPORTED: a PostgreSQL database that is not UTF-8 with C
 * collation; ST_BUSY: PostgreSQL cannot be reached. The reason is logged.
 */
MUST_USE enum status store_open(const char *url, const struct store_options *options, struct store **out);
/* Waits for queued writes; every db must have been released. NULL is allowed. */
void store_close(struct store *s);
bool store_is_postgres(const struct store *s);
/* A new id: positive, growing, unique among the nodes of the store. Thread-safe. */
int64_t store_new_id(struct store *s);

/*
 * Applies what is missing of `files` (NNNN_x.sql in order, ended by a row of NULLs), one transaction each. ST_CONFLICT:
 * an applied file was edited or is gone from its place; ST_UNSUPPORTED: the store has migrations this program does not
 * know. The reason is logged, nothing is changed then. Several processes may do it at once. `applied` may be NULL.
 */
MUST_USE enum status store_migrate(struct store *s, const struct embedded *files, int *applied);

/* How many of `files` are not applied yet; changes nothing. Refuses as store_migrate does. */
MUST_USE enum status store_pending(struct store *s, const struct embedded *files, int *pending);

/*
 * Reads the whole store and gives one line for each fault found, in `a`; none: it is sound. SQLite: pages, indexes,
 * constraints and foreign keys. PostgreSQL: every table can be read (with data checksums every flipped bit shows) and
 * every index is valid. ST_OK also with faults. Takes as long as reading the store; writers are not held up.
 */
MUST_USE enum status store_check(struct store *s, struct arena *a, struct str_list *faults);

/* Never fails: a connection is taken at the first query. `a` must outlive the db. */
struct db *db_acquire(struct store *s, struct arena *a);
void db_release(struct db *db);
struct arena *db_arena(const struct db *db);
int64_t db_new_id(struct db *db);

/* Everything read between the two comes from one moment. They don't nest; db_write in between is ST_BUG. */
MUST_USE enum status db_read_begin(struct db *db);
void db_read_end(struct db *db);

typedef enum status db_write_fn(struct tx *t, void *arg);
/*
 * Runs `fn` in one serializable transaction and returns after it is durable: ST_OK means committed, anything else that
 * nothing of it was stored (but ST_IO from PostgreSQL may mean that the connection broke during COMMIT and nobody
 * knows: a state change therefore carries its idempotency key). `fn` may run more than once and on another thread: it
 * touches only `arg`, the arena and the tx, does no I/O, sets its outputs afresh. It stores nothing if it returns other
 * than ST_OK, or if one of its queries failed with anything but ST_NOT_FOUND: that failure sticks to the tx, all later
 * queries return it. ST_BUSY: queue full, lock not had, or conflicts with other writers went on; ST_FULL: disk full;
 * ST_CONFLICT: a unique or foreign key refused; what `fn` returned.
 */
MUST_USE enum status db_write(struct db *db, db_write_fn *fn, void *arg);
/* For reading queries inside a write; they see what the transaction wrote. */
struct db *tx_db(struct tx *t);
int64_t tx_new_id(struct tx *t);

/* `text` with `!`, `%` and `_` escaped by `!`, and `%` behind: a pattern for x_fold LIKE :prefix ESCAPE '!'. */
struct str db_like_prefix(struct arena *a, struct str text);
/* The same with `%` at both ends. */
struct str db_like_part(struct arena *a, struct str text);

#endif
