/*
 * The PostgreSQL engine; the only file that knows libpq-fe.h. Parameters go binary (lists as text), results come as
 * text and are read by the kinds that the block declares, so no type numbers are needed at run time. A connection
 * belongs to one thread at a time; a broken one says FAULT_LOST, a serialization failure or deadlock FAULT_RETRY.
 * Server messages may hold users' values: only SQLSTATE and constraint are logged.
 */
#include "base/log.h"
#include "db/engine.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS_MAX = 64, PARAMS_MAX = 64, TEXT_MAX_BYTES = 64 << 10, FETCH_ROWS = 500 };

struct postgres_conn {
    struct conn base;
    PGconn *h;
    unsigned last_name; /* of statements and cursors */
};

struct params {
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX];
    int formats[PARAMS_MAX];
    Oid oids[PARAMS_MAX];
    uint64_t numbers[PARAMS_MAX]; /* big-endian; values point here */
    struct buf lists[PARAMS_MAX];
    int n;
};

static struct postgres_conn *self(struct conn *c)
{
    return (struct postgres_conn *)(void *)c;
}

static const struct {
    char state[6];
    enum status st;
    enum conn_fault fault;
} failures[] = {
    /* A shorter state is a class. First match. */
    {"40001", ST_BUSY, FAULT_RETRY},
    {"40P01", ST_BUSY, FAULT_RETRY},
    {"23505", ST_CONFLICT, FAULT_NONE},
    {"23503", ST_CONFLICT, FAULT_NONE},
    {"57014", ST_TIMEOUT, FAULT_NONE},
    /* A table, type, column or index made by two at once. */
    {"42P07", ST_CONFLICT, FAULT_NONE},
    {"42710", ST_CONFLICT, FAULT_NONE},
    {"42701", ST_CONFLICT, FAULT_NONE},
    {"55P03", ST_BUSY, FAULT_NONE},
    {"53100", ST_FULL, FAULT_NONE},
    {"53", ST_BUSY, FAULT_NONE},
    {"57P0", ST_BUSY, FAULT_LOST},
    {"08", ST_BUSY, FAULT_LOST},
    {"25006", ST_BUSY, FAULT_LOST},
    {"58", ST_IO, FAULT_NONE},
    {"XX", ST_IO, FAULT_NONE},
    {"54", ST_TOO_LARGE, FAULT_NONE},
};

static enum status failure(struct postgres_conn *c, const char *what, const PGresult *r)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *constraint = r ? PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME) : NULL;
    enum status st = ST_BUG;
    enum conn_fault fault = FAULT_NONE;
    for (size_t i = 0; state && i < sizeof failures / sizeof failures[0]; i++) {
        if (strncmp(state, failures[i].state, strlen(failures[i].state)) == 0) {
            st = failures[i].st;
            fault = failures[i].fault;
            break;
        }
    }
    if (!state || PQstatus(c->h) != CONNECTION_OK) {
        st = ST_BUSY;
        fault = FAULT_LOST;
    }
    c->base.fault = fault;
    LOG(st == ST_CONFLICT || fault == FAULT_RETRY ? LOG_DEBUG : LOG_ERROR, "postgres_failed",
        LOG_S("what", str_c(what)), LOG_S("state", str_c(state ? state : "connection")),
        LOG_S("constraint", str_c(constraint ? constraint : "")));
    return st;
}

/* Frees the result. */
static enum status finish(struct postgres_conn *c, const char *what, PGresult *r)
{
    ExecStatusType got = PQresultStatus(r);
    enum status st = got == PGRES_COMMAND_OK || got == PGRES_TUPLES_OK ? ST_OK : failure(c, what, r);
    PQclear(r);
    return st;
}

static enum status postgres_script(struct conn *conn, const char *sql)
{
    struct postgres_conn *c = self(conn);
    return finish(c, "script", PQexec(c->h, sql));
}

static Oid oid_of(enum sql_kind kind)
{
    static const Oid oids[] = {[SQL_INT] = 20, [SQL_REAL] = 701, [SQL_TEXT] = 25, [SQL_BLOB] = 17, [SQL_INTS] = 1016};
    return oids[kind];
}

static void fill_param(struct params *p, int i, const struct sql_value *v)
{
    p->formats[i] = v->kind != SQL_INTS;
    if (v->kind == SQL_INTS) {
        buf_init(&p->lists[i], 64 << 20);
        buf_add_byte(&p->lists[i], '{');
        for (size_t k = 0; k < v->ints.n; k++)
            buf_printf(&p->lists[i], k ? ",%lld" : "%lld", (long long)v->ints.v[k]);
        buf_add(&p->lists[i], str_n("}", 2));
        p->values[i] = p->lists[i].p;
    } else if (!v->null && (v->kind == SQL_TEXT || v->kind == SQL_BLOB)) {
        p->values[i] = v->s.p;
        p->lengths[i] = (int)v->s.n;
    } else if (!v->null) {
        uint64_t bits;
        memcpy(&bits, v->kind == SQL_INT ? (const void *)&v->i : (const void *)&v->r, sizeof bits);
        p->numbers[i] = htobe64(bits);
        p->values[i] = (const char *)&p->numbers[i];
        p->lengths[i] = sizeof bits;
    }
}

static enum status fill_params(struct params *p, const struct sql_call *call)
{
    const struct sql_block *b = call->block;
    *p = (struct params){.n = (int)b->param_count};
    if (b->param_count > PARAMS_MAX)
        return sql_misuse(b, "number of parameters");
    for (int i = 0; i < p->n; i++) {
        p->oids[i] = oid_of(b->params[i].kind);
        if (call->params)
            fill_param(p, i, &call->params[i]);
        if (p->lists[i].overflow || p->lengths[i] < 0)
            return ST_TOO_LARGE;
    }
    return ST_OK;
}

static void params_release(struct params *p)
{
    for (int i = 0; i < p->n && i < PARAMS_MAX; i++) {
        if (p->lists[i].p)
            buf_release(&p->lists[i]);
    }
}

static void statement_name(char *out, size_t n, uintptr_t number)
{
    snprintf(out, n, "s%lu", (unsigned long)number);
}

static enum status prepare(struct postgres_conn *c, const struct sql_call *call, const char *name, const Oid *oids)
{
    AUTO_BUF text;
    buf_init(&text, TEXT_MAX_BYTES);
    sql_text_of(&text, call->block, call->key, true);
    buf_add(&text, str_n("", 1));
    TRY(buf_status(&text));
    return finish(c, call->block->name, PQprepare(c->h, name, text.p, (int)call->block->param_count, oids));
}

static void deallocate(struct postgres_conn *c, uintptr_t number)
{
    char sql[64] = "DEALLOCATE ";
    statement_name(sql + strlen(sql), sizeof sql - strlen(sql), number);
    PQclear(PQexec(c->h, sql));
}

/* The name of the prepared statement; *slot stays NULL for the unnamed one. */
static enum status statement(struct postgres_conn *c, const struct sql_call *call, const Oid *oids, char name[32])
{
    struct stmt_slot *slot = stmt_cache_find(&c->base.cache, call->block, call->key);
    if (slot) {
        statement_name(name, 32, (uintptr_t)slot->stmt);
        return ST_OK;
    }
    void *evicted;
    slot = stmt_cache_add(&c->base.cache, call->block, call->key, &evicted);
    if (!slot) {
        name[0] = '\0';
        return prepare(c, call, name, oids);
    }
    if (evicted)
        deallocate(c, (uintptr_t)evicted);
    uintptr_t number = ++c->last_name;
    statement_name(name, 32, number);
    enum status st = prepare(c, call, name, oids);
    if (st == ST_OK)
        slot->stmt = (void *)number;
    else
        stmt_cache_drop(&c->base.cache, slot);
    return st;
}

static bool read_int(struct str s, int64_t *out)
{
    if (s.n == 1 && (s.p[0] == 't' || s.p[0] == 'f')) {
        *out = s.p[0] == 't';
        return true;
    }
    return str_to_int(s, out);
}

static enum status read_cell(const PGresult *r, int row, int at, const struct sql_column *col, struct sql_value *v)
{
    *v = (struct sql_value){.kind = col->kind, .null = PQgetisnull(r, row, at)};
    if (v->null)
        return ST_OK;
    struct str s = str_n(PQgetvalue(r, row, at), (size_t)PQgetlength(r, row, at));
    bool ok = true;
    if (col->kind == SQL_INT)
        ok = read_int(s, &v->i);
    else if (col->kind == SQL_REAL)
        ok = str_to_real(s, &v->r);
    else
        v->s = s;
    if (ok && col->kind == SQL_BLOB) {
        size_t n;
        unsigned char *bytes = PQunescapeBytea((const unsigned char *)s.p, &n);
        if (!bytes)
            abort();
        v->s = str_n((const char *)bytes, n);
    }
    return ok ? ST_OK : ST_BUG;
}

static void free_blobs(const struct sql_block *b, const struct sql_value *cells)
{
    for (size_t i = 0; i < b->column_count; i++) {
        if (b->columns[i].kind == SQL_BLOB && !cells[i].null)
            PQfreemem((void *)(uintptr_t)cells[i].s.p);
    }
}

static enum status give_row(const struct sql_call *call, const PGresult *r, int row)
{
    const struct sql_block *b = call->block;
    struct sql_value cells[COLUMNS_MAX];
    enum status st = ST_OK;
    for (size_t i = 0; i < b->column_count; i++) {
        if (read_cell(r, row, (int)i, &b->columns[i], &cells[i]) != ST_OK)
            st = sql_misuse(b, b->columns[i].name);
    }
    if (st == ST_OK && call->row)
        st = call->row(call->arg, cells);
    free_blobs(b, cells);
    return st;
}

static enum status give_rows(const struct sql_call *call, const PGresult *r)
{
    if (call->block->column_count > COLUMNS_MAX || (int)call->block->column_count != PQnfields(r))
        return sql_misuse(call->block, "number of columns");
    for (int i = 0; i < PQntuples(r); i++)
        TRY(give_row(call, r, i));
    return ST_OK;
}

static enum status run_whole(struct postgres_conn *c, struct sql_call *call, const struct params *p)
{
    char name[32];
    TRY(statement(c, call, p->oids, name));
    PGresult *r = PQexecPrepared(c->h, name, p->n, p->values, p->lengths, p->formats, 0);
    ExecStatusType got = PQresultStatus(r);
    enum status st = ST_OK;
    if (got == PGRES_TUPLES_OK)
        st = give_rows(call, r);
    else if (got != PGRES_COMMAND_OK)
        st = failure(c, call->block->name, r);
    int64_t changed = 0;
    if (str_to_int(str_c(PQcmdTuples(r)), &changed))
        call->changed = changed;
    PQclear(r);
    return st;
}

static enum status fetch_all(struct postgres_conn *c, const struct sql_call *call, const char *fetch)
{
    for (int n = FETCH_ROWS; n == FETCH_ROWS;) {
        PGresult *r = PQexec(c->h, fetch);
        enum status st = PQresultStatus(r) == PGRES_TUPLES_OK ? give_rows(call, r) : failure(c, call->block->name, r);
        n = PQntuples(r);
        PQclear(r);
        TRY(st);
    }
    return ST_OK;
}

/* A cursor, so that other queries can run between its pieces. Needs a transaction. */
static enum status run_stream(struct postgres_conn *c, struct sql_call *call, const struct params *p)
{
    char command[64];
    unsigned name = ++c->last_name;
    AUTO_BUF text;
    buf_init(&text, TEXT_MAX_BYTES);
    buf_printf(&text, "DECLARE c%u NO SCROLL CURSOR FOR ", name);
    sql_text_of(&text, call->block, call->key, true);
    buf_add(&text, str_n("", 1));
    TRY(buf_status(&text));
    TRY(finish(c, call->block->name, PQexecParams(c->h, text.p, p->n, p->oids, p->values, p->lengths, p->formats, 0)));
    snprintf(command, sizeof command, "FETCH %d FROM c%u", FETCH_ROWS, name);
    enum status st = fetch_all(c, call, command);
    if (PQtransactionStatus(c->h) != PQTRANS_INTRANS)
        return st;
    snprintf(command, sizeof command, "CLOSE c%u", name);
    enum status closed = finish(c, "close cursor", PQexec(c->h, command));
    return st != ST_OK ? st : closed;
}

static enum status postgres_run(struct conn *conn, struct sql_call *call)
{
    struct postgres_conn *c = self(conn);
    struct params p;
    enum status st = fill_params(&p, call);
    if (st == ST_OK)
        st = call->stream ? run_stream(c, call, &p) : run_whole(c, call, &p);
    params_release(&p);
    return st;
}

static enum status postgres_control(struct conn *conn, enum control op)
{
    static const char *const texts[] = {
        [CONTROL_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        [CONTROL_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
        [CONTROL_SAVEPOINT] = "SAVEPOINT job",
        [CONTROL_RELEASE] = "RELEASE job",
        [CONTROL_UNDO] = "ROLLBACK TO job; RELEASE job",
        [CONTROL_COMMIT] = "COMMIT",
        [CONTROL_ROLLBACK] = "ROLLBACK",
    };
    struct postgres_conn *c = self(conn);
    PGresult *r = PQexec(c->h, texts[op]);
    /* COMMIT of a failed transaction succeeds as a ROLLBACK. */
    bool undone =
        op == CONTROL_COMMIT && PQresultStatus(r) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0;
    enum status st = finish(c, texts[op], r);
    return st == ST_OK && undone ? ST_BUG : st;
}

static bool postgres_in_transaction(struct conn *conn)
{
    PGTransactionStatusType s = PQtransactionStatus(self(conn)->h);
    return s == PQTRANS_INTRANS || s == PQTRANS_INERROR;
}

static void postgres_close(struct conn *conn)
{
    PQfinish(self(conn)->h);
    free(conn);
}

static void ignore_notice(void *arg, const PGresult *r)
{
    (void)arg;
    (void)r;
}

static enum status configure(struct postgres_conn *c, const struct store_config *config)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SET client_encoding='UTF8'; SET synchronous_commit=on; SET standard_conforming_strings=on;"
             "SET extra_float_digits=1; SET bytea_output=hex; SET DateStyle=ISO; SET TimeZone='UTC';"
             "SET statement_timeout=%d; SET lock_timeout=%d; SET idle_in_transaction_session_timeout=%d",
             config->options.query_max_ms, config->options.busy_ms, config->options.query_max_ms * 4);
    TRY(postgres_script(&c->base, sql));
    PGresult *r = PQexec(c->h, "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database"
                               " WHERE datname = current_database()");
    bool rows = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1;
    struct str collation = str_c(rows ? PQgetvalue(r, 0, 0) : NULL);
    bool right = rows &&
                 (str_eq(collation, STR("C")) || str_eq(collation, STR("POSIX")) || str_starts(collation, STR("C."))) &&
                 strcmp(PQgetvalue(r, 0, 1), "UTF8") == 0;
    if (rows && !right)
        LOG(LOG_ERROR, "store_refused", LOG_S("reason", STR("the database must be UTF8 with collation C")));
    enum status st = finish(c, "configure", r);
    return st == ST_OK && !right ? ST_UNSUPPORTED : st;
}

static enum status postgres_open(const struct store_config *config, bool writer, struct conn **out)
{
    (void)writer;
    static const char *const keys[] = {"dbname", "connect_timeout", "tcp_user_timeout", "application_name", NULL};
    const char *const values[] = {config->url, "5", "15000", "ppuri", NULL};
    struct postgres_conn *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->base.engine = &engine_postgres;
    stmt_cache_init(&c->base.cache);
    c->h = PQconnectdbParams(keys, values, 1);
    PQsetNoticeReceiver(c->h, ignore_notice, NULL);
    enum status st = PQstatus(c->h) == CONNECTION_OK ? configure(c, config) : failure(c, "connect", NULL);
    if (st != ST_OK)
        postgres_close(&c->base);
    else
        *out = &c->base;
    return st;
}

static bool type_fits(enum sql_kind kind, Oid oid)
{
    switch (kind) {
    case SQL_INT:
        return oid == 20 || oid == 21 || oid == 23 || oid == 16 || oid == 1700;
    case SQL_REAL:
        return oid == 701 || oid == 1700;
    case SQL_TEXT:
        return oid == 25;
    default:
        return oid == 17;
    }
}

static enum status compare_columns(const struct sql_block *b, const PGresult *r, struct arena *a, struct str *reason)
{
    if (PQnfields(r) != (int)b->column_count) {
        *reason = arena_printf(a, "%d columns, declared %zu", PQnfields(r), b->column_count);
        return ST_BUG;
    }
    for (int i = 0; i < PQnfields(r); i++) {
        if (strcmp(PQfname(r, i), b->columns[i].name) != 0 || !type_fits(b->columns[i].kind, PQftype(r, i))) {
            *reason = arena_printf(a, "column %s has another name or type (%s, %u)", b->columns[i].name, PQfname(r, i),
                                   PQftype(r, i));
            return ST_BUG;
        }
    }
    return ST_OK;
}

static enum status postgres_check(struct conn *conn, const struct sql_call *call, struct arena *a, struct str *reason)
{
    struct postgres_conn *c = self(conn);
    struct params p;
    TRY(fill_params(&p, call));
    enum status st = prepare(c, call, "", p.oids);
    if (st != ST_OK) {
        *reason = arena_str(a, str_trim(str_c(PQerrorMessage(c->h))));
        return st;
    }
    PGresult *r = PQdescribePrepared(c->h, "");
    st = PQresultStatus(r) == PGRES_COMMAND_OK ? compare_columns(call->block, r, a, reason) : failure(c, "describe", r);
    PQclear(r);
    return st;
}

/* Runs each text of the first column; a query that fails is a fault named by its state. */
static enum status run_each(struct postgres_conn *c, const PGresult *queries, struct arena *a, struct str_list *faults)
{
    for (int i = 0; i < PQntuples(queries); i++) {
        const char *sql = PQgetvalue(queries, i, 0);
        PGresult *r = PQexec(c->h, sql);
        bool good = PQresultStatus(r) == PGRES_TUPLES_OK;
        const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
        if (!good && state)
            VEC_PUSH(a, faults, arena_printf(a, "%s: %s", sql, state));
        enum status st = good || state ? ST_OK : failure(c, "integrity", r);
        PQclear(r);
        TRY(st);
    }
    return ST_OK;
}

/* Reading a table reads every page of it, and so compares its checksums where the server keeps them. */
static enum status postgres_integrity(struct conn *conn, struct arena *a, struct str_list *faults)
{
    struct postgres_conn *c = self(conn);
    TRY(postgres_script(conn, "SET statement_timeout=0; SET enable_indexonlyscan=off"));
    PGresult *r = PQexec(c->h, "SELECT format('SELECT count(*) FROM %I.%I', schemaname, tablename) FROM pg_tables"
                               " WHERE schemaname = ANY (current_schemas(false)) ORDER BY 1");
    enum status st = PQresultStatus(r) == PGRES_TUPLES_OK ? run_each(c, r, a, faults) : failure(c, "integrity", r);
    PQclear(r);
    TRY(st);
    r = PQexec(c->h, "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1");
    for (int i = 0; i < PQntuples(r); i++)
        VEC_PUSH(a, faults, arena_printf(a, "index is not valid: %s", PQgetvalue(r, i, 0)));
    return finish(c, "integrity", r);
}

const struct engine engine_postgres = {
    "postgres",   false,           postgres_open,  postgres_close,    postgres_control, postgres_in_transaction,
    postgres_run, postgres_script, postgres_check, postgres_integrity};
