/* Reads a .sql file line by line into parts and blocks: directives in comments, SQL lines, conditions behind `--?`. */
#include "sqlc.h"

#include <strings.h>

/* The part or block that lines go to; both NULL before the first. */
static struct part *part;
static struct block *block;

static bool is_name(struct str s)
{
    static const char *const taken[] = {
        "auto",   "break",  "case",   "char",   "const",   "default", "do",       "double",   "else",     "enum",
        "extern", "float",  "for",    "goto",   "if",      "inline",  "int",      "long",     "return",   "short",
        "signed", "sizeof", "static", "struct", "switch",  "union",   "void",     "while",    "db",       "t",
        "in",     "out",    "row",    "arg",    "changed", "typedef", "register", "volatile", "unsigned", "restrict"};
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (i && (c == '_' || (c >= '0' && c <= '9')))))
            return false;
    }
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        if (str_eq(s, str_c(taken[i])))
            return false;
    }
    return s.n > 0;
}

struct str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str s = str_c(slash ? slash + 1 : path);
    return str_ends(s, STR(".sql")) ? str_n(s.p, s.n - 4) : s;
}

struct param *find_param(struct param_list *list, struct str name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (str_eq(list->v[i].name, name))
            return &list->v[i];
    }
    return NULL;
}

static struct part *find_part(struct str name)
{
    for (size_t i = 0; i < source.parts.n; i++) {
        if (str_eq(source.parts.v[i]->name, name))
            return source.parts.v[i];
    }
    return NULL;
}

static bool parse_type(struct str s, enum type *type)
{
    static const char *const names[] = {"int", "real", "text", "blob", "int[]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_eq(s, str_c(names[i]))) {
            *type = (enum type)i;
            return true;
        }
    }
    return false;
}

static struct param parse_param(int line, struct str item)
{
    struct str rest = item, name = {NULL, 0}, type = {NULL, 0}, more;
    str_next_word(&rest, &name);
    str_next_word(&rest, &type);
    if (!type.n || str_next_word(&rest, &more))
        fail(line, block, "'" STR_FMT "' is not \"name type\"", STR_ARG(item));
    if (!is_name(name))
        fail(line, block, "'" STR_FMT "' can't be a name: lower-case letters, digits, _, no word of C", STR_ARG(name));
    struct param p = {.name = name, .optional = str_ends(type, STR("?"))};
    if (p.optional)
        type.n--;
    if (parse_type(type, &p.type))
        return p;
    if (p.optional || str_find_byte(type, '|') < 0)
        fail(line, block, "type of %.*s must be int, real, text, blob, int[] or words a|b", STR_ARG(name));
    p.type = TYPE_ENUM;
    for (struct str word; str_next(&type, '|', &word);) {
        if (!is_name(word) && !str_eq(word, STR("in")) && !str_eq(word, STR("out")))
            fail(line, block, "'" STR_FMT "' is no word for an enum", STR_ARG(word));
        VEC_PUSH(source.a, &p.words, word);
    }
    return p;
}

static void add_param(int line, struct param_list *list, struct param p)
{
    if (find_param(list, p.name))
        fail(line, block, "parameter " STR_FMT " is there twice", STR_ARG(p.name));
    VEC_PUSH(source.a, list, p);
}

static void use_part(int line, struct str name)
{
    struct part *p = find_part(str_trim(name));
    if (!p)
        fail(line, block, "there is no part '" STR_FMT "' above", STR_ARG(str_trim(name)));
    VEC_PUSH(source.a, &block->uses, p);
    for (size_t i = 0; i < p->params.n; i++) {
        struct param copy = p->params.v[i];
        copy.part = p;
        add_param(line, &block->params, copy);
    }
}

/* Name and parameters of "name(a int, b text) rest"; gives rest. */
static struct str parse_signature(int line, struct str s, struct str *name, struct param_list *params)
{
    ptrdiff_t open = str_find_byte(s, '('), close = str_find_byte(s, ')');
    if (open < 0 || close < open)
        fail(line, NULL, "a name, parameters in parentheses and a kind are expected");
    *name = str_trim(str_n(s.p, (size_t)open));
    if (!is_name(*name))
        fail(line, NULL, "'" STR_FMT "' is no name (lower-case letters, digits, _)", STR_ARG(*name));
    struct str inner = str_trim(str_n(s.p + open + 1, (size_t)(close - open - 1)));
    for (struct str item; inner.n && str_next(&inner, ',', &item);) {
        item = str_trim(item);
        if (block && str_starts(item, STR("use ")))
            use_part(line, str_drop(item, 4));
        else
            add_param(line, params, parse_param(line, item));
    }
    return str_trim(str_drop(s, (size_t)close + 1));
}

static void begin_part(int line, struct str s)
{
    block = NULL;
    part = ARENA_NEW(source.a, struct part);
    part->line = line;
    struct str rest = parse_signature(line, s, &part->name, &part->params);
    if (rest.n || find_part(part->name))
        fail(line, NULL, rest.n ? "a part has no kind" : "a part of this name is there already");
    VEC_PUSH(source.a, &source.parts, part);
}

static void begin_block(int line, struct str s)
{
    static const char *const kinds[] = {"one", "many", "exec", "each"};
    part = NULL;
    block = ARENA_NEW(source.a, struct block);
    block->line = line;
    block->name = str_trim(str_n(s.p, (size_t)(str_find_byte(s, '(') < 0 ? 0 : str_find_byte(s, '('))));
    struct str rest = parse_signature(line, s, &block->name, &block->params), kind = {NULL, 0}, more;
    str_next_word(&rest, &kind);
    str_next_word(&rest, &block->row_name);
    for (block->kind = KIND_ONE; block->kind <= KIND_EACH && !str_eq(kind, str_c(kinds[block->kind]));)
        block->kind++;
    if (block->kind > KIND_EACH || str_next_word(&rest, &more))
        fail(line, block, "the kind must be one, many, exec or each, with a name for the row if wanted");
    if (block->row_name.n && (block->kind == KIND_EXEC || !is_name(block->row_name)))
        fail(line, block, "'" STR_FMT "' can't name the row", STR_ARG(block->row_name));
    for (size_t i = 0; i < source.blocks.n; i++) {
        if (str_eq(source.blocks.v[i]->name, block->name))
            fail(line, block, "a block of this name is there already");
    }
    VEC_PUSH(source.a, &source.blocks, block);
}

static void declare_columns(int line, struct str s)
{
    for (struct str item; str_next(&s, ',', &item);) {
        struct param p = parse_param(line, str_trim(item));
        if (p.type > TYPE_BLOB)
            fail(line, block, "a column is int, real, text or blob");
        VEC_PUSH(source.a, &block->declared, ((struct column){p.name, p.type, p.optional}));
    }
}

static void json_columns(struct str s)
{
    for (struct str item, word; str_next(&s, ',', &item);) {
        while (str_next_word(&item, &word))
            VEC_PUSH(source.a, &block->json, word);
    }
}

static void include_part(int line, struct str name)
{
    for (size_t i = 0; block && i < block->uses.n; i++) {
        struct part *p = block->uses.v[i];
        if (!str_eq(p->name, str_trim(name)))
            continue;
        for (size_t k = 0; k < p->lines.n; k++)
            VEC_PUSH(source.a, &block->lines, p->lines.v[k]);
        return;
    }
    fail(line, block, "'use " STR_FMT "' is not among the parameters", STR_ARG(str_trim(name)));
}

/* A line that is a comment: a directive, or nothing. */
static void parse_comment(int line, struct str s)
{
    static const char *const words[] = {"part:", "name:", "col:", "json:", "only:"};
    s = str_trim(str_drop(s, 2));
    struct str rest = s, word;
    if (!str_next_word(&rest, &word))
        return;
    size_t i = 0;
    while (i < sizeof words / sizeof words[0] && !str_eq(word, str_c(words[i])))
        i++;
    if (i == 0 || i == 1)
        (i ? begin_block : begin_part)(line, rest);
    else if (i <= 4 && !block)
        fail(line, NULL, "-- " STR_FMT " belongs under a block's -- name: line", STR_ARG(word));
    else if (i == 2)
        declare_columns(line, rest);
    else if (i == 3)
        json_columns(rest);
    else if (i == 4 && !str_eq(str_trim(rest), STR("postgres")))
        fail(line, block, "only postgres is possible");
    else if (i == 4)
        block->only_postgres = true;
    else if (str_eq(word, STR("use")))
        include_part(line, rest);
    else if (str_ends(word, STR(":")))
        fail(line, block, "unknown directive -- " STR_FMT, STR_ARG(word));
}

static void parse_sql(int number, struct str text)
{
    struct line line = {.number = number};
    size_t n = length_without_comment(text);
    struct str comment = str_drop(text, n);
    VEC(struct condition) conditions = {NULL, 0, 0};
    line.text = str_n(text.p, n);
    if (!part && !block)
        fail(number, NULL, "SQL before the first -- name: or -- part:");
    if (str_starts(comment, STR("--?"))) {
        struct str rest = str_drop(comment, 3);
        for (struct str item; str_next(&rest, ',', &item);) {
            struct condition c = {{NULL, 0}, {NULL, 0}};
            item = str_trim(item);
            str_next(&item, '=', &c.name);
            c.word = item;
            c.name = str_trim(c.name);
            VEC_PUSH(source.a, &conditions, c);
        }
    }
    line.conditions = conditions.v;
    line.condition_count = conditions.n;
    VEC_PUSH(source.a, block ? &block->lines : &part->lines, line);
}

void parse_source(struct str text)
{
    struct str line;
    part = NULL;
    block = NULL;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        struct str s = str_trim(line);
        int first = number;
        /* A signature goes on over comment lines until its parenthesis closes. */
        while ((str_starts(s, STR("-- name:")) || str_starts(s, STR("-- part:"))) && str_find_byte(s, '(') >= 0 &&
               str_find_byte(s, ')') < 0 && str_next(&text, '\n', &line)) {
            number++;
            if (!str_starts(str_trim(line), STR("--")))
                fail(number, NULL, "the signature's parenthesis is not closed");
            s = arena_printf(source.a, STR_FMT " " STR_FMT, STR_ARG(s), STR_ARG(str_drop(str_trim(line), 2)));
        }
        if (str_starts(s, STR("--")) && !str_starts(s, STR("--?")))
            parse_comment(first, s);
        else if (s.n)
            parse_sql(number, s);
    }
}
