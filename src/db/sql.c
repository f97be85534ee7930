/*
 * Runs blocks on whatever engine the db has: checks parameters before, copies rows into the arena after. No SQL text of
 * its own, no engine's pointer leaves it. Costs one pass over each text for UTF-8, one copy of each result text.
 */
#include "db/sql.h"

#include "base/log.h"
#include "base/utf8.h"
#include "db/engine.h"

#include <math.h>

enum { ROW_SLACK_BYTES = 64, EACH_ROW_MAX_BYTES = 16 << 20 };

enum status sql_misuse(const struct sql_block *b, const char *what)
{
    LOG(LOG_ERROR, "sql_misuse", LOG_S("block", str_c(b->name)), LOG_S("what", str_c(what)));
    return ST_BUG;
}

static enum status check_value(const struct sql_block *b, const struct sql_param *p, const struct sql_value *v)
{
    if (v->kind != p->kind)
        return sql_misuse(b, p->name);
    if (v->null)
        return p->optional || p->kind == SQL_INTS ? ST_OK : sql_misuse(b, p->name);
    if (p->positive && v->i < 1)
        return sql_misuse(b, p->name);
    if (v->kind == SQL_REAL && !isfinite(v->r))
        return sql_misuse(b, p->name);
    if (v->kind == SQL_TEXT && !utf8_valid(v->s))
        return ST_INVALID;
    return ST_OK;
}

static enum status before_run(struct db *db, const struct sql_block *b, const struct sql_value *params)
{
    if (db->is_tx && db->failed)
        return db->failed;
    if (db->in_write)
        return sql_misuse(b, "the outer db is used inside a write");
    if (b->writes && !db->is_tx)
        return sql_misuse(b, "a write outside a transaction");
    for (size_t i = 0; i < b->param_count; i++)
        TRY(check_value(b, &b->params[i], &params[i]));
    return db_connect(db);
}

static enum status run_call(struct db *db, struct sql_call *call)
{
    enum status st = before_run(db, call->block, call->params);
    if (st == ST_OK)
        st = db->conn->engine->run(db->conn, call);
    if (st != ST_OK && !db->is_tx && db->conn && db->conn->fault == FAULT_LOST) {
        pool_give(&db->store->pool, db->conn);
        db->conn = NULL;
        if (db->in_read)
            return db->failed = st;
        TRY(db_connect(db));
        call->changed = 0;
        st = db->conn->engine->run(db->conn, call);
    }
    return db_fail(db, st);
}

static bool arena_has(const struct arena *a, size_t n)
{
    return n <= a->max - a->used;
}

static void store_cell(struct arena *a, char *place, const struct sql_column *col, const struct sql_value *cell)
{
    if (col->kind == SQL_TEXT || col->kind == SQL_BLOB) {
        struct str s = cell->null ? (struct str){NULL, 0} : arena_str(a, cell->s);
        memcpy(place, &s, sizeof s);
    } else if (col->kind == SQL_INT && col->nullable) {
        struct opt_int v = {cell->null ? 0 : cell->i, !cell->null};
        memcpy(place, &v, sizeof v);
    } else if (col->kind == SQL_INT) {
        memcpy(place, &cell->i, sizeof cell->i);
    } else if (col->nullable) {
        struct opt_real v = {cell->null ? 0 : cell->r, !cell->null};
        memcpy(place, &v, sizeof v);
    } else {
        memcpy(place, &cell->r, sizeof cell->r);
    }
}

static enum status store_row(const struct sql_block *b, const struct sql_value *cells, struct arena *a, void *row)
{
    size_t need = 0;
    for (size_t i = 0; i < b->column_count; i++) {
        if (cells[i].null && !b->columns[i].nullable)
            return sql_misuse(b, b->columns[i].name);
        if (!cells[i].null && (cells[i].kind == SQL_TEXT || cells[i].kind == SQL_BLOB))
            need += cells[i].s.n + ROW_SLACK_BYTES;
    }
    if (!arena_has(a, need))
        return ST_TOO_LARGE;
    for (size_t i = 0; i < b->column_count; i++)
        store_cell(a, (char *)row + b->columns[i].offset, &b->columns[i], &cells[i]);
    return ST_OK;
}

struct reading {
    const struct sql_block *block;
    struct arena *arena;
    void *row; /* sql_one */
    struct sql_list list;
    size_t cap;
    const struct sql_visit *visit;
};

static enum status read_one(void *arg, const struct sql_value *cells)
{
    struct reading *r = arg;
    if (r->list.n++)
        return sql_misuse(r->block, "a second row");
    return store_row(r->block, cells, r->arena, r->row);
}

enum status sql_one(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params, void *row)
{
    struct reading r = {.block = b, .arena = db->arena, .row = row};
    struct sql_call call = {.block = b, .key = key, .params = params, .row = read_one, .arg = &r};
    TRY(run_call(db, &call));
    return r.list.n ? ST_OK : ST_NOT_FOUND;
}

static enum status read_many(void *arg, const struct sql_value *cells)
{
    struct reading *r = arg;
    size_t size = r->block->row_size;
    if (r->list.n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 8;
        if (!arena_has(r->arena, cap * size + ROW_SLACK_BYTES))
            return ST_TOO_LARGE;
        void *v = arena_array(r->arena, cap, size);
        if (r->list.n)
            memcpy(v, r->list.v, r->list.n * size);
        r->list.v = v;
        r->cap = cap;
    }
    TRY(store_row(r->block, cells, r->arena, (char *)r->list.v + r->list.n * size));
    r->list.n++;
    return ST_OK;
}

enum status sql_many(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                     struct sql_list *out)
{
    *out = (struct sql_list){NULL, 0};
    struct reading r = {.block = b, .arena = db->arena};
    struct sql_call call = {.block = b, .key = key, .params = params, .row = read_many, .arg = &r};
    TRY(run_call(db, &call));
    *out = r.list;
    return ST_OK;
}

enum status sql_exec(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                     int64_t *changed)
{
    struct sql_call call = {.block = b, .key = key, .params = params};
    if (changed)
        *changed = 0;
    TRY(run_call(db, &call));
    if (changed)
        *changed = call.changed;
    return ST_OK;
}

static enum status read_each(void *arg, const struct sql_value *cells)
{
    struct reading *r = arg;
    arena_reset(r->arena);
    if (!arena_has(r->arena, r->block->row_size))
        return ST_TOO_LARGE;
    void *row = arena_alloc(r->arena, r->block->row_size);
    TRY(store_row(r->block, cells, r->arena, row));
    return r->visit->row(r->visit->arg, row);
}

enum status sql_each(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                     const struct sql_visit *visit)
{
    AUTO_ARENA scratch;
    arena_init(&scratch, EACH_ROW_MAX_BYTES);
    struct reading r = {.block = b, .arena = &scratch, .visit = visit};
    struct sql_call call = {.block = b, .key = key, .params = params, .row = read_each, .arg = &r, .stream = true};
    if (db->is_tx || db->in_read)
        return run_call(db, &call);
    TRY(db_read_begin(db));
    enum status st = run_call(db, &call);
    db_read_end(db);
    return st;
}

void sql_text_of(struct buf *out, const struct sql_block *b, uint32_t key, bool postgres)
{
    for (size_t i = 0; i < b->piece_count; i++) {
        const struct sql_piece *p = &b->pieces[i];
        if ((key & p->mask) == p->value)
            buf_add_c(out, postgres ? p->postgres : p->sqlite);
    }
}

bool sql_next_key(const struct sql_block *b, uint32_t *key)
{
    for (size_t i = 0; i < b->choice_count; i++) {
        unsigned shift = b->choices[i].shift;
        uint32_t bits = 1;
        while (bits < b->choices[i].count)
            bits <<= 1;
        uint32_t value = *key >> shift & (bits - 1);
        *key &= ~((bits - 1) << shift);
        if (value + 1 < b->choices[i].count) {
            *key |= (value + 1) << shift;
            return true;
        }
    }
    return false;
}

enum status sql_check(struct db *db, const struct sql_block *b, uint32_t key, struct str *reason)
{
    struct sql_call call = {.block = b, .key = key};
    TRY(db_connect(db));
    return db->conn->engine->check(db->conn, &call, db->arena, reason);
}
