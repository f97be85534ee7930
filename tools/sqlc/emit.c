/* Writes the header (enums, structs, prototypes) and the source (blocks as data, one short function each). */
#include "sqlc.h"

#include <ctype.h>

static const char *const kind_words[] = {"SQL_INT", "SQL_REAL", "SQL_TEXT", "SQL_BLOB", "SQL_INTS"};

#define S(s) STR_ARG(s)

struct str row_base(const struct block *b)
{
    return b->row_name.n ? b->row_name : b->name;
}

static struct str row_type(const struct block *b)
{
    return b->row_name.n ? b->row_name : arena_printf(source.a, STR_FMT "_row", S(b->name));
}

static struct str upper(struct str s)
{
    struct str copy = arena_str(source.a, s);
    for (size_t i = 0; i < s.n; i++)
        ((char *)(uintptr_t)copy.p)[i] = (char)toupper((unsigned char)copy.p[i]);
    return copy;
}

/* True for the first block of those that share the row, with a row at all. */
static bool owns_row(size_t at)
{
    if (source.blocks.v[at]->kind == KIND_EXEC)
        return false;
    for (size_t i = 0; i < at; i++) {
        const struct block *b = source.blocks.v[i];
        if (b->kind != KIND_EXEC && str_eq(row_base(b), row_base(source.blocks.v[at])))
            return false;
    }
    return true;
}

static const char *value_type(enum type type, bool optional)
{
    static const char *const plain[] = {"int64_t ", "double ", "struct str ", "struct str ", "struct sql_ints "};
    if (optional && type <= TYPE_REAL)
        return type == TYPE_INT ? "struct opt_int " : "struct opt_real ";
    return plain[type];
}

static struct str c_type(const struct param *p, struct str owner)
{
    if (p->type == TYPE_ENUM)
        return arena_printf(source.a, "enum " STR_FMT "_" STR_FMT " ", S(owner), S(p->name));
    return str_c(value_type(p->type, p->optional));
}

static void emit_enums(struct buf *out, const struct param_list *params, struct str owner)
{
    for (size_t i = 0; i < params->n; i++) {
        const struct param *p = &params->v[i];
        if (p->type != TYPE_ENUM || p->part)
            continue;
        buf_printf(out, "enum " STR_FMT "_" STR_FMT " {", S(owner), S(p->name));
        for (size_t k = 0; k < p->words.n; k++)
            buf_printf(out, "%s" STR_FMT "_" STR_FMT "_" STR_FMT, k ? ", " : " ", S(upper(owner)), S(upper(p->name)),
                       S(upper(p->words.v[k])));
        buf_add_c(out, " };\n\n");
    }
}

static void emit_part(struct buf *out, const struct part *p)
{
    emit_enums(out, &p->params, p->name);
    buf_printf(out, "struct " STR_FMT " {\n", S(p->name));
    for (size_t i = 0; i < p->params.n; i++)
        buf_printf(out, "    " STR_FMT STR_FMT ";\n", S(c_type(&p->params.v[i], p->name)), S(p->params.v[i].name));
    buf_add_c(out, "};\n\n");
}

static bool has_list(const struct block *b)
{
    for (size_t i = 0; i < source.blocks.n; i++) {
        const struct block *other = source.blocks.v[i];
        if (other->kind == KIND_MANY && str_eq(row_base(other), row_base(b)))
            return true;
    }
    return false;
}

static void emit_row(struct buf *out, const struct block *b)
{
    buf_printf(out, "struct " STR_FMT " {\n", S(row_type(b)));
    for (size_t i = 0; i < b->columns.n; i++) {
        const struct column *c = &b->columns.v[i];
        bool no_text = c->nullable && c->type >= TYPE_TEXT;
        buf_printf(out, "    %s" STR_FMT ";%s\n", value_type(c->type, c->nullable), S(c->name),
                   no_text ? " /* p is NULL without a value */" : "");
    }
    buf_add_c(out, "};\n\n");
    if (has_list(b))
        buf_printf(out, "struct " STR_FMT "_list {\n    struct " STR_FMT " *v;\n    size_t n;\n    size_t cap;\n};\n\n",
                   S(row_base(b)), S(row_type(b)));
}

/* Own parameters and parts: the items of the signature. */
static size_t item_count(const struct block *b)
{
    size_t n = b->uses.n;
    for (size_t i = 0; i < b->params.n; i++)
        n += b->params.v[i].part == NULL;
    return n;
}

/* Each item in order as "type name" between before and after. */
static void emit_items(struct buf *out, const struct block *b, const char *before, const char *after)
{
    const struct part *last = NULL;
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (p->part && p->part == last)
            continue;
        last = p->part;
        if (p->part)
            buf_printf(out, "%sconst struct " STR_FMT " *" STR_FMT "%s", before, S(p->part->name), S(p->part->name),
                       after);
        else
            buf_printf(out, "%s" STR_FMT STR_FMT "%s", before, S(c_type(p, b->name)), S(p->name), after);
    }
}

static void emit_prototype(struct buf *out, const struct block *b)
{
    buf_printf(out, "enum status " STR_FMT "(%s", S(b->name), b->writes ? "struct tx *t" : "struct db *db");
    if (item_count(b) > 2)
        buf_printf(out, ", const struct " STR_FMT "_in *in", S(b->name));
    else
        emit_items(out, b, ", ", "");
    if (b->kind == KIND_EXEC)
        buf_add_c(out, ", int64_t *changed)");
    else if (b->kind == KIND_ONE)
        buf_printf(out, ", struct " STR_FMT " *out)", S(row_type(b)));
    else if (b->kind == KIND_MANY)
        buf_printf(out, ", struct " STR_FMT "_list *out)", S(row_base(b)));
    else
        buf_printf(out, ", enum status (*row)(void *arg, const struct " STR_FMT " *row), void *arg)", S(row_type(b)));
}

void emit_header(struct buf *out)
{
    struct str base = base_name(source.path);
    buf_printf(out,
               "/* Made of " STR_FMT ".sql by sqlc. */\n#ifndef PPURI_" STR_FMT "_SQL_H\n#define PPURI_" STR_FMT
               "_SQL_H\n\n",
               S(base), S(upper(base)), S(upper(base)));
    buf_add_c(out, "#include \"base/json.h\"\n#include \"db/db.h\"\n#include \"db/sql.h\"\n\n");
    for (size_t i = 0; i < source.parts.n; i++)
        emit_part(out, source.parts.v[i]);
    for (size_t i = 0; i < source.blocks.n; i++) {
        const struct block *b = source.blocks.v[i];
        emit_enums(out, &b->params, b->name);
        if (owns_row(i))
            emit_row(out, b);
        if (item_count(b) > 2) {
            buf_printf(out, "struct " STR_FMT "_in {\n", S(b->name));
            emit_items(out, b, "    ", ";\n");
            buf_add_c(out, "};\n\n");
        }
        buf_add_c(out, "MUST_USE ");
        emit_prototype(out, b);
        buf_add_c(out, ";\n\n");
        if (b->json.n)
            buf_printf(out, "void " STR_FMT "_json(struct json_out *j, const struct " STR_FMT " *r);\n\n",
                       S(row_base(b)), S(row_type(b)));
    }
    buf_printf(out,
               "/* All blocks, ended by NULL. */\nextern const struct sql_block *const " STR_FMT
               "_sql_blocks[];\n\n#endif\n",
               S(base));
}

static void emit_text(struct buf *out, const struct line_list *lines, size_t from, size_t to, bool postgres)
{
    for (size_t i = from; i < to; i++) {
        struct str s = postgres ? lines->v[i].postgres : lines->v[i].sqlite;
        buf_add_c(out, "\n     \"");
        for (size_t k = 0; k < s.n; k++)
            buf_printf(out, s.p[k] == '\\' || s.p[k] == '"' ? "\\%c" : "%c", s.p[k]);
        buf_add_c(out, "\\n\"");
    }
}

static void emit_pieces(struct buf *out, const struct block *b)
{
    buf_printf(out, "static const struct sql_piece " STR_FMT "_pieces[] = {\n", S(b->name));
    for (size_t i = 0, end; i < b->lines.n; i = end) {
        const struct line *line = &b->lines.v[i];
        for (end = i + 1;
             end < b->lines.n && b->lines.v[end].mask == line->mask && b->lines.v[end].value == line->value;)
            end++;
        buf_printf(out, "    {%uu, %uu,", line->mask, line->value);
        emit_text(out, &b->lines, i, end, false);
        buf_add_byte(out, ',');
        emit_text(out, &b->lines, i, end, true);
        buf_add_c(out, "},\n");
    }
    buf_add_c(out, "};\n");
}

static bool is_positive(const struct param *p)
{
    return p->type == TYPE_INT && !p->optional &&
           (str_eq(p->name, STR("id")) || str_eq(p->name, STR("limit")) || str_ends(p->name, STR("_id")));
}

static size_t emit_params(struct buf *out, const struct block *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (p->type == TYPE_ENUM)
            continue;
        if (!n++)
            buf_printf(out, "static const struct sql_param " STR_FMT "_params[] = {\n", S(b->name));
        buf_printf(out, "    {\"" STR_FMT "\", %s, %s, %s},\n", S(p->name), kind_words[p->type],
                   p->optional ? "true" : "false", is_positive(p) ? "true" : "false");
    }
    if (n)
        buf_add_c(out, "};\n");
    return n;
}

static size_t emit_choices(struct buf *out, const struct block *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (!p->count)
            continue;
        if (!n++)
            buf_printf(out, "static const struct sql_choice " STR_FMT "_choices[] = {", S(b->name));
        buf_printf(out, "%s{%u, %u}", n > 1 ? ", " : "", p->shift, p->count);
    }
    if (n)
        buf_add_c(out, "};\n");
    return n;
}

static void emit_columns(struct buf *out, const struct block *b)
{
    if (b->columns.n)
        buf_printf(out, "static const struct sql_column " STR_FMT "_columns[] = {\n", S(b->name));
    for (size_t i = 0; i < b->columns.n; i++) {
        const struct column *c = &b->columns.v[i];
        buf_printf(out, "    {\"" STR_FMT "\", %s, %s, offsetof(struct " STR_FMT ", " STR_FMT ")},\n", S(c->name),
                   kind_words[c->type], c->nullable ? "true" : "false", S(row_type(b)), S(c->name));
    }
    if (b->columns.n)
        buf_add_c(out, "};\n");
}

static void emit_block(struct buf *out, const struct block *b)
{
    emit_pieces(out, b);
    size_t params = emit_params(out, b), choices = emit_choices(out, b);
    emit_columns(out, b);
    struct str n = b->name;
    buf_printf(out, "static const struct sql_block " STR_FMT "_block = {\n    .name = \"" STR_FMT "\",\n", S(n), S(n));
    buf_printf(out,
               "    .pieces = " STR_FMT "_pieces,\n    .piece_count = sizeof " STR_FMT "_pieces / sizeof " STR_FMT
               "_pieces[0],\n",
               S(n), S(n), S(n));
    if (params)
        buf_printf(out, "    .params = " STR_FMT "_params,\n    .param_count = %zu,\n", S(n), params);
    if (b->columns.n)
        buf_printf(out,
                   "    .columns = " STR_FMT
                   "_columns,\n    .column_count = %zu,\n    .row_size = sizeof(struct " STR_FMT "),\n",
                   S(n), b->columns.n, S(row_type(b)));
    if (choices)
        buf_printf(out, "    .choices = " STR_FMT "_choices,\n    .choice_count = %zu,\n", S(n), choices);
    buf_printf(out, "    .writes = %s,\n    .only_postgres = %s,\n};\n\n", b->writes ? "true" : "false",
               b->only_postgres ? "true" : "false");
}

/* How the function reads a parameter: plain, in->x, part->x or in->part->x. */
static struct str access_of(const struct block *b, const struct param *p)
{
    const char *in = item_count(b) > 2 ? "in->" : "";
    if (p->part)
        return arena_printf(source.a, "%s" STR_FMT "->" STR_FMT, in, S(p->part->name), S(p->name));
    return arena_printf(source.a, "%s" STR_FMT, in, S(p->name));
}

static void emit_guards(struct buf *out, const struct block *b)
{
    const char *in = item_count(b) > 2 ? "in->" : "";
    for (size_t i = 0; i < b->uses.n; i++)
        buf_printf(out, "    if (!%s" STR_FMT ")\n        return sql_misuse(&" STR_FMT "_block, \"" STR_FMT "\");\n",
                   in, S(b->uses.v[i]->name), S(b->name), S(b->uses.v[i]->name));
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (p->type == TYPE_ENUM)
            buf_printf(out,
                       "    if ((unsigned)" STR_FMT " >= %zuu)\n        return sql_misuse(&" STR_FMT
                       "_block, \"" STR_FMT "\");\n",
                       S(access_of(b, p)), p->words.n, S(b->name), S(p->name));
    }
}

static void emit_values(struct buf *out, const struct block *b)
{
    static const char *const makers[] = {"int", "real", "text", "blob", "ints"};
    bool any = false;
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (p->type == TYPE_ENUM)
            continue;
        buf_add_c(out, any ? "" : "    const struct sql_value params_[] = {\n");
        any = true;
        buf_printf(out, "        sql_%s%s(" STR_FMT "),\n", p->optional && p->type <= TYPE_REAL ? "opt_" : "",
                   makers[p->type], S(access_of(b, p)));
    }
    buf_add_c(out, any ? "    };\n" : "    const struct sql_value *const params_ = NULL;\n");
}

static void emit_key(struct buf *out, const struct block *b)
{
    static const char *const given[] = {".has", ".has", ".p != NULL", ".p != NULL", ".v != NULL"};
    buf_add_c(out, "    uint32_t key_ = 0;\n");
    for (size_t i = 0; i < b->params.n; i++) {
        const struct param *p = &b->params.v[i];
        if (p->count)
            buf_printf(out, "    key_ |= (uint32_t)(" STR_FMT "%s) << %u;\n", S(access_of(b, p)),
                       p->type == TYPE_ENUM ? "" : given[p->type], p->shift);
    }
}

/* `each` gives rows as const void *; this calls the typed function. */
static void emit_each_step(struct buf *out, const struct block *b)
{
    buf_printf(out,
               "struct " STR_FMT "_visit {\n    enum status (*row)(void *arg, const struct " STR_FMT " *row);\n"
               "    void *arg;\n};\n\n",
               S(b->name), S(row_type(b)));
    buf_printf(out,
               "static enum status " STR_FMT "_step(void *arg, const void *row)\n{\n    const struct " STR_FMT
               "_visit *v = arg;\n    return v->row(v->arg, row);\n}\n\n",
               S(b->name), S(b->name));
}

static void emit_call(struct buf *out, const struct block *b)
{
    struct str n = b->name;
    const char *db = b->writes ? "tx_db(t)" : "db";
    if (b->kind == KIND_EXEC)
        buf_printf(out, "    return sql_exec(%s, &" STR_FMT "_block, key_, params_, changed);\n", db, S(n));
    else if (b->kind == KIND_ONE)
        buf_printf(out, "    return sql_one(%s, &" STR_FMT "_block, key_, params_, out);\n", db, S(n));
    else if (b->kind == KIND_MANY)
        buf_printf(out,
                   "    struct sql_list list_ = {NULL, 0};\n    enum status st_ = sql_many(%s, &" STR_FMT
                   "_block, key_, params_, &list_);\n    *out = (struct " STR_FMT
                   "_list){list_.v, list_.n, list_.n};\n    return st_;\n",
                   db, S(n), S(row_base(b)));
    else
        buf_printf(out,
                   "    struct " STR_FMT "_visit visit_ = {row, arg};\n    return sql_each(%s, &" STR_FMT
                   "_block, key_, params_,\n                    &(const struct sql_visit){" STR_FMT
                   "_step, &visit_});\n",
                   S(n), db, S(n), S(n));
}

static void emit_function(struct buf *out, const struct block *b)
{
    if (b->kind == KIND_EACH)
        emit_each_step(out, b);
    emit_prototype(out, b);
    buf_add_c(out, "\n{\n");
    if (b->kind == KIND_MANY)
        buf_printf(out, "    *out = (struct " STR_FMT "_list){NULL, 0, 0};\n", S(row_base(b)));
    emit_guards(out, b);
    emit_values(out, b);
    emit_key(out, b);
    emit_call(out, b);
    buf_add_c(out, "}\n\n");
}

static void emit_json(struct buf *out, const struct block *b)
{
    static const char *const words[] = {"int", "real", "str"};
    buf_printf(out, "void " STR_FMT "_json(struct json_out *j, const struct " STR_FMT " *r)\n{\n    jout_obj(j);\n",
               S(row_base(b)), S(row_type(b)));
    for (size_t i = 0; i < b->json.n; i++) {
        struct str name = b->json.v[i];
        const struct column *c = b->columns.v;
        while (!str_eq(c->name, name))
            c++;
        bool id = c->type == TYPE_INT && (str_eq(name, STR("id")) || str_ends(name, STR("_id")));
        buf_printf(out, "    jout_key_%s%s(j, \"" STR_FMT "\", r->" STR_FMT ");\n", c->nullable ? "opt_" : "",
                   id ? "id" : words[c->type], S(name), S(name));
    }
    buf_add_c(out, "    jout_end(j);\n}\n\n");
}

void emit_source(struct buf *out, const char *header)
{
    struct str base = base_name(source.path);
    buf_printf(out, "/* Made of " STR_FMT ".sql by sqlc. */\n#include \"%s\"\n\n#include <stddef.h>\n\n", S(base),
               header);
    for (size_t i = 0; i < source.blocks.n; i++) {
        emit_block(out, source.blocks.v[i]);
        emit_function(out, source.blocks.v[i]);
        if (source.blocks.v[i]->json.n)
            emit_json(out, source.blocks.v[i]);
    }
    buf_printf(out, "const struct sql_block *const " STR_FMT "_sql_blocks[] = {\n", S(base));
    for (size_t i = 0; i < source.blocks.n; i++)
        buf_printf(out, "    &" STR_FMT "_block,\n", S(source.blocks.v[i]->name));
    buf_add_c(out, "    NULL,\n};\n");
}
