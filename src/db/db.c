/*
 * The handles: db for reading, tx inside a write. A write goes to the writer thread (one_writer) or runs here in a loop
 * that repeats it after conflicts. Neither handle is for two threads at once.
 */
#include "base/log.h"
#include "base/time.h"
#include "db/engine.h"

#include <time.h>

enum { ATTEMPTS_MAX = 12, BACKOFF_MAX_MS = 200 };

struct db *db_acquire(struct store *s, struct arena *a)
{
    struct db *db = ARENA_NEW(a, struct db);
    *db = (struct db){.store = s, .arena = a};
    return db;
}

void db_release(struct db *db)
{
    db_read_end(db);
    if (db->conn)
        pool_give(&db->store->pool, db->conn);
    db->conn = NULL;
}

struct arena *db_arena(const struct db *db)
{
    return db->arena;
}

int64_t db_new_id(struct db *db)
{
    return store_new_id(db->store);
}

struct db *tx_db(struct tx *t)
{
    return &t->db;
}

int64_t tx_new_id(struct tx *t)
{
    return db_new_id(&t->db);
}

enum status db_connect(struct db *db)
{
    if (db->in_read && db->failed)
        return db->failed;
    return db->conn ? ST_OK : pool_take(&db->store->pool, &db->conn);
}

enum status db_fail(struct db *db, enum status st)
{
    if (db->is_tx && st != ST_OK && st != ST_NOT_FOUND && db->failed == ST_OK)
        db->failed = st;
    return st;
}

static enum status begin_on(struct db *db, enum control op)
{
    TRY(db_connect(db));
    enum status st = db->conn->engine->control(db->conn, op);
    if (st == ST_OK || db->conn->fault != FAULT_LOST)
        return st;
    pool_give(&db->store->pool, db->conn);
    db->conn = NULL;
    TRY(db_connect(db));
    return db->conn->engine->control(db->conn, op);
}

enum status db_read_begin(struct db *db)
{
    if (db->is_tx || db->in_read || db->in_write)
        return ST_BUG;
    db->failed = ST_OK;
    TRY(begin_on(db, CONTROL_READ));
    db->in_read = true;
    return ST_OK;
}

void db_read_end(struct db *db)
{
    if (!db->in_read)
        return;
    db->in_read = false;
    db->failed = ST_OK;
    if (!db->conn || !db->conn->engine->in_transaction(db->conn))
        return;
    if (db->conn->engine->control(db->conn, CONTROL_ROLLBACK) != ST_OK)
        db->conn->fault = FAULT_LOST;
    if (db->conn->fault == FAULT_LOST) {
        pool_give(&db->store->pool, db->conn);
        db->conn = NULL;
    }
}

static enum status attempt(struct db *db, db_write_fn *fn, void *arg, bool *committing)
{
    const struct engine *e = db->store->engine;
    *committing = false;
    TRY(begin_on(db, CONTROL_WRITE));
    db->conn->fault = FAULT_NONE;
    struct tx t = {.db = {.store = db->store, .arena = db->arena, .conn = db->conn, .is_tx = true}};
    db->in_write = true;
    enum status st = fn(&t, arg);
    db->in_write = false;
    if (t.db.failed)
        st = t.db.failed;
    *committing = st == ST_OK;
    if (st == ST_OK)
        st = e->control(db->conn, CONTROL_COMMIT);
    enum conn_fault fault = db->conn->fault;
    if (st != ST_OK && fault != FAULT_LOST && e->in_transaction(db->conn)) {
        if (e->control(db->conn, CONTROL_ROLLBACK) != ST_OK)
            fault = FAULT_LOST;
    }
    db->conn->fault = fault;
    return st;
}

/* Doubling, with jitter from the clock's last digits so that two that met don't meet again. */
static void back_off(int attempt_no)
{
    int64_t most_ms = attempt_no < 8 ? INT64_C(1) << attempt_no : BACKOFF_MAX_MS;
    int64_t most_ns = (most_ms < BACKOFF_MAX_MS ? most_ms : BACKOFF_MAX_MS) * 1000000;
    int64_t ns = most_ns / 2 + time_steady_ns() * 7919 % (most_ns / 2 + 1);
    struct timespec t = {.tv_sec = 0, .tv_nsec = ns};
    nanosleep(&t, NULL);
}

/* Why an attempt failed; a lost connection is given up. */
static enum conn_fault fault_of(struct db *db)
{
    if (!db->conn)
        return FAULT_NONE;
    enum conn_fault fault = db->conn->fault;
    if (fault == FAULT_LOST) {
        pool_give(&db->store->pool, db->conn);
        db->conn = NULL;
    } else {
        db->conn->fault = FAULT_NONE;
    }
    return fault;
}

static enum status write_here(struct db *db, db_write_fn *fn, void *arg)
{
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
        bool committing;
        enum status st = attempt(db, fn, arg, &committing);
        if (st == ST_OK)
            return ST_OK;
        enum conn_fault fault = fault_of(db);
        if (fault == FAULT_NONE)
            return st;
        if (fault == FAULT_LOST && committing) {
            LOG(LOG_ERROR, "commit_unknown", LOG_N("attempt", i + 1));
            return ST_IO;
        }
        back_off(i);
    }
    return ST_BUSY;
}

enum status db_write(struct db *db, db_write_fn *fn, void *arg)
{
    if (db->is_tx || db->in_read || db->in_write) {
        LOG(LOG_ERROR, "sql_misuse", LOG_S("what", STR("db_write inside a read or a write")));
        return ST_BUG;
    }
    if (!db->store->writer)
        return write_here(db, fn, arg);
    db->in_write = true;
    enum status st = writer_write(db->store->writer, db, fn, arg);
    db->in_write = false;
    return st;
}

static struct str escape_like(struct arena *a, const char *before, struct str text)
{
    char *p = arena_alloc(a, text.n * 2 + 3);
    size_t n = 0;
    if (*before)
        p[n++] = *before;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '!' || text.p[i] == '%' || text.p[i] == '_')
            p[n++] = '!';
        p[n++] = text.p[i];
    }
    p[n++] = '%';
    return str_n(p, n);
}

struct str db_like_prefix(struct arena *a, struct str text)
{
    return escape_like(a, "", text);
}

struct str db_like_part(struct arena *a, struct str text)
{
    return escape_like(a, "%", text);
}
