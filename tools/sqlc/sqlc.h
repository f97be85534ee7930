/* The SQL compiler: what its files share. One run reads one .sql file and stops at its first error. */
#ifndef PPURI_TOOLS_SQLC_H
#define PPURI_TOOLS_SQLC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

#include <sqlite3.h>

enum type { TYPE_INT, TYPE_REAL, TYPE_TEXT, TYPE_BLOB, TYPE_INTS, TYPE_ENUM };
enum kind { KIND_ONE, KIND_MANY, KIND_EXEC, KIND_EACH };

struct param {
    struct str name;
    enum type type;
    bool optional;
    struct str_list words; /* TYPE_ENUM */
    struct part *part;     /* where it was declared; NULL: in the block itself */
    int number;            /* ?1 .. in the SQL text; 0 for an enum */
    bool used;
    unsigned shift, count; /* bits of the key; count is 0 unless it chooses lines */
};

struct param_list {
    struct param *v;
    size_t n, cap;
};

struct condition {
    struct str name, word; /* word is empty for "is given" */
};

struct line {
    struct str text;
    struct condition *conditions;
    size_t condition_count;
    struct str sqlite, postgres; /* rewritten, set with mask and value when the block is complete */
    uint32_t mask, value;
    int number;
};

struct line_list {
    struct line *v;
    size_t n, cap;
};

struct part {
    struct str name;
    int line;
    struct param_list params;
    struct line_list lines;
};

struct column {
    struct str name;
    enum type type;
    bool nullable;
};

struct column_list {
    struct column *v;
    size_t n, cap;
};

struct block {
    struct str name;
    struct str row_name; /* `many firm_card`; empty: made of the block's name */
    int line;
    enum kind kind;
    VEC(struct part *) uses;
    struct param_list params; /* those of the parts too, in the order of the signature */
    struct line_list lines;   /* those of the parts too */
    struct column_list declared, columns;
    struct str_list json;
    bool only_postgres, writes;
};

struct source {
    struct arena *a;
    const char *path;
    VEC(struct part *) parts;
    VEC(struct block *) blocks;
};

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_PARAM, TOKEN_SIGN, TOKEN_END };

struct token {
    enum token_kind kind;
    struct str s;
};

struct token_list {
    struct token *v;
    size_t n, cap;
};

/* main.c: prints "path:line: error: block: reason" and ends the program. block may be NULL. */
_Noreturn void fail(int line, const struct block *b, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
extern struct source source;

/* parse.c */
void parse_source(struct str text);
struct param *find_param(struct param_list *list, struct str name);
struct str base_name(const char *path); /* "need" of "feature/need/need.sql" */

/* scan.c: the tokens end with some of TOKEN_END, so looking two ahead is safe. */
struct token_list scan(struct str text);
bool token_is(const struct token *t, const char *word);
/* Bytes of `text` before a comment. */
size_t length_without_comment(struct str text);
void check_words(const struct block *b, const struct line *line);
void rewrite_line(struct block *b, struct line *line);

/* schema.c */
sqlite3 *open_schema(const char *folder, struct buf *depfile);
/* False when there is no such table (views, CTEs) or column. */
bool is_table(sqlite3 *schema, struct str table);
bool column_of(sqlite3 *schema, struct str table, struct str column, bool *nullable);

/* check.c: every variant of every block */
void check_blocks(sqlite3 *schema);

/* rules.c: what SQLite can't see in a variant's text */
struct table {
    struct str name, alias;
    bool left;     /* right side of a LEFT JOIN */
    bool doubtful; /* inside a subquery that makes a result column */
};

struct reading { /* of one variant */
    const struct block *block;
    sqlite3 *schema;
    struct str text;
    struct token_list tokens;
    VEC(struct table) tables;
    bool all_doubtful; /* UNION, or a LEFT JOIN of something else than a table */
    int (*line_at)(const struct reading *r, const char *p);
};

void read_tables(struct reading *r);
void check_rules(const struct reading *r, const struct column_list *columns);

/* emit.c */
void emit_header(struct buf *out);
void emit_source(struct buf *out, const char *header);
struct str row_base(const struct block *b);

#endif
