/*
 * The rules that need more than a word: which tables a statement joins and how, LIKE, division, the order of NULLs.
 * Works on tokens, not on a grammar: where it can't tell, it asks the author to say more.
 */
#include "sqlc.h"

#include <strings.h>

static _Noreturn void fail_at(const struct reading *r, const struct token *t, const char *why)
{
    fail(r->line_at(r, t->s.p), r->block, "%s", why);
}

static bool is_any(const struct token *t, const char *words)
{
    for (struct str rest = str_c(words), word; str_next_word(&rest, &word);) {
        if (t->kind != TOKEN_TEXT && t->s.n == word.n && strncasecmp(t->s.p, word.p, word.n) == 0)
            return true;
    }
    return false;
}

/* `t` is a table's name behind FROM, JOIN, INTO or UPDATE. */
static void read_table(struct reading *r, const struct token *t, bool left, bool doubtful)
{
    struct table table = {.name = t->s, .alias = t->s, .left = left, .doubtful = doubtful};
    const struct token *alias = token_is(&t[1], "as") ? &t[2] : &t[1];
    if (alias->kind == TOKEN_WORD &&
        !is_any(alias,
                "on using join left right full inner cross where group order having limit union intersect except set "
                "values select default returning window for"))
        table.alias = alias->s;
    const struct token *behind = alias->s.p == table.alias.p ? alias + 1 : &t[1];
    if (token_is(behind, ",") && token_is(t - 1, "from"))
        fail_at(r, behind, "write JOIN instead of a comma between tables");
    VEC_PUSH(source.a, &r->tables, table);
}

static bool begins_result_subquery(const struct token *first, const struct token *t)
{
    if (!token_is(t, "(") || !is_any(&t[1], "select with") || t == first)
        return false;
    bool call = token_is(t - 1, "(") && t - 1 > first && t[-2].kind == TOKEN_WORD &&
                !is_any(t - 2, "select distinct all returning");
    return !call && is_any(t - 1, "select distinct all , ( returning");
}

void read_tables(struct reading *r)
{
    const struct token *first = r->tokens.v;
    int depth = 0, doubtful_from = 0;
    for (const struct token *t = first; t->kind != TOKEN_END; t++) {
        depth += token_is(t, "(") - token_is(t, ")");
        if (!doubtful_from && begins_result_subquery(first, t))
            doubtful_from = depth;
        else if (depth < doubtful_from)
            doubtful_from = 0;
        if (is_any(t, "union intersect except"))
            r->all_doubtful = true;
        if (is_any(t, "right full") && is_any(&t[1], "join outer"))
            fail_at(r, t, "RIGHT and FULL JOIN are refused: write it as a LEFT JOIN");
        bool left = t > first && token_is(t, "join") && (token_is(t - 1, "left") || token_is(t - 1, "outer"));
        bool is_from =
            is_any(t, "from join into") || (token_is(t, "update") && (t == first || !is_any(t - 1, "do for")));
        if (is_from && t[1].kind == TOKEN_WORD && !token_is(&t[1], "json_each"))
            read_table(r, &t[1], left, doubtful_from > 0);
        if (left && (t[1].kind != TOKEN_WORD || !is_table(r->schema, t[1].s)))
            r->all_doubtful = true;
    }
}

static void check_like(const struct reading *r, const struct token *t)
{
    const struct token *column = t > r->tokens.v && token_is(t - 1, "not") ? t - 2 : t - 1;
    if (column < r->tokens.v || column->kind != TOKEN_WORD || !str_ends(column->s, STR("_fold")))
        fail_at(r, t, "LIKE needs a folded column (its name ends in _fold): the engines differ in case");
    const struct token *behind = t + 1;
    while (behind->kind != TOKEN_END && !is_any(behind, "escape and or order limit group ) where then"))
        behind++;
    if (!token_is(behind, "escape"))
        fail_at(r, t, "LIKE needs ESCAPE '!' behind its pattern: the engines differ without");
}

/* NULL, unless it is certain that the one-column expression has always a value. */
static bool may_be_null(const struct reading *r, const struct column_list *columns, const struct token *t, size_t n)
{
    bool nullable = true;
    if (n > 2 && is_any(t, "coalesce count") && token_is(&t[1], "("))
        return false;
    if (n != 1 && !(n == 3 && token_is(&t[1], ".")))
        return true;
    struct str name = t[n - 1].s;
    for (size_t i = 0; n == 1 && i < columns->n; i++) {
        if (str_eq(columns->v[i].name, name))
            return columns->v[i].nullable;
    }
    bool found = false;
    for (size_t i = 0; i < r->tables.n; i++) {
        const struct table *table = &r->tables.v[i];
        bool null_here;
        if ((n == 3 && !str_eq(table->alias, t->s)) || !column_of(r->schema, table->name, name, &null_here))
            continue;
        nullable = (found && nullable) || null_here || table->left;
        found = true;
    }
    return !found || nullable;
}

/* From behind ORDER BY: each item up to its comma. */
static void check_order(const struct reading *r, const struct column_list *columns, const struct token *t)
{
    int depth = 0;
    const struct token *first = t, *nulls = NULL, *end = NULL;
    for (;; t++) {
        bool stop = t->kind == TOKEN_END || (depth == 0 && is_any(t, ") limit rows range for union"));
        if (depth == 0 && is_any(t, "asc desc nulls") && !end)
            end = t;
        if (depth == 0 && token_is(t, "nulls"))
            nulls = t;
        if (stop || (depth == 0 && token_is(t, ","))) {
            size_t n = (size_t)((end ? end : t) - first);
            if (n == 1 && first->kind == TOKEN_NUMBER)
                fail_at(r, first, "ORDER BY a column's name, not its number");
            if (!nulls && may_be_null(r, columns, first, n))
                fail_at(r, first, "this may be NULL in ORDER BY: say NULLS FIRST or NULLS LAST");
            first = t + 1;
            nulls = end = NULL;
        }
        if (stop)
            return;
        depth += token_is(t, "(") - token_is(t, ")");
    }
}

void check_rules(const struct reading *r, const struct column_list *columns)
{
    const struct token *first = r->tokens.v;
    if (!is_any(first, "select with insert update delete") || token_is(&first[1], "or"))
        fail_at(r, first, "a block begins with SELECT, WITH, INSERT, UPDATE or DELETE (no INSERT OR)");
    for (const struct token *t = r->tokens.v; t->kind != TOKEN_END; t++) {
        if (token_is(t, "like"))
            check_like(r, t);
        if (is_any(t, "/ %") && !token_is(&t[1], "nullif"))
            fail_at(r, t, "divide by NULLIF(x, 0): x / 0 is NULL on SQLite and an error on PostgreSQL");
        if (token_is(t, "order") && token_is(&t[1], "by"))
            check_order(r, columns, &t[2]);
    }
}
