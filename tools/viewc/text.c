/*
 * Reads what an author wrote as C, only far enough to find where it ends, and the texts: {{t "..." name=expression
 * ...}} with every value checked against the holes of the text.
 */
#include "i18n/pattern.h"
#include "viewc.h"

void skip_blanks(struct viewc *c)
{
    while (c->pos < c->src.n && is_blank(c->src.p[c->pos]))
        c->pos++;
}

struct str read_word(struct viewc *c)
{
    size_t start = c->pos;
    while (c->pos < c->src.n && is_word(c->src.p[c->pos]))
        c->pos++;
    return str_n(c->src.p + start, c->pos - start);
}

size_t skip_quoted(struct viewc *c, size_t at)
{
    char quote = c->src.p[at];
    for (size_t i = at + 1; i < c->src.n && c->src.p[i] != '\n'; i++) {
        if (c->src.p[i] == '\\')
            i++;
        else if (c->src.p[i] == quote)
            return i + 1;
    }
    fail(c, at, "this quote has no end");
}

static char partner(char open)
{
    return open == '(' ? ')' : open == '[' ? ']' : '}';
}

/* One byte of C outside quotes: keeps `nest`, the brackets still to be closed. */
static void expr_byte(struct viewc *c, size_t start, char *nest, size_t *depth)
{
    char ch = c->src.p[c->pos];
    struct str rest = src_rest(c);
    if (strchr("([{", ch)) {
        if (*depth == DEPTH_MAX)
            fail(c, c->pos, "too many brackets");
        nest[(*depth)++] = partner(ch);
    } else if (strchr(")]}", ch)) {
        if (*depth == 0 || nest[--*depth] != ch)
            fail(c, c->pos, "%c closes nothing", ch);
    } else if (strchr(";#\\`@", ch) || str_starts(rest, STR("//")) || str_starts(rest, STR("/*")) ||
               str_starts(rest, STR("{{"))) {
        fail(c, c->pos, "not part of an expression");
    } else if (c->pos - start > 2000) {
        fail(c, start, "this expression is too long");
    }
    c->pos++;
}

struct code expr_read(struct viewc *c)
{
    skip_blanks(c);
    size_t start = c->pos;
    char nest[DEPTH_MAX];
    size_t depth = 0;
    while (c->pos < c->src.n && c->src.p[c->pos] && (depth || !src_at(c, "}}"))) {
        if (c->src.p[c->pos] == '"' || c->src.p[c->pos] == '\'')
            c->pos = skip_quoted(c, c->pos);
        else
            expr_byte(c, start, nest, &depth);
    }
    if (!src_at(c, "}}"))
        fail(c, start, depth ? "a bracket is not closed" : "this {{ has no }}");
    struct code code = {str_trim(str_n(c->src.p + start, c->pos - start)), start};
    c->pos += 2;
    return code;
}

/* Where the next `name=` begins in the rest of a {{t}}, or the end. */
static size_t next_arg(struct viewc *c, size_t at, size_t end)
{
    char nest[DEPTH_MAX];
    size_t depth = 0;
    size_t old = c->pos;
    c->pos = at;
    bool fresh = true;
    while (c->pos < end) {
        size_t word = c->pos;
        if (!depth && fresh && read_word(c).n && c->pos < end && c->src.p[c->pos] == '=' && !src_at(c, "==")) {
            c->pos = old;
            return word;
        }
        c->pos = word;
        fresh = is_blank(c->src.p[word]);
        if (c->src.p[word] == '"' || c->src.p[word] == '\'')
            c->pos = skip_quoted(c, word);
        else
            expr_byte(c, word, nest, &depth);
    }
    c->pos = old;
    return end;
}

struct text_arg {
    struct str name;
    struct code code;
};

static size_t read_args(struct viewc *c, struct str text, size_t at, size_t end, struct text_arg *args)
{
    size_t n = 0;
    at = next_arg(c, at, end);
    while (at < end) {
        if (n == 16)
            fail(c, at, "too many values in one text");
        size_t equals = at;
        while (c->src.p[equals] != '=')
            equals++;
        size_t next = next_arg(c, equals + 1, end);
        struct str name = str_n(c->src.p + at, equals - at);
        size_t from = equals + 1;
        while (from < next && is_blank(c->src.p[from]))
            from++;
        args[n] = (struct text_arg){name, {str_trim(str_n(c->src.p + from, next - from)), from}};
        if (!args[n].code.text.n)
            fail(c, at, "%.*s has no value", STR_ARG(name));
        if (!pattern_uses(text, name))
            fail(c, at, "the text does not use {" STR_FMT "}", STR_ARG(name));
        for (size_t i = 0; i < n; i++)
            if (str_eq(args[i].name, name))
                fail(c, at, "{" STR_FMT "} has two values", STR_ARG(name));
        n++;
        at = next;
    }
    return n;
}

static void check_holes(struct viewc *c, struct str text, size_t at, const struct text_arg *args, size_t n)
{
    struct piece piece;
    struct str rest = text;
    while (pattern_next(&rest, &piece, NULL)) {
        bool found = piece.kind == PIECE_TEXT || piece.kind == PIECE_PARTICLE;
        for (size_t i = 0; i < n; i++)
            found = found || str_eq(args[i].name, piece.text);
        if (!found)
            fail(c, at, "{" STR_FMT "} has no value: write " STR_FMT "=...", STR_ARG(piece.text), STR_ARG(piece.text));
    }
}

static void emit_text(struct viewc *c, struct str text, const struct text_arg *args, size_t n)
{
    write_flush(c);
    c->started = true;
    buf_add_c(&c->body, "    {\n");
    for (size_t i = 0; i < n; i++) {
        write_texts(c, args[i].code);
        buf_printf(&c->body, "    const __auto_type x_%zu_ =", i);
        write_code(c, &c->body, args[i].code);
        buf_add_c(&c->body, ";\n");
    }
    if (n)
        buf_add_c(&c->body, "    const struct msg_arg args_[] = {\n");
    for (size_t i = 0; i < n; i++) {
        buf_printf(&c->body, "    {\"" STR_FMT "\",", STR_ARG(args[i].name));
        struct str value = arena_printf(c->arena, "EMIT_VALUE(x_%zu_)},", i);
        write_code(c, &c->body, (struct code){value, args[i].code.at});
    }
    buf_add_c(&c->body, n ? "    };\n    emit_msg(v, T(" : "    emit_msg(v, T(");
    write_literal(&c->body, text);
    buf_printf(&c->body, "), %s, %zu);\n    }\n", n ? "args_" : "0", n);
}

void text_directive(struct viewc *c, size_t at)
{
    skip_blanks(c);
    size_t open = c->pos;
    size_t close = skip_quoted(c, open);
    struct str text = str_n(c->src.p + open + 1, close - open - 2);
    if (!text.n || str_find_byte(text, '\\') >= 0)
        fail(c, open, text.n ? "no backslash in a text" : "this text is empty");
    c->pos = close;
    struct code rest = expr_read(c);
    size_t end = rest.at + rest.text.n;
    struct text_arg args[16];
    if (rest.text.n && next_arg(c, rest.at, end) != rest.at)
        fail(c, rest.at, "after the text come values: name=expression");
    write_text_use(c, text, open);
    size_t n = read_args(c, text, rest.at, end, args);
    check_holes(c, text, open, args, n);
    if (c->at.place == PLACE_TAG)
        fail(c, at, "no {{ }} among attributes");
    if (c->at.place == PLACE_ATTR) {
        html_expr_in_attr(c, at);
        if (c->attr.kind >= ATTR_URL)
            fail(c, at, "no {{t}} in a reference");
    }
    emit_text(c, text, args, n);
}
