/*
 * What stands in {{ }}: expressions, branches, loops, parts, wraps, and the views themselves. Keeps the stack of open
 * blocks and sees that every branch ends in the place where it began.
 */
#include "viewc.h"

static struct code need_expr(struct viewc *c, const char *what)
{
    size_t at = c->pos;
    struct code code = expr_read(c);
    if (!code.text.n)
        fail(c, at, "%s", what);
    return code;
}

static void need_end(struct viewc *c, const char *what)
{
    struct code code = expr_read(c);
    if (code.text.n)
        fail(c, code.at, "nothing follows %s", what);
}

static void need_text_place(struct viewc *c, size_t at, const char *what)
{
    if (c->at.place != PLACE_TEXT)
        fail(c, at, "%s stands only in text", what);
}

static void emit_expr(struct viewc *c, size_t at, struct code code)
{
    const char *macro = c->at.place == PLACE_TEXT ? "EMIT_TEXT" : "EMIT_ATTR";
    if (c->at.place == PLACE_TAG)
        fail(c, at, "no {{ }} among attributes; use name?=\"{{ ... }}\"");
    if (c->at.place == PLACE_ATTR) {
        html_expr_in_attr(c, at);
        if (c->attr.kind >= ATTR_URL) {
            bool whole = c->at.url == URL_EMPTY;
            if (!whole && c->attr.kind == ATTR_URL_WHOLE)
                fail(c, at, "this reference is one struct url");
            macro = !whole ? "EMIT_PART" : c->attr.kind == ATTR_URL ? "EMIT_URL" : "EMIT_URL_OWN";
            c->at.url = c->at.url == URL_FIXED ? URL_FIXED : URL_EXPR | (c->at.url & URL_FIXED);
        }
    }
    write_expr(c, code, macro, STR(""));
}

static struct block *push_block(struct viewc *c, enum block_kind kind, size_t at)
{
    if (c->blocks_n == DEPTH_MAX)
        fail(c, at, "too many blocks");
    write_flush(c);
    struct block *b = &c->blocks[c->blocks_n++];
    *b = (struct block){.kind = kind, .at = at, .start = c->at};
    return b;
}

static const char *place_name(const struct state *s)
{
    static const char *const names[] = {"text", "a tag", "an attribute", "a script or style", "a title or textarea"};
    return names[s->place];
}

/* Every branch ends in the place where it began. */
static void end_branch(struct viewc *c, struct block *b)
{
    write_flush(c);
    if (c->at.tags > b->start.tags) {
        struct tag *open = &c->tags[c->at.tags - 1];
        fail(c, open->at, "<" STR_FMT "> is not closed in this branch", STR_ARG(open->name));
    }
    if (c->at.place != b->start.place || c->at.attr_at != b->start.attr_at || c->at.quote != b->start.quote)
        fail(c, b->at, "this branch begins in %s and ends in %s", place_name(&b->start), place_name(&c->at));
    b->url_ends |= c->at.url;
    c->at = b->start;
}

static void emit_condition(struct viewc *c, const char *before, struct code code)
{
    write_texts(c, code);
    buf_add_c(&c->body, before);
    write_code(c, &c->body, code);
    buf_add_c(&c->body, "    ) {\n");
}

static void if_directive(struct viewc *c, size_t at)
{
    struct code code = need_expr(c, "{{if}} needs a condition");
    push_block(c, BLOCK_IF, at);
    emit_condition(c, "    if (", code);
}

static void else_directive(struct viewc *c, size_t at)
{
    struct block *b = c->blocks_n ? &c->blocks[c->blocks_n - 1] : NULL;
    if (!b || b->kind != BLOCK_IF)
        fail(c, at,
             b && b->kind == BLOCK_ELSE ? "nothing but {{end}} follows {{else}}" : "this {{else}} has no {{if}}");
    end_branch(c, b);
    skip_blanks(c);
    size_t word_at = c->pos;
    if (str_eq(read_word(c), STR("if"))) {
        emit_condition(c, "    } else if (", need_expr(c, "{{else if}} needs a condition"));
        return;
    }
    c->pos = word_at;
    need_end(c, "{{else}}");
    b->kind = BLOCK_ELSE;
    buf_add_c(&c->body, "    } else {\n");
}

static void for_directive(struct viewc *c, size_t at)
{
    need_text_place(c, at, "{{for}}");
    skip_blanks(c);
    size_t name_at = c->pos;
    struct str name = read_word(c);
    skip_blanks(c);
    if (!name.n || !str_eq(read_word(c), STR("in")))
        fail(c, name_at, "write {{for x in list}}");
    struct code list = need_expr(c, "{{for}} needs a list");
    push_block(c, BLOCK_FOR, at);
    const char *f = arena_c(c->arena, name);
    write_texts(c, list);
    buf_printf(&c->body, "    { const __auto_type %s_in_ =", f);
    write_code(c, &c->body, list);
    buf_printf(&c->body, "    ; for (size_t %s_i = 0; %s_i <", f, f);
    write_code(c, &c->body, (struct code){arena_printf(c->arena, "%s_in_.n; %s_i++) {", f, f), list.at});
    buf_printf(&c->body, "    const __auto_type %s =", f);
    write_code(c, &c->body, (struct code){arena_printf(c->arena, "&%s_in_.v[%s_i]; (void)%s;", f, f, f), list.at});
}

/* name(arguments), with `v` put first. */
static void emit_call(struct viewc *c, struct code call, const char *suffix)
{
    size_t n = 0;
    while (n < call.text.n && is_word(call.text.p[n]))
        n++;
    struct str args = str_drop(call.text, n + 1);
    struct str name = arena_printf(c->arena, STR_FMT "%s(", (int)n, call.text.p, suffix);
    write_code(c, &c->body, (struct code){name, call.at});
    buf_add_c(&c->body, args.n > 1 ? "v," : "v");
    write_code(c, &c->body, (struct code){args, call.at + n + 1});
    buf_add_c(&c->body, ";\n");
}

static struct code need_call(struct viewc *c, const char *what)
{
    struct code call = need_expr(c, what);
    size_t n = 0;
    while (n < call.text.n && is_word(call.text.p[n]))
        n++;
    if (!n || n == call.text.n || call.text.p[n] != '(' || call.text.p[call.text.n - 1] != ')')
        fail(c, call.at, "%s", what);
    write_texts(c, call);
    return call;
}

static void part_directive(struct viewc *c, size_t at)
{
    need_text_place(c, at, "{{> }}");
    struct code call = need_call(c, "write {{> view(arguments)}}");
    write_flush(c);
    emit_call(c, call, "");
    c->started = true;
}

/* The arguments of a wrap are evaluated twice: names, members, addresses, literals and T("...") only. */
static void check_plain(struct viewc *c, struct code call)
{
    size_t i = call.at;
    while (is_word(c->src.p[i]))
        i++;
    for (i++; i + 1 < call.at + call.text.n; i++) {
        char ch = c->src.p[i];
        bool arrow = ch == '-' && c->src.p[i + 1] == '>';
        if (ch == '"')
            i = skip_quoted(c, i) - 1;
        else if (ch == '(' ? c->src.p[i - 1] != 'T' || is_word(c->src.p[i - 2])
                           : !is_word(ch) && !strchr(" .&[],)>\n", ch) && !arrow)
            fail(c, i, "the arguments of {{wrap}} are plain names: they are evaluated twice");
    }
}

static void wrap_directive(struct viewc *c, size_t at)
{
    need_text_place(c, at, "{{wrap}}");
    struct code call = need_call(c, "write {{wrap view(arguments)}}");
    check_plain(c, call);
    struct block *b = push_block(c, BLOCK_WRAP, at);
    b->call = call.text;
    b->call_at = call.at;
    emit_call(c, call, "_open");
    c->started = true;
}

static void end_directive(struct viewc *c, size_t at)
{
    need_end(c, "{{end}}");
    if (!c->blocks_n)
        fail(c, at, "this {{end}} ends nothing");
    struct block *b = &c->blocks[c->blocks_n - 1];
    end_branch(c, b);
    if (b->kind == BLOCK_IF)
        b->url_ends |= b->start.url;
    c->at.url = b->url_ends;
    if (b->kind == BLOCK_WRAP)
        emit_call(c, (struct code){b->call, b->call_at}, "_close");
    else
        buf_add_c(&c->body, b->kind == BLOCK_FOR ? "    } }\n" : "    }\n");
    c->blocks_n--;
}

static void slot_directive(struct viewc *c, size_t at)
{
    need_text_place(c, at, "{{slot}}");
    need_end(c, "{{slot}}");
    if (c->has_slot)
        fail(c, at, "a view has one {{slot}}");
    for (size_t i = 0; i < c->blocks_n; i++)
        if (c->blocks[i].kind != BLOCK_WRAP)
            fail(c, at, "{{slot}} stands outside of {{if}} and {{for}}");
    write_flush(c);
    c->has_slot = true;
    buf_add(&c->open, buf_str(&c->body));
    buf_clear(&c->body);
    c->started = true;
}

static void unused_params(struct viewc *c, struct buf *out)
{
    struct str rest = c->params.text;
    struct str param;
    while (c->params.text.n && str_next(&rest, ',', &param)) {
        struct str name = str_trim(param);
        size_t from = name.n;
        while (from && is_word(name.p[from - 1]))
            from--;
        if (from == 0 || from == name.n)
            fail(c, c->params.at, "every parameter has a type and a name");
        buf_printf(out, "    (void)" STR_FMT ";\n", STR_ARG(str_drop(name, from)));
    }
}

static void write_function(struct viewc *c, const char *suffix, struct str body)
{
    struct buf *outs[] = {&c->out->h, &c->out->c};
    for (size_t i = 0; i < 2; i++) {
        buf_add_c(outs[i], "\nvoid");
        struct str name = arena_printf(c->arena, STR_FMT "%s(", STR_ARG(c->name.text), suffix);
        write_code(c, outs[i], (struct code){name, c->name.at});
        buf_add_c(outs[i], c->params.text.n ? "struct view *v," : "struct view *v");
        write_code(c, outs[i], c->params);
        buf_add_c(outs[i], i ? ")\n{\n    (void)v;\n" : ");\n");
    }
    unused_params(c, &c->out->c);
    buf_add(&c->out->c, body);
    buf_add_c(&c->out->c, "}\n");
}

void view_finish(struct viewc *c)
{
    if (!c->in_view)
        return;
    static const char *const names[] = {"if", "if", "for", "wrap"};
    if (c->blocks_n)
        fail(c, c->blocks[c->blocks_n - 1].at, "this {{%s}} has no {{end}}", names[c->blocks[c->blocks_n - 1].kind]);
    if (c->at.tags)
        fail(c, c->tags[c->at.tags - 1].at, "<" STR_FMT "> is not closed", STR_ARG(c->tags[c->at.tags - 1].name));
    while (c->text.n && is_blank(c->text.p[c->text.n - 1]))
        c->text.n--;
    write_flush(c);
    if (c->has_slot)
        write_function(c, "_open", buf_str(&c->open));
    write_function(c, c->has_slot ? "_close" : "", buf_str(&c->body));
    buf_clear(&c->open);
    buf_clear(&c->body);
    c->has_slot = false;
    c->started = false;
    c->in_view = false;
}

static void view_directive(struct viewc *c, size_t at)
{
    view_finish(c);
    struct code call = need_call(c, "write {{view name(parameters)}}");
    size_t n = 0;
    while (is_word(call.text.p[n]))
        n++;
    c->name = (struct code){str_n(call.text.p, n), call.at};
    size_t from = call.at + n + 1;
    while (is_blank(c->src.p[from]))
        from++;
    size_t end = call.at + call.text.n - 1;
    c->params = (struct code){from < end ? str_trim(str_n(c->src.p + from, end - from)) : STR(""), from};
    c->in_view = true;
    c->view_at = at;
}

static void include_directive(struct viewc *c, size_t at)
{
    if (c->in_view)
        fail(c, at, "{{include}} stands before the first {{view}}");
    struct code code = need_expr(c, "write {{include \"path.h\"}}");
    if (code.text.n < 3 || code.text.p[0] != '"' || skip_quoted(c, code.at) != code.at + code.text.n)
        fail(c, code.at, "write {{include \"path.h\"}}");
    buf_add_c(&c->out->h, "\n#include ");
    buf_add(&c->out->h, code.text);
}

struct keyword {
    const char *word;
    void (*run)(struct viewc *c, size_t at);
    bool vanishes; /* a line with nothing else on it leaves no trace */
};

static const struct keyword keywords[] = {
    {"view", view_directive, true}, {"include", include_directive, true}, {"if", if_directive, true},
    {"else", else_directive, true}, {"end", end_directive, true},         {"for", for_directive, true},
    {"wrap", wrap_directive, true}, {"slot", slot_directive, false},      {"t", text_directive, false},
    {">", part_directive, false},
};

static const struct keyword *read_keyword(struct viewc *c)
{
    size_t start = c->pos;
    struct str word = src_at(c, ">") ? str_n(c->src.p + c->pos++, 1) : read_word(c);
    size_t end = c->pos;
    skip_blanks(c);
    bool plain_t = str_eq(word, STR("t")) && !src_at(c, "\"");
    c->pos = end;
    for (size_t i = 0; !plain_t && i < sizeof keywords / sizeof *keywords; i++)
        if (str_eq(word, str_c(keywords[i].word)))
            return &keywords[i];
    c->pos = start;
    return NULL;
}

/* Whether nothing but the directive from `at` to c->pos is on its line; then the line end goes with it. */
static void vanish_line(struct viewc *c, size_t at)
{
    while (at && (c->src.p[at - 1] == ' ' || c->src.p[at - 1] == '\t'))
        at--;
    size_t end = c->pos;
    while (end < c->src.n && is_blank(c->src.p[end]) && c->src.p[end] != '\n')
        end++;
    if ((at && c->src.p[at - 1] != '\n') || (end < c->src.n && c->src.p[end] != '\n') || html_keeps_space(c))
        return;
    c->pos = end;
    skip_blanks(c);
}

void directive(struct viewc *c)
{
    size_t at = c->pos;
    if (c->at.place == PLACE_RAW)
        fail(c, at, "no {{ }} in <script> and <style>");
    c->pos += 2;
    skip_blanks(c);
    const struct keyword *keyword = read_keyword(c);
    if (!c->in_view && (!keyword || (keyword->run != view_directive && keyword->run != include_directive)))
        fail(c, at, "text outside a {{view}}");
    if (!keyword) {
        emit_expr(c, at, need_expr(c, "an expression is missing"));
        return;
    }
    keyword->run(c, at);
    if (keyword->vanishes && c->at.place == PLACE_TEXT)
        vanish_line(c, at);
}
