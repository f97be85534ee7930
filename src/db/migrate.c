/*
 * Brings a store to the schema of the embedded migrations: compares what was applied with what there is, then applies
 * the rest in order, each in a transaction that first looks whether another process was faster. The three queries here
 * are written by hand, as the table they read is made by the first migration. Never goes back, never repairs.
 */
#include "base/log.h"
#include "base/time.h"
#include "db/engine.h"
#include "db/expand.h"

#include <stddef.h>

enum { MIGRATION_MAX_BYTES = 4 << 20, RACES_MAX = 20 };

struct applied {
    int64_t number;
    struct str checksum;
};

struct count {
    int64_t n;
};

struct step {
    const struct engine *engine;
    const struct embedded *file;
    int64_t number;
    bool done_before;
};

static const struct sql_block table_there = {
    .name = "schema_migration_there",
    .pieces = &(const struct sql_piece){0, 0, "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migration'",
                                        "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_migration'"
                                        " AND schemaname = ANY (current_schemas(false))"},
    .piece_count = 1,
    .columns = &(const struct sql_column){"count", SQL_INT, false, offsetof(struct count, n)},
    .column_count = 1,
    .row_size = sizeof(struct count),
};

#define LIST_TEXT "SELECT number, checksum FROM schema_migration ORDER BY number"
static const struct sql_block applied_list = {
    .name = "schema_migration_list",
    .pieces = &(const struct sql_piece){0, 0, LIST_TEXT, LIST_TEXT},
    .piece_count = 1,
    .columns = (const struct sql_column[]){{"number", SQL_INT, false, offsetof(struct applied, number)},
                                           {"checksum", SQL_TEXT, false, offsetof(struct applied, checksum)}},
    .column_count = 2,
    .row_size = sizeof(struct applied),
};

#define ADD_TEXT "INSERT INTO schema_migration (number, name, checksum, applied_ms) VALUES "
static const struct sql_block applied_add = {
    .name = "schema_migration_add",
    .pieces = &(const struct sql_piece){0, 0, ADD_TEXT "(?1, ?2, ?3, ?4)", ADD_TEXT "($1, $2, $3, $4)"},
    .piece_count = 1,
    .params = (const struct sql_param[]){{"number", SQL_INT, false, true},
                                         {"name", SQL_TEXT, false, false},
                                         {"checksum", SQL_TEXT, false, false},
                                         {"applied_ms", SQL_INT, false, false}},
    .param_count = 4,
    .writes = true,
};

static enum status read_applied(struct db *db, struct sql_list *out)
{
    struct count there;
    *out = (struct sql_list){NULL, 0};
    TRY(sql_one(db, &table_there, 0, NULL, &there));
    return there.n ? sql_many(db, &applied_list, 0, NULL, out) : ST_OK;
}

/* 12 of "0012_x.sql"; 0 if the name isn't like that. */
static int64_t number_of(const struct embedded *file)
{
    int64_t n = 0;
    return strlen(file->name) > 5 && file->name[4] == '_' && str_to_int(str_n(file->name, 4), &n) ? n : 0;
}

static struct str text_of(const struct embedded *file)
{
    return str_n((const char *)file->bytes, file->n);
}

static enum status refuse(enum status st, const char *reason, struct str name)
{
    LOG(LOG_ERROR, "migration_refused", LOG_S("reason", str_c(reason)), LOG_S("migration", name));
    return st;
}

/* What was applied must be the beginning of what there is. */
static enum status compare(struct db *db, const struct embedded *files, size_t *done)
{
    struct sql_list list;
    TRY(read_applied(db, &list));
    const struct applied *applied = list.v;
    *done = 0;
    for (; *done < list.n; ++*done) {
        const struct embedded *file = &files[*done];
        if (!file->name)
            return refuse(ST_UNSUPPORTED, "the store is newer than this program",
                          arena_printf(db->arena, "%lld", (long long)applied[*done].number));
        char checksum[17];
        migration_checksum(text_of(file), checksum);
        if (applied[*done].number != number_of(file))
            return refuse(ST_CONFLICT, "another migration was applied in its place", str_c(file->name));
        if (!str_eq(applied[*done].checksum, str_c(checksum)))
            return refuse(ST_CONFLICT, "it was edited after it had been applied", str_c(file->name));
    }
    return ST_OK;
}

static enum status check_names(const struct embedded *files)
{
    for (size_t i = 0; files[i].name; i++) {
        int64_t before = i ? number_of(&files[i - 1]) : 0;
        if (number_of(&files[i]) <= before)
            return refuse(ST_BUG, "names must be NNNN_x.sql with growing numbers", str_c(files[i].name));
    }
    return ST_OK;
}

static enum status run_script(struct tx *t, const struct step *step)
{
    AUTO_BUF text;
    buf_init(&text, MIGRATION_MAX_BYTES);
    if (step->engine->one_writer)
        migration_expand(&text, text_of(step->file));
    else
        buf_add(&text, text_of(step->file));
    buf_add(&text, str_n("", 1));
    TRY(buf_status(&text));
    return db_fail(&t->db, step->engine->script(t->db.conn, text.p));
}

static enum status apply(struct tx *t, void *arg)
{
    struct step *step = arg;
    struct sql_list list;
    TRY(read_applied(tx_db(t), &list));
    const struct applied *applied = list.v;
    step->done_before = list.n && applied[list.n - 1].number >= step->number;
    if (step->done_before)
        return ST_OK;
    char checksum[17];
    migration_checksum(text_of(step->file), checksum);
    TRY(run_script(t, step));
    const struct sql_value params[] = {sql_int(step->number), sql_text(str_c(step->file->name)),
                                       sql_text(str_c(checksum)), sql_int(time_now_ms())};
    return sql_exec(tx_db(t), &applied_add, 0, params, NULL);
}

static enum status apply_missing(struct db *db, const struct embedded *files, int *applied)
{
    size_t done;
    TRY(compare(db, files, &done));
    for (size_t i = done; files[i].name; i++) {
        struct step step = {.engine = db->store->engine, .file = &files[i], .number = number_of(&files[i])};
        /* PostgreSQL reports a race for the same table as a unique conflict; the next look finds it done. */
        enum status st = ST_CONFLICT;
        for (int k = 0; k < RACES_MAX && st == ST_CONFLICT; k++)
            st = db_write(db, apply, &step);
        if (st != ST_OK)
            return refuse(st, "it failed", str_c(files[i].name));
        *applied += !step.done_before;
        LOG(LOG_INFO, "migration", LOG_S("name", str_c(files[i].name)), LOG_N("here", !step.done_before));
    }
    return ST_OK;
}

enum status store_pending(struct store *s, const struct embedded *files, int *pending)
{
    size_t done = 0, all = 0;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    TRY(check_names(files));
    struct db *db = db_acquire(s, &a);
    enum status st = compare(db, files, &done);
    db_release(db);
    while (files[all].name)
        all++;
    *pending = (int)(all - done);
    return st;
}

enum status store_migrate(struct store *s, const struct embedded *files, int *applied)
{
    int count = 0;
    AUTO_ARENA a;
    arena_init(&a, 8 << 20);
    TRY(check_names(files));
    struct db *db = db_acquire(s, &a);
    enum status st = apply_missing(db, files, &count);
    db_release(db);
    if (applied)
        *applied = count;
    return st;
}
