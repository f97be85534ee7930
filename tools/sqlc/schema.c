/* The schema that queries are checked against: the folder's migrations in order, in memory, as db/migrate.c would apply
 * them. */
#include "sqlc.h"

#include "base/file.h"
#include "db/expand.h"

#include <dirent.h>
#include <stdlib.h>

enum { MIGRATION_MAX_BYTES = 4 << 20 };

static int line_of(struct str text, const char *p)
{
    int line = 1;
    for (const char *q = text.p; q < p; q++)
        line += *q == '\n';
    return line;
}

static bool is_type(const struct token *t)
{
    return token_is(t, "bigint") || token_is(t, "text") || token_is(t, "bytea") ||
           (token_is(t, "double") && token_is(&t[1], "precision"));
}

static bool is_constraint(const struct token *t)
{
    static const char *const words[] = {"primary", "unique", "check", "foreign", "constraint"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (token_is(t, words[i]))
            return true;
    }
    return false;
}

static void check_column(struct str text, const struct token *t)
{
    if (!is_type(&t[1]))
        fail(line_of(text, t->s.p), NULL,
             "column " STR_FMT ": the type must be bigint, text, double precision or bytea", STR_ARG(t->s));
}

/* The columns of CREATE TABLE name ( ... ); gives the token behind. */
static const struct token *check_table(struct str text, const struct token *t)
{
    int depth = 0;
    for (; t->kind != TOKEN_END; t++) {
        if (depth == 1 && (token_is(t - 1, "(") || token_is(t - 1, ",")) && !is_constraint(t))
            check_column(text, t);
        depth += token_is(t, "(") - token_is(t, ")");
        if (depth == 0 && token_is(t, ")"))
            break;
    }
    return t;
}

static bool may_begin(const struct token *t)
{
    return (token_is(t, "create") &&
            (token_is(&t[1], "table") || token_is(&t[1], "index") || token_is(&t[1], "unique"))) ||
           (token_is(t, "alter") && token_is(&t[1], "table")) || (token_is(t, "drop") && !token_is(&t[1], "view")) ||
           token_is(t, "insert") || token_is(t, "update") || token_is(t, "delete");
}

/* Words that mean something else, or nothing, on one of the engines. */
static void check_migration_word(struct str text, const struct token *t)
{
    static const char *const refused[] = {
        "\"",      "::",        "now",     "random",     "collate",       "current_timestamp",
        "serial",  "generated", "trigger", "deferrable", "autoincrement", "view",
        "without", "strict",    "json",    "jsonb"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (token_is(t, refused[i]))
            fail(line_of(text, t->s.p), NULL, "'%s' is refused in migrations", refused[i]);
    }
}

static void check_migration(struct str text)
{
    struct token_list tokens = scan(text);
    for (const struct token *t = tokens.v; t->kind != TOKEN_END; t++)
        check_migration_word(text, t);
    for (const struct token *t = tokens.v; t->kind != TOKEN_END; t++) {
        bool begins = t == tokens.v || token_is(t - 1, ";");
        if (begins && !may_begin(t))
            fail(line_of(text, t->s.p), NULL,
                 "a migration has CREATE TABLE or INDEX, ALTER, DROP, INSERT, UPDATE, DELETE");
        if (begins && token_is(t, "create") && token_is(&t[1], "table"))
            t = check_table(text, &t[2]);
        if (token_is(t, "add") && token_is(&t[1], "column"))
            check_column(text, &t[2]);
    }
}

/* Comments as blanks, so that lines and offsets stay. */
static struct str without_comments(struct str text)
{
    struct str copy = arena_str(source.a, text), rest = copy, line;
    while (str_next(&rest, '\n', &line)) {
        size_t n = length_without_comment(line);
        memset((char *)(uintptr_t)line.p + n, ' ', line.n - n);
    }
    return copy;
}

static void apply_file(sqlite3 *schema, const char *path)
{
    struct str text;
    const char *sql_path = source.path;
    source.path = path;
    if (file_read(source.a, path, MIGRATION_MAX_BYTES, &text) != ST_OK)
        fail(1, NULL, "cannot be read");
    check_migration(without_comments(text));
    AUTO_BUF expanded;
    buf_init(&expanded, 2 * MIGRATION_MAX_BYTES);
    migration_expand(&expanded, text);
    buf_add(&expanded, str_n("", 1));
    const char *rest = expanded.p;
    while (*rest) {
        sqlite3_stmt *stmt = NULL;
        const char *at = rest;
        int rc = sqlite3_prepare_v2(schema, rest, -1, &stmt, &rest);
        if (rc == SQLITE_OK && stmt && sqlite3_step(stmt) != SQLITE_DONE)
            rc = SQLITE_ERROR;
        if (rc != SQLITE_OK) {
            int offset = sqlite3_error_offset(schema);
            fail(line_of(buf_str(&expanded), at + (offset > 0 ? offset : (int)strspn(at, " \n"))), NULL, "%s",
                 sqlite3_errmsg(schema));
        }
        sqlite3_finalize(stmt);
    }
    source.path = sql_path;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

sqlite3 *open_schema(const char *folder, struct buf *depfile)
{
    VEC(char *) names = {NULL, 0, 0};
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (str_ends(str_c(e->d_name), STR(".sql")))
            VEC_PUSH(source.a, &names, (char *)(uintptr_t)arena_printf(source.a, "%s/%s", folder, e->d_name).p);
    }
    if (d)
        closedir(d);
    if (!names.n)
        fail(1, NULL, "no migrations in %s", folder);
    /* The folder itself: a new migration changes its time. */
    buf_printf(depfile, " %s", folder);
    qsort(names.v, names.n, sizeof names.v[0], by_name);
    sqlite3 *schema;
    if (sqlite3_open(":memory:", &schema) != SQLITE_OK)
        fail(1, NULL, "SQLite does not start");
    sqlite3_db_config(schema, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(schema, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    for (size_t i = 0; i < names.n; i++) {
        apply_file(schema, names.v[i]);
        buf_printf(depfile, " %s", names.v[i]);
    }
    return schema;
}

bool is_table(sqlite3 *schema, struct str table)
{
    return sqlite3_table_column_metadata(schema, "main", arena_c(source.a, table), NULL, NULL, NULL, NULL, NULL,
                                         NULL) == SQLITE_OK;
}

bool column_of(sqlite3 *schema, struct str table, struct str column, bool *nullable)
{
    const char *type;
    int not_null = 0, primary = 0;
    int rc = sqlite3_table_column_metadata(schema, "main", arena_c(source.a, table), arena_c(source.a, column), &type,
                                           NULL, &not_null, &primary, NULL);
    *nullable = !not_null && !primary;
    return rc == SQLITE_OK;
}
