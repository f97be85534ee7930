/*
 * Completes blocks (numbers, key bits, spelling of both engines) and prepares every variant on the migrated schema.
 * From the first variant come the columns and whether it writes; all others must agree. About 60 microseconds a
 * variant.
 */
#include "sqlc.h"

enum { KEY_BITS_MAX = 12, VARIANT_MAX_BYTES = 64 << 10 };

struct variant {
    struct reading reading; /* first: line_at gets its address */
    struct line_list lines; /* the chosen ones */
    size_t *offsets;        /* of each in the text */
};

static int line_at(const struct reading *r, const char *p)
{
    const struct variant *v = (const struct variant *)(const void *)r;
    size_t offset = (size_t)(p - r->text.p), i = 0;
    while (i + 1 < v->lines.n && v->offsets[i + 1] <= offset)
        i++;
    return v->lines.n ? v->lines.v[i].number : r->block->line;
}

static size_t word_index(const struct param *p, struct str word)
{
    size_t i = 0;
    while (i < p->words.n && !str_eq(p->words.v[i], word))
        i++;
    return i;
}

static void mark_conditions(struct block *b, const struct line *line)
{
    for (size_t i = 0; i < line->condition_count; i++) {
        const struct condition *c = &line->conditions[i];
        struct param *p = find_param(&b->params, c->name);
        if (!p)
            fail(line->number, b, "condition '" STR_FMT "' is not among the parameters", STR_ARG(c->name));
        if (p->type == TYPE_ENUM && word_index(p, c->word) == p->words.n)
            fail(line->number, b, STR_FMT " is never '" STR_FMT "'", STR_ARG(p->name), STR_ARG(c->word));
        if (p->type != TYPE_ENUM && (c->word.n || !p->optional))
            fail(line->number, b, "condition '" STR_FMT "' needs an enum's word or an optional parameter",
                 STR_ARG(p->name));
        p->used = true;
        p->count = p->type == TYPE_ENUM ? (unsigned)p->words.n : 2;
    }
}

static unsigned bits_for(unsigned count)
{
    unsigned bits = 0;
    while (1u << bits < count)
        bits++;
    return bits;
}

static void number_params(struct block *b)
{
    int number = 0;
    for (size_t i = 0; i < b->params.n; i++)
        b->params.v[i].number = b->params.v[i].type == TYPE_ENUM ? 0 : ++number;
    for (size_t i = 0; i < b->lines.n; i++)
        mark_conditions(b, &b->lines.v[i]);
    unsigned shift = 0;
    for (size_t i = 0; i < b->params.n; i++) {
        b->params.v[i].shift = shift;
        shift += bits_for(b->params.v[i].count);
    }
    if (shift > KEY_BITS_MAX)
        fail(b->line, b, "its conditions need %u bits, %d are allowed: split the block", shift, KEY_BITS_MAX);
}

static void complete_line(struct block *b, struct line *line)
{
    check_words(b, line);
    rewrite_line(b, line);
    line->mask = line->value = 0;
    for (size_t i = 0; i < line->condition_count; i++) {
        const struct param *p = find_param(&b->params, line->conditions[i].name);
        uint32_t value = p->type == TYPE_ENUM ? (uint32_t)word_index(p, line->conditions[i].word) : 1;
        uint32_t mask = (1u << bits_for(p->count)) - 1;
        line->mask |= mask << p->shift;
        line->value |= value << p->shift;
    }
}

static void complete(struct block *b)
{
    if (!b->lines.n)
        fail(b->line, b, "has no SQL");
    number_params(b);
    for (size_t i = 0; i < b->lines.n; i++)
        complete_line(b, &b->lines.v[i]);
    for (size_t i = 0; i < b->params.n; i++) {
        if (!b->params.v[i].used)
            fail(b->line, b, "parameter " STR_FMT " is not used", STR_ARG(b->params.v[i].name));
    }
}

static struct variant variant_of(const struct block *b, sqlite3 *schema, uint32_t key)
{
    struct variant v = {.reading = {.block = b, .schema = schema, .line_at = line_at}};
    v.offsets = ARENA_ARRAY(source.a, b->lines.n, size_t);
    AUTO_BUF text;
    buf_init(&text, VARIANT_MAX_BYTES);
    for (size_t i = 0; i < b->lines.n; i++) {
        const struct line *line = &b->lines.v[i];
        if ((key & line->mask) != line->value)
            continue;
        v.offsets[v.lines.n] = text.n;
        VEC_PUSH(source.a, &v.lines, *line);
        buf_add(&text, line->sqlite);
        buf_add_byte(&text, '\n');
    }
    if (text.overflow)
        fail(b->line, b, "is too long");
    v.reading.text = arena_str(source.a, buf_str(&text));
    v.reading.tokens = scan(v.reading.text);
    return v;
}

static const struct column *declared(const struct block *b, struct str name)
{
    for (size_t i = 0; i < b->declared.n; i++) {
        if (str_eq(b->declared.v[i].name, name))
            return &b->declared.v[i];
    }
    return NULL;
}

/* Of a column that comes from `table`: what is certain, or a failure. */
static bool nullable_of(const struct reading *r, struct str table, struct str column, struct str name)
{
    bool nullable, left = false, plain = false, doubtful = r->all_doubtful;
    if (!column_of(r->schema, table, column, &nullable))
        doubtful = true;
    for (size_t i = 0; i < r->tables.n; i++) {
        if (!str_eq(r->tables.v[i].name, table))
            continue;
        doubtful |= r->tables.v[i].doubtful;
        left |= r->tables.v[i].left;
        plain |= !r->tables.v[i].left;
    }
    if (doubtful || (left && plain))
        fail(r->block->line, r->block,
             "column " STR_FMT ": whether it may be NULL is not certain here, say it with -- col: " STR_FMT " TYPE",
             STR_ARG(name), STR_ARG(name));
    return nullable || left;
}

static enum type type_of_decl(const struct reading *r, struct str name, const char *decl)
{
    static const char *const names[] = {"INTEGER", "REAL", "TEXT", "BLOB"};
    for (size_t i = 0; decl && i < 4; i++) {
        if (strcmp(decl, names[i]) == 0)
            return (enum type)i;
    }
    fail(r->block->line, r->block, "column " STR_FMT " is an expression: declare it with -- col: " STR_FMT " TYPE",
         STR_ARG(name), STR_ARG(name));
}

static struct column column_at(const struct reading *r, sqlite3_stmt *stmt, int i)
{
    const char *decl = sqlite3_column_decltype(stmt, i), *table = sqlite3_column_table_name(stmt, i);
    struct str name = arena_str(source.a, str_c(sqlite3_column_name(stmt, i)));
    const struct column *said = declared(r->block, name);
    for (size_t k = 0; k < name.n; k++) {
        if (!(name.p[k] == '_' || (name.p[k] >= 'a' && name.p[k] <= 'z') ||
              (k && name.p[k] >= '0' && name.p[k] <= '9')))
            fail(r->block->line, r->block, "column %d needs a name: ... AS name", i + 1);
    }
    if (said && (!decl || said->type == type_of_decl(r, name, decl)))
        return *said;
    if (said)
        fail(r->block->line, r->block, "column " STR_FMT " is declared with another type than its table's",
             STR_ARG(name));
    enum type type = type_of_decl(r, name, decl);
    if (!table)
        type_of_decl(r, name, NULL);
    return (struct column){name, type, nullable_of(r, str_c(table), str_c(sqlite3_column_origin_name(stmt, i)), name)};
}

static struct column_list columns_of(const struct reading *r, sqlite3_stmt *stmt)
{
    struct column_list list = {NULL, 0, 0};
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        struct column c = column_at(r, stmt, i);
        for (size_t k = 0; k < list.n; k++) {
            if (str_eq(list.v[k].name, c.name))
                fail(r->block->line, r->block, "two columns are called " STR_FMT, STR_ARG(c.name));
        }
        VEC_PUSH(source.a, &list, c);
    }
    return list;
}

static bool same_columns(const struct column_list *a, const struct column_list *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same =
            str_eq(a->v[i].name, b->v[i].name) && a->v[i].type == b->v[i].type && a->v[i].nullable == b->v[i].nullable;
    return same;
}

static void check_variant(struct block *b, sqlite3 *schema, uint32_t key, bool first)
{
    struct variant v = variant_of(b, schema, key);
    struct column_list columns = b->declared;
    bool writes = token_is(v.reading.tokens.v, "insert") || token_is(v.reading.tokens.v, "update") ||
                  token_is(v.reading.tokens.v, "delete");
    read_tables(&v.reading);
    if (!b->only_postgres) {
        sqlite3_stmt *stmt;
        const char *text = v.reading.text.p;
        if (sqlite3_prepare_v2(schema, text, -1, &stmt, NULL) != SQLITE_OK) {
            int offset = sqlite3_error_offset(schema);
            fail(line_at(&v.reading, text + (offset > 0 ? offset : 0)), b, "%s", sqlite3_errmsg(schema));
        }
        columns = columns_of(&v.reading, stmt);
        writes = !sqlite3_stmt_readonly(stmt);
        sqlite3_finalize(stmt);
    }
    check_rules(&v.reading, &columns);
    if (first) {
        b->columns = columns;
        b->writes = writes;
    } else if (!same_columns(&b->columns, &columns) || b->writes != writes) {
        fail(b->line, b, "its variants have different columns");
    }
}

/* What a further variant needs is gone afterwards: a block may have 4,096. */
static void check_further(struct block *b, sqlite3 *schema, uint32_t key)
{
    AUTO_ARENA scratch;
    struct arena *kept = source.a;
    arena_init(&scratch, kept->max);
    source.a = &scratch;
    check_variant(b, schema, key, false);
    source.a = kept;
}

static void check_kind(const struct block *b)
{
    if (b->kind == KIND_EXEC && b->columns.n)
        fail(b->line, b, "has columns: it is one, many or each, not exec");
    if (b->kind == KIND_EXEC && !b->writes)
        fail(b->line, b, "reads: it is one, many or each, not exec");
    if (b->kind != KIND_EXEC && !b->columns.n)
        fail(b->line, b, "has no columns: it is exec");
    if (b->kind == KIND_EACH && b->writes)
        fail(b->line, b, "each is for reading");
    for (size_t i = 0; i < b->declared.n; i++) {
        bool found = false;
        for (size_t k = 0; k < b->columns.n; k++)
            found |= str_eq(b->columns.v[k].name, b->declared.v[i].name);
        if (!found)
            fail(b->line, b, "-- col: " STR_FMT " is not a column", STR_ARG(b->declared.v[i].name));
    }
}

static void check_json(const struct block *b)
{
    for (size_t i = 0; i < b->json.n; i++) {
        const struct column *found = NULL;
        for (size_t k = 0; k < b->columns.n; k++)
            found = str_eq(b->columns.v[k].name, b->json.v[i]) ? &b->columns.v[k] : found;
        if (!found || found->type == TYPE_BLOB)
            fail(b->line, b, "-- json: " STR_FMT " is not a column, or a blob", STR_ARG(b->json.v[i]));
    }
}

/* Blocks that name the same row must agree on it. */
static void check_shared_row(size_t at)
{
    const struct block *b = source.blocks.v[at];
    for (size_t i = 0; i < at; i++) {
        const struct block *other = source.blocks.v[i];
        if (other->kind == KIND_EXEC || b->kind == KIND_EXEC || !str_eq(row_base(other), row_base(b)))
            continue;
        if (!same_columns(&other->columns, &b->columns))
            fail(b->line, b, "row " STR_FMT " has other columns than in " STR_FMT, STR_ARG(row_base(b)),
                 STR_ARG(other->name));
        if (other->json.n && b->json.n)
            fail(b->line, b, "row " STR_FMT " has its -- json: in " STR_FMT, STR_ARG(row_base(b)),
                 STR_ARG(other->name));
    }
}

static bool next_key(const struct block *b, uint32_t *key)
{
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        uint32_t mask = (1u << bits_for(p->count)) - 1, value = *key >> p->shift & mask;
        *key &= ~(mask << p->shift);
        if (value + 1 < p->count) {
            *key |= (value + 1) << p->shift;
            return true;
        }
    }
    return false;
}

void check_blocks(sqlite3 *schema)
{
    for (size_t i = 0; i < source.blocks.n; i++) {
        struct block *b = source.blocks.v[i];
        uint32_t key = 0;
        complete(b);
        check_variant(b, schema, key, true);
        while (next_key(b, &key))
            check_further(b, schema, key);
        check_kind(b);
        check_json(b);
        check_shared_row(i);
    }
}
