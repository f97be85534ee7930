/*
 * What the code that tools/sqlc generates is made of: a block of SQL as data, and four ways to run it. Nobody else
 * calls these.
 *
 * A block's text is joined from its pieces: piece p belongs to the variant `key` when (key & p.mask) == p.value. The
 * pair (block, key) names the prepared statement in a connection's cache, so a block must have static lifetime.
 */
#ifndef PPURI_DB_SQL_H
#define PPURI_DB_SQL_H

#include "base/buf.h"
#include "base/opt.h"
#include "base/status.h"
#include "db/db.h"

enum sql_kind { SQL_INT, SQL_REAL, SQL_TEXT, SQL_BLOB, SQL_INTS };

struct sql_ints {
    const int64_t *v;
    size_t n;
};

struct sql_value {
    enum sql_kind kind;
    bool null;
    union {
        int64_t i;
        double r;
        struct str s;
        struct sql_ints ints;
    };
};

struct sql_piece {
    uint32_t mask;
    uint32_t value;
    const char *sqlite;
    const char *postgres;
};

struct sql_param {
    const char *name;
    enum sql_kind kind;
    bool optional;
    bool positive; /* an id or a limit: below 1 is a bug of the caller */
};

struct sql_column {
    const char *name;
    enum sql_kind kind;
    bool nullable;
    size_t
        offset; /* in the row struct: int64_t, double, struct str, or struct opt_int, struct opt_real when nullable */
};

/* Bits of the key that belong together: values 0 .. count - 1 at `shift`. */
struct sql_choice {
    unsigned shift;
    unsigned count;
};

struct sql_block {
    const char *name;
    const struct sql_piece *pieces;
    size_t piece_count;
    const struct sql_param *params;
    size_t param_count;
    const struct sql_column *columns;
    size_t column_count;
    const struct sql_choice *choices;
    size_t choice_count;
    size_t row_size;
    bool writes;
    bool only_postgres;
};

struct sql_list {
    void *v;
    size_t n;
};

/* Called with each row; another status than ST_OK ends the reading and is returned. */
struct sql_visit {
    enum status (*row)(void *arg, const void *row);
    void *arg;
};

static inline struct sql_value sql_int(int64_t v)
{
    return (struct sql_value){.kind = SQL_INT, .i = v};
}

static inline struct sql_value sql_opt_int(struct opt_int v)
{
    return (struct sql_value){.kind = SQL_INT, .null = !v.has, .i = v.v};
}

static inline struct sql_value sql_real(double v)
{
    return (struct sql_value){.kind = SQL_REAL, .r = v};
}

static inline struct sql_value sql_opt_real(struct opt_real v)
{
    return (struct sql_value){.kind = SQL_REAL, .null = !v.has, .r = v.v};
}

static inline struct sql_value sql_text(struct str v)
{
    return (struct sql_value){.kind = SQL_TEXT, .null = !v.p, .s = v};
}

static inline struct sql_value sql_blob(struct str v)
{
    return (struct sql_value){.kind = SQL_BLOB, .null = !v.p, .s = v};
}

/* A mandatory list without elements matches nothing; only an optional one can be absent (v == NULL). */
static inline struct sql_value sql_ints(struct sql_ints v)
{
    return (struct sql_value){.kind = SQL_INTS, .null = !v.v && !v.n, .ints = v};
}

/*
 * ST_BUG (logged with the block's name): a mandatory text without p, an id or limit below 1, a number that is not
 * finite, NULL in a column declared NOT NULL, a value of another type. ST_INVALID: text that is not UTF-8 or holds NUL.
 * ST_TOO_LARGE: the rows don't fit into the arena.
 */
/* ST_NOT_FOUND without a row; a second row is ST_BUG. */
MUST_USE enum status sql_one(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                             void *row);
MUST_USE enum status sql_many(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                              struct sql_list *out);
/* `changed` may be NULL. */
MUST_USE enum status sql_exec(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                              int64_t *changed);
/* A row's texts live until the visitor returns; all rows are of one moment; other queries may run meanwhile. */
MUST_USE enum status sql_each(struct db *db, const struct sql_block *b, uint32_t key, const struct sql_value *params,
                              const struct sql_visit *visit);
/* Logs the misuse of a block and gives ST_BUG. */
MUST_USE enum status sql_misuse(const struct sql_block *b, const char *what);

/* The text of one variant. */
void sql_text_of(struct buf *out, const struct sql_block *b, uint32_t key, bool postgres);
/* The next variant's key after *key (start with 0); false after the last. */
bool sql_next_key(const struct sql_block *b, uint32_t *key);
/* Prepares one variant without running it and compares the result's columns with the declared ones; why not: in
 * *reason. */
MUST_USE enum status sql_check(struct db *db, const struct sql_block *b, uint32_t key, struct str *reason);

#endif
