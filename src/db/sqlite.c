/*
 * The SQLite engine; the only file that knows sqlite3.h. A connection belongs to one thread at a time. Write-ahead log,
 * every COMMIT synced (FULL), foreign keys on, double-quoted strings off. No pointer of SQLite leaves a row callback.
 * A statement runs at most query_max_ms. Only the one writer connection may write; the others are opened read-only.
 */
#include "base/log.h"
#include "base/time.h"
#include "db/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

enum { COLUMNS_MAX = 64, TEXT_MAX_BYTES = 64 << 10, STEPS_BETWEEN_CLOCKS = 20000, FAULTS_MAX = 100 };

struct sqlite_conn {
    struct conn base;
    sqlite3 *h;
    int64_t deadline_ns;
    int64_t query_max_ns;
};

static struct sqlite_conn *self(struct conn *c)
{
    return (struct sqlite_conn *)(void *)c;
}

static enum status status_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ST_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ST_BUSY;
    case SQLITE_FULL:
        return ST_FULL;
    case SQLITE_INTERRUPT:
        return ST_TIMEOUT;
    case SQLITE_TOOBIG:
        return ST_TOO_LARGE;
    case SQLITE_CONSTRAINT:
        return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID ||
                       rc == SQLITE_CONSTRAINT_FOREIGNKEY
                   ? ST_CONFLICT
                   : ST_BUG;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_SCHEMA:
        return ST_BUG;
    default:
        return ST_IO;
    }
}

/* SQLite's messages name tables and columns, never values. */
static enum status failure(const struct sqlite_conn *c, const char *what, int rc)
{
    enum status st = status_of(rc);
    LOG(st == ST_CONFLICT || st == ST_BUSY ? LOG_DEBUG : LOG_ERROR, "sqlite_failed", LOG_S("what", str_c(what)),
        LOG_N("code", rc), LOG_S("reason", str_c(c->h ? sqlite3_errmsg(c->h) : "")));
    return st;
}

static int on_progress(void *arg)
{
    const struct sqlite_conn *c = arg;
    return c->deadline_ns && time_steady_ns() > c->deadline_ns;
}

static enum status prepare(struct sqlite_conn *c, const struct sql_block *b, uint32_t key, sqlite3_stmt **out)
{
    AUTO_BUF text;
    buf_init(&text, TEXT_MAX_BYTES);
    sql_text_of(&text, b, key, false);
    TRY(buf_status(&text));
    int rc = sqlite3_prepare_v3(c->h, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT, out, NULL);
    return rc == SQLITE_OK ? ST_OK : failure(c, b->name, rc);
}

/* From the cache, or prepared: then *slot is NULL if the caller has to finalise it. */
static enum status statement(struct sqlite_conn *c, const struct sql_call *call, struct stmt_slot **slot,
                             sqlite3_stmt **out)
{
    *slot = stmt_cache_find(&c->base.cache, call->block, call->key);
    if (*slot) {
        *out = (*slot)->stmt;
        (*slot)->busy = true;
        return ST_OK;
    }
    TRY(prepare(c, call->block, call->key, out));
    void *evicted;
    *slot = stmt_cache_add(&c->base.cache, call->block, call->key, &evicted);
    sqlite3_finalize(evicted);
    if (*slot) {
        (*slot)->stmt = *out;
        (*slot)->busy = true;
    }
    return ST_OK;
}

static int bind_ints(sqlite3_stmt *stmt, int at, struct sql_ints list)
{
    AUTO_BUF json;
    buf_init(&json, 64 << 20);
    buf_add_byte(&json, '[');
    for (size_t i = 0; i < list.n; i++)
        buf_printf(&json, i ? ",%lld" : "%lld", (long long)list.v[i]);
    buf_add_byte(&json, ']');
    if (json.overflow)
        return SQLITE_TOOBIG;
    return sqlite3_bind_text64(stmt, at, json.p, json.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int bind_value(sqlite3_stmt *stmt, int at, const struct sql_value *v)
{
    if (v->kind == SQL_INTS)
        return bind_ints(stmt, at, v->ints);
    if (v->null)
        return sqlite3_bind_null(stmt, at);
    switch (v->kind) {
    case SQL_INT:
        return sqlite3_bind_int64(stmt, at, v->i);
    case SQL_REAL:
        return sqlite3_bind_double(stmt, at, v->r);
    case SQL_TEXT:
        return sqlite3_bind_text64(stmt, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    default:
        return v->s.n ? sqlite3_bind_blob64(stmt, at, v->s.p, v->s.n, SQLITE_STATIC)
                      : sqlite3_bind_zeroblob(stmt, at, 0);
    }
}

static int bind_all(sqlite3_stmt *stmt, const struct sql_call *call)
{
    int used = sqlite3_bind_parameter_count(stmt);
    int rc = SQLITE_OK;
    for (int i = 0; i < used && i < (int)call->block->param_count && rc == SQLITE_OK; i++)
        rc = bind_value(stmt, i + 1, &call->params[i]);
    return rc;
}

static enum status read_cell(sqlite3_stmt *stmt, int at, const struct sql_block *b, struct sql_value *v)
{
    const struct sql_column *col = &b->columns[at];
    int type = sqlite3_column_type(stmt, at);
    *v = (struct sql_value){.kind = col->kind, .null = type == SQLITE_NULL};
    if (v->null)
        return ST_OK;
    if (col->kind == SQL_INT && type == SQLITE_INTEGER) {
        v->i = sqlite3_column_int64(stmt, at);
    } else if (col->kind == SQL_REAL && (type == SQLITE_FLOAT || type == SQLITE_INTEGER)) {
        v->r = sqlite3_column_double(stmt, at);
    } else if (col->kind == SQL_TEXT && type == SQLITE_TEXT) {
        const unsigned char *p = sqlite3_column_text(stmt, at);
        v->s = str_n((const char *)p, (size_t)sqlite3_column_bytes(stmt, at));
    } else if (col->kind == SQL_BLOB && type == SQLITE_BLOB) {
        const void *p = sqlite3_column_blob(stmt, at);
        v->s = str_n(p ? p : "", (size_t)sqlite3_column_bytes(stmt, at));
    } else {
        return sql_misuse(b, col->name);
    }
    return ST_OK;
}

static enum status give_row(sqlite3_stmt *stmt, const struct sql_call *call)
{
    struct sql_value cells[COLUMNS_MAX];
    const struct sql_block *b = call->block;
    if (b->column_count > COLUMNS_MAX || (int)b->column_count != sqlite3_column_count(stmt))
        return sql_misuse(b, "number of columns");
    for (size_t i = 0; i < b->column_count; i++)
        TRY(read_cell(stmt, (int)i, b, &cells[i]));
    return call->row ? call->row(call->arg, cells) : ST_OK;
}

/* To the end also when only the first row is wanted: COMMIT fails while a RETURNING statement is open. */
static enum status step_all(struct sqlite_conn *c, sqlite3_stmt *stmt, struct sql_call *call)
{
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        TRY(give_row(stmt, call));
    if (rc != SQLITE_DONE)
        return failure(c, call->block->name, rc);
    call->changed = sqlite3_changes64(c->h);
    return ST_OK;
}

static enum status sqlite_run(struct conn *conn, struct sql_call *call)
{
    struct sqlite_conn *c = self(conn);
    struct stmt_slot *slot;
    sqlite3_stmt *stmt;
    if (call->block->only_postgres)
        return sql_misuse(call->block, "is for PostgreSQL only");
    TRY(statement(c, call, &slot, &stmt));
    int64_t outer_deadline_ns = c->deadline_ns;
    c->deadline_ns = call->stream ? 0 : time_steady_ns() + c->query_max_ns;
    int rc = bind_all(stmt, call);
    enum status st = rc == SQLITE_OK ? step_all(c, stmt, call) : failure(c, call->block->name, rc);
    c->deadline_ns = outer_deadline_ns;
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    if (slot)
        slot->busy = false;
    else
        sqlite3_finalize(stmt);
    return st;
}

static enum status sqlite_script(struct conn *conn, const char *sql)
{
    struct sqlite_conn *c = self(conn);
    c->deadline_ns = 0;
    int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ST_OK : failure(c, "script", rc);
}

#define CONTROL_BLOCK(text)                                                                                            \
    {                                                                                                                  \
        .name = text, .pieces = &(const struct sql_piece){0, 0, text, ""}, .piece_count = 1                            \
    }
static const struct sql_block control_blocks[] = {
    [CONTROL_READ] = CONTROL_BLOCK("BEGIN"),
    [CONTROL_WRITE] = CONTROL_BLOCK("BEGIN IMMEDIATE"),
    [CONTROL_SAVEPOINT] = CONTROL_BLOCK("SAVEPOINT job"),
    [CONTROL_RELEASE] = CONTROL_BLOCK("RELEASE job"),
    [CONTROL_UNDO] = CONTROL_BLOCK("ROLLBACK TO job"),
    [CONTROL_COMMIT] = CONTROL_BLOCK("COMMIT"),
    [CONTROL_ROLLBACK] = CONTROL_BLOCK("ROLLBACK"),
};
#undef CONTROL_BLOCK

static enum status sqlite_control(struct conn *conn, enum control op)
{
    struct sql_call call = {.block = &control_blocks[op]};
    TRY(sqlite_run(conn, &call));
    if (op != CONTROL_UNDO)
        return ST_OK;
    call = (struct sql_call){.block = &control_blocks[CONTROL_RELEASE]};
    return sqlite_run(conn, &call);
}

static bool sqlite_in_transaction(struct conn *conn)
{
    return sqlite3_get_autocommit(self(conn)->h) == 0;
}

static void sqlite_close(struct conn *conn)
{
    struct sqlite_conn *c = self(conn);
    for (int i = 0; i < c->base.cache.n; i++)
        sqlite3_finalize(c->base.cache.slots[i].stmt);
    if (sqlite3_close(c->h) != SQLITE_OK)
        failure(c, "close", SQLITE_BUSY);
    free(c);
}

/* True when the pragma's first answer begins with `want`. */
static bool pragma_says(struct sqlite_conn *c, const char *sql, const char *want)
{
    sqlite3_stmt *stmt = NULL;
    bool ok = sqlite3_prepare_v2(c->h, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
              str_eq(str_c((const char *)sqlite3_column_text(stmt, 0)), str_c(want));
    if (!ok)
        LOG(LOG_ERROR, "sqlite_refused", LOG_S("pragma", str_c(sql)), LOG_S("reason", str_c(sqlite3_errmsg(c->h))));
    sqlite3_finalize(stmt);
    return ok;
}

/* Made here so that nobody else may read it; SQLite gives its side files the same mode. */
static enum status make_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        LOG(LOG_ERROR, "store_open_failed", LOG_S("reason", str_c(strerror(errno))));
        return ST_IO;
    }
    close(fd);
    return ST_OK;
}

static enum status configure(struct sqlite_conn *c, const struct store_config *config, bool writer)
{
    sqlite3_extended_result_codes(c->h, 1);
    sqlite3_busy_timeout(c->h, config->options.busy_ms);
    sqlite3_progress_handler(c->h, STEPS_BETWEEN_CLOCKS, on_progress, c);
    static const int off[] = {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_TRUSTED_SCHEMA,
                              SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION};
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++)
        sqlite3_db_config(c->h, off[i], 0, NULL);
    sqlite3_db_config(c->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (!writer)
        return sqlite_script(&c->base, "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY");
    if (!config->options.skip_check && !pragma_says(c, "PRAGMA quick_check(1)", "ok"))
        return ST_IO;
    if (!pragma_says(c, "PRAGMA journal_mode=WAL", "wal"))
        return ST_IO;
    TRY(sqlite_script(&c->base, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;"
                                "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY"));
    return pragma_says(c, "PRAGMA synchronous", "2") && pragma_says(c, "PRAGMA foreign_keys", "1") ? ST_OK : ST_IO;
}

static enum status sqlite_open(const struct store_config *config, bool writer, struct conn **out)
{
    if (writer)
        TRY(make_file(config->url));
    struct sqlite_conn *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->base.engine = &engine_sqlite;
    stmt_cache_init(&c->base.cache);
    c->query_max_ns = (int64_t)config->options.query_max_ms * 1000000;
    int flags = (writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(config->url, &c->h, flags, NULL);
    enum status st = rc == SQLITE_OK ? configure(c, config, writer) : failure(c, "open", rc);
    if (st != ST_OK)
        sqlite_close(&c->base);
    else
        *out = &c->base;
    return st == ST_BUG ? ST_IO : st;
}

static enum status sqlite_check(struct conn *conn, const struct sql_call *call, struct arena *a, struct str *reason)
{
    struct sqlite_conn *c = self(conn);
    sqlite3_stmt *stmt;
    if (call->block->only_postgres)
        return ST_OK;
    enum status st = prepare(c, call->block, call->key, &stmt);
    if (st != ST_OK)
        *reason = arena_printf(a, "%s", sqlite3_errmsg(c->h));
    else
        sqlite3_finalize(stmt);
    return st;
}

/* Each row of a pragma as one line "what: cell cell", but for a row that says ok. */
static enum status pragma_lines(struct sqlite_conn *c, const char *sql, struct arena *a, struct str_list *faults)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(c->h, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW && faults->n < FAULTS_MAX) {
        struct str line = STR("");
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            struct str cell = str_c((const char *)sqlite3_column_text(stmt, i));
            line = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(line), i ? " " : "", STR_ARG(cell));
        }
        if (!str_eq(line, STR("ok")))
            VEC_PUSH(a, faults, arena_printf(a, "%s: " STR_FMT, sql, STR_ARG(line)));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
        VEC_PUSH(a, faults, arena_printf(a, "%s: %s", sql, sqlite3_errstr(rc)));
    else if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
        return failure(c, sql, rc);
    return ST_OK;
}

static enum status sqlite_integrity(struct conn *conn, struct arena *a, struct str_list *faults)
{
    struct sqlite_conn *c = self(conn);
    c->deadline_ns = 0;
    TRY(pragma_lines(c, "PRAGMA integrity_check(100)", a, faults));
    return faults->n ? ST_OK : pragma_lines(c, "PRAGMA foreign_key_check", a, faults);
}

const struct engine engine_sqlite = {
    "sqlite",   true,          sqlite_open,  sqlite_close,    sqlite_control, sqlite_in_transaction,
    sqlite_run, sqlite_script, sqlite_check, sqlite_integrity};
