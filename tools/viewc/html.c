/*
 * Follows the HTML: text, tags, attributes, comments, script and style. Copies what is literal, tidied, to c->text and
 * knows at each expression what place it is in. Refuses whatever it could not follow exactly as a browser does.
 */
#include <strings.h>

#include "viewc.h"

static char look(const struct viewc *c)
{
    return c->pos < c->src.n ? c->src.p[c->pos] : '\0';
}

static bool is_letter(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static bool name_is(struct str name, const char *want)
{
    return str_eq(name, str_c(want));
}

static bool inside(const struct viewc *c, const char *name)
{
    for (size_t i = 0; i < c->at.tags; i++)
        if (name_is(c->tags[i].name, name))
            return true;
    return false;
}

bool html_keeps_space(const struct viewc *c)
{
    return inside(c, "pre") || inside(c, "textarea");
}

static void put(struct viewc *c, struct str s)
{
    buf_add(&c->text, s);
    c->started = true;
}

static struct str read_name(struct viewc *c)
{
    size_t start = c->pos;
    while (is_word(look(c)) || look(c) == '-' || look(c) == ':')
        c->pos++;
    return str_n(c->src.p + start, c->pos - start);
}

static void comment(struct viewc *c)
{
    size_t at = c->pos;
    ptrdiff_t end = str_find(str_drop(c->src, at + 4), STR("-->"));
    if (end < 0)
        fail(c, at, "this comment has no end");
    ptrdiff_t expr = str_find(str_n(c->src.p + at, (size_t)end + 4), STR("{{"));
    if (expr >= 0)
        fail(c, at + (size_t)expr, "no {{ }} in a comment");
    c->pos = at + 4 + (size_t)end + 3;
}

static void doctype(struct viewc *c)
{
    if (!src_at(c, "<!doctype html>"))
        fail(c, c->pos, "only <!doctype html> and comments begin with <!");
    put(c, STR("<!doctype html>"));
    c->pos += 15;
}

static void check_case(struct viewc *c, struct str name, size_t at)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] >= 'A' && name.p[i] <= 'Z' && !inside(c, "svg"))
            fail(c, at, "write names in lower case");
}

static void open_tag(struct viewc *c)
{
    size_t at = c->pos++;
    struct str name = read_name(c);
    if (src_at(c, "{{"))
        fail(c, c->pos, "no {{ }} in a tag name");
    check_case(c, name, at + 1);
    if (element_is_refused(name))
        fail(c, at, "<" STR_FMT "> is not allowed", STR_ARG(name));
    if (inside(c, "svg") && !element_is_svg(name))
        fail(c, at, "<" STR_FMT "> is not allowed inside <svg>", STR_ARG(name));
    if (c->at.tags == DEPTH_MAX)
        fail(c, at, "too many open elements");
    c->tags[c->at.tags++] = (struct tag){name, at};
    c->at.place = PLACE_TAG;
    put(c, STR("<"));
    put(c, name);
}

static void close_tag(struct viewc *c)
{
    size_t at = c->pos;
    c->pos += 2;
    struct str name = read_name(c);
    while (is_blank(look(c)))
        c->pos++;
    if (look(c) != '>')
        fail(c, at, "a closing tag is a name and >");
    c->pos++;
    size_t floor = c->blocks_n ? c->blocks[c->blocks_n - 1].start.tags : 0;
    if (c->at.tags == 0)
        fail(c, at, "</" STR_FMT "> closes nothing", STR_ARG(name));
    struct tag *top = &c->tags[c->at.tags - 1];
    if (c->at.tags == floor)
        fail(c, at, "</" STR_FMT "> closes an element that was opened outside this branch", STR_ARG(name));
    if (!str_eq(top->name, name))
        fail(c, at, "</" STR_FMT "> where <" STR_FMT "> is open", STR_ARG(name), STR_ARG(top->name));
    c->at.tags--;
    c->at.place = PLACE_TEXT;
    put(c, STR("</"));
    put(c, name);
    put(c, STR(">"));
}

static void text_space(struct viewc *c)
{
    size_t start = c->pos;
    while (is_blank(look(c)))
        c->pos++;
    struct str run = str_n(c->src.p + start, c->pos - start);
    bool again = c->text.n && c->text.p[c->text.n - 1] == '\n';
    if (html_keeps_space(c))
        put(c, run);
    else if (c->started && !again)
        buf_add(&c->text, str_find_byte(run, '\n') >= 0 ? STR("\n") : run);
}

static void text_step(struct viewc *c)
{
    char ch = look(c);
    if (is_blank(ch)) {
        text_space(c);
    } else if (src_at(c, "<!--")) {
        comment(c);
    } else if (!c->in_view) {
        fail(c, c->pos, "text outside a {{view}}");
    } else if (src_at(c, "<!")) {
        doctype(c);
    } else if (src_at(c, "</")) {
        close_tag(c);
    } else if (ch == '<') {
        if (!is_letter(c->pos + 1 < c->src.n ? c->src.p[c->pos + 1] : ' '))
            fail(c, c->pos, "write &lt; for < in text");
        open_tag(c);
    } else if (src_at(c, "}}")) {
        fail(c, c->pos, "}} without {{");
    } else {
        put(c, str_n(c->src.p + c->pos++, 1));
    }
}

/* Text up to the closing tag, as in <script>, <style>, <title>, <textarea>; tags mean nothing in it. */
static void raw_step(struct viewc *c)
{
    struct tag *top = &c->tags[c->at.tags - 1];
    struct str rest = src_rest(c);
    bool closes = src_at(c, "</") && rest.n > top->name.n + 2 &&
                  strncasecmp(rest.p + 2, top->name.p, top->name.n) == 0 && !is_word(rest.p[top->name.n + 2]);
    if (closes)
        close_tag(c);
    else if (src_at(c, "<!--"))
        fail(c, c->pos, "no <!-- here");
    else
        put(c, str_n(c->src.p + c->pos++, 1));
}

static void tag_end(struct viewc *c)
{
    struct tag *top = &c->tags[c->at.tags - 1];
    bool empty = src_at(c, "/>");
    bool foreign = inside(c, "svg");
    if (look(c) == '/' && !empty)
        fail(c, c->pos, "/ stands only before >");
    if (empty && !foreign && !element_is_void(top->name))
        fail(c, c->pos, "<" STR_FMT "> is not an empty element: close it with </" STR_FMT ">", STR_ARG(top->name),
             STR_ARG(top->name));
    put(c, empty && foreign ? STR("/>") : STR(">"));
    c->pos += empty ? 2 : 1;
    c->at.place = PLACE_TEXT;
    if (name_is(top->name, "script") || name_is(top->name, "style")) {
        c->at.place = PLACE_RAW;
    } else if ((name_is(top->name, "title") && !foreign) || name_is(top->name, "textarea")) {
        c->at.place = PLACE_RCDATA;
        if (name_is(top->name, "textarea") && look(c) != '\n')
            put(c, STR("\n")); /* the browser drops the first line end, which may be the user's */
    }
    if (empty || element_is_void(top->name))
        c->at.tags--;
}

static void unquoted_value(struct viewc *c)
{
    size_t start = c->pos;
    while (c->pos < c->src.n && !is_blank(look(c)) && !strchr("\"'<=>`{", look(c)))
        c->pos++;
    if (src_at(c, "{{"))
        fail(c, c->attr.name.p ? (size_t)(c->attr.name.p - c->src.p) : c->pos,
             "quote the attribute: " STR_FMT "=\"{{ ... }}\"", STR_ARG(c->attr.name));
    if (start == c->pos)
        fail(c, start, "the attribute has no value");
    if (c->attr.kind >= ATTR_URL)
        fail(c, start, "quote the reference");
    put(c, STR("=\""));
    put(c, str_n(c->src.p + start, c->pos - start));
    put(c, STR("\""));
}

/* name?="{{ x }}" */
static void optional_value(struct viewc *c)
{
    static const char *const macros[] = {[ATTR_TEXT] = "EMIT_OPT_ATTR",
                                         [ATTR_URL] = "EMIT_OPT_URL",
                                         [ATTR_URL_OWN] = "EMIT_OPT_URL_OWN",
                                         [ATTR_URL_WHOLE] = "EMIT_OPT_URL_OWN"};
    size_t at = c->pos;
    c->pos += 2;
    char quote = look(c);
    if (quote != '"' && quote != '\'')
        fail(c, c->pos, "quote the attribute: " STR_FMT "?=\"{{ ... }}\"", STR_ARG(c->attr.name));
    c->pos++;
    if (!src_at(c, "{{"))
        fail(c, c->pos, "?= takes exactly one expression");
    html_expr_in_attr(c, at);
    c->pos += 2;
    struct code code = expr_read(c);
    if (look(c) != quote)
        fail(c, c->pos, "?= takes exactly one expression");
    c->pos++;
    write_expr(c, code, macros[c->attr.kind], c->attr.name);
}

static void attribute(struct viewc *c)
{
    size_t at = c->pos;
    struct str name = read_name(c);
    if (!name.n)
        fail(c, at, "an attribute's name is made of letters, digits, - : and _");
    struct str tag = c->tags[c->at.tags - 1].name;
    c->attr = (struct attr){.name = name, .kind = attr_kind(tag, name)};
    check_case(c, name, at);
    if (c->attr.kind == ATTR_NEVER)
        fail(c, at, "the attribute " STR_FMT " is not allowed", STR_ARG(name));
    if (src_at(c, "?=")) {
        optional_value(c);
        return;
    }
    put(c, STR(" "));
    put(c, name);
    if (look(c) != '=')
        return;
    c->pos++;
    if (look(c) != '"' && look(c) != '\'') {
        unquoted_value(c);
        return;
    }
    c->at.place = PLACE_ATTR;
    c->at.attr_at = at;
    c->at.quote = look(c);
    c->at.url = URL_EMPTY;
    put(c, str_n((char[]){'=', look(c)}, 2));
    c->pos++;
}

static void tag_step(struct viewc *c)
{
    char ch = look(c);
    if (is_blank(ch))
        c->pos++;
    else if (ch == '>' || ch == '/')
        tag_end(c);
    else
        attribute(c);
}

static bool is_fixed_start(struct str s)
{
    if (str_starts(s, STR("https://"))) {
        size_t i = 8;
        while (i < s.n && (is_word(s.p[i]) || s.p[i] == '.' || s.p[i] == '-' || s.p[i] == ':'))
            i++;
        return i > 8 && i < s.n && (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#');
    }
    if (str_starts(s, STR("//")) || str_starts(s, STR("/\\")))
        return false;
    return (s.n && strchr("/?#", s.p[0])) || str_starts(s, STR("mailto:")) || str_starts(s, STR("tel:"));
}

static void check_loose(struct viewc *c)
{
    if (c->attr.has_expr && c->attr.loose_at)
        fail(c, c->attr.loose_at - 1,
             "a reference with an expression begins with the expression or with / ? # https://host/ mailto: tel:");
}

static void url_literal(struct viewc *c, struct str s)
{
    if (c->at.url & URL_EMPTY) {
        if (s.n >= 11 && strncasecmp(s.p, "javascript:", 11) == 0)
            fail(c, c->pos, "no script in a reference");
        if (!is_fixed_start(s) && !c->attr.loose_at)
            c->attr.loose_at = c->pos + 1;
        check_loose(c);
    }
    if (c->at.url & URL_EXPR && s.p[0] != '?' && s.p[0] != '#')
        fail(c, c->pos, "after an expression that begins a reference only ? or # may follow");
    c->at.url = URL_FIXED;
}

static void attr_step(struct viewc *c)
{
    if (look(c) == c->at.quote) {
        put(c, str_n(&c->at.quote, 1));
        c->pos++;
        c->at.place = PLACE_TAG;
        c->at.attr_at = 0;
        c->at.quote = '\0';
        c->at.url = 0;
        return;
    }
    size_t n = 0;
    struct str rest = src_rest(c);
    while (n < rest.n && rest.p[n] != c->at.quote && !str_starts(str_drop(rest, n), STR("{{")))
        n++;
    if (c->attr.kind >= ATTR_URL)
        url_literal(c, str_n(rest.p, n));
    put(c, str_n(rest.p, n));
    c->pos += n;
}

void html_expr_in_attr(struct viewc *c, size_t at)
{
    if (c->attr.kind == ATTR_LITERAL)
        fail(c, at, "no expression in the attribute " STR_FMT, STR_ARG(c->attr.name));
    c->attr.has_expr = true;
    check_loose(c);
}

void html_step(struct viewc *c)
{
    switch (c->at.place) {
    case PLACE_TEXT:
        text_step(c);
        break;
    case PLACE_TAG:
        tag_step(c);
        break;
    case PLACE_ATTR:
        attr_step(c);
        break;
    case PLACE_RAW:
    case PLACE_RCDATA:
        raw_step(c);
        break;
    }
}
