/* SQL text as tokens, the words that are refused everywhere, and the two engines' spelling of parameters. */
#include "sqlc.h"

#include <strings.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t word_length(struct str s, size_t n)
{
    while (n < s.n && (is_letter(s.p[n]) || is_digit(s.p[n])))
        n++;
    return n;
}

static size_t text_length(struct str s)
{
    size_t n = 1;
    while (n < s.n && s.p[n] != '\'')
        n++;
    return n < s.n ? n + 1 : n;
}

static size_t sign_length(struct str s)
{
    static const char *const signs[] = {"->>", "::", "->", "@>", "<@", "||", "<=", ">=", "<>", "!=", "==", "~*", "#>"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (str_starts(s, str_c(signs[i])))
            return strlen(signs[i]);
    }
    return 1;
}

static struct token token_of(struct str s)
{
    char next = s.n > 1 ? s.p[1] : '\0';
    if (is_letter(s.p[0]))
        return (struct token){TOKEN_WORD, str_n(s.p, word_length(s, 1))};
    if (is_digit(s.p[0]))
        return (struct token){TOKEN_NUMBER, str_n(s.p, word_length(s, 1))};
    if (s.p[0] == '\'')
        return (struct token){TOKEN_TEXT, str_n(s.p, text_length(s))};
    if ((s.p[0] == ':' && is_letter(next)) || (s.p[0] == '?' && is_digit(next)))
        return (struct token){TOKEN_PARAM, str_n(s.p, word_length(s, 1))};
    return (struct token){TOKEN_SIGN, str_n(s.p, sign_length(s))};
}

struct token_list scan(struct str text)
{
    struct token_list list = {NULL, 0, 0};
    struct str rest = text;
    while (rest.n) {
        if (strchr(" \t\r\n", rest.p[0])) {
            rest = str_drop(rest, 1);
            continue;
        }
        struct token t = token_of(rest);
        VEC_PUSH(source.a, &list, t);
        rest = str_drop(rest, t.s.n);
    }
    for (int i = 0; i < 4; i++)
        VEC_PUSH(source.a, &list, ((struct token){TOKEN_END, str_n(text.p + text.n, 0)}));
    list.n -= 4;
    return list;
}

bool token_is(const struct token *t, const char *word)
{
    return t->kind != TOKEN_TEXT && t->s.n == strlen(word) && strncasecmp(t->s.p, word, t->s.n) == 0;
}

size_t length_without_comment(struct str text)
{
    for (size_t i = 0; i < text.n;) {
        struct str rest = str_drop(text, i);
        if (str_starts(rest, STR("--")))
            return i;
        i += rest.p[0] == '\'' ? text_length(rest) : 1;
    }
    return text.n;
}

static const char *refusal_of(const struct token *t)
{
    static const struct {
        const char *words, *why;
    } refused[] = {
        {" now current_timestamp current_date current_time localtime localtimestamp strftime julianday unixepoch "
         "datetime ",
         "time comes from the program, as a parameter"},
        {" random nextval currval last_insert_rowid autoincrement ", "ids and chance come from the program"},
        {" ilike similar regexp rlike glob collate ", "compare a folded column instead: the engines differ here"},
        {" offset ", "page by a key: (a, id) > (:a, :id)"},
        {" rowid ctid natural pragma attach vacuum interval extract ", "it doesn't mean the same on both engines"},
        {" :: -> ->> @> <@ ~ ~* #> == ` [ # ", "this operator isn't the same on both engines"},
        {" \" ", "names are plain, texts stand in '...'"},
        {" ; ", "a block is one statement, without a semicolon"},
        {" ? $ ", "parameters are written :name"},
    };
    char word[40] = " ";
    if (t->kind == TOKEN_TEXT || t->s.n + 3 > sizeof word)
        return NULL;
    for (size_t i = 0; i < t->s.n; i++)
        word[i + 1] = (char)(t->s.p[i] >= 'A' && t->s.p[i] <= 'Z' ? t->s.p[i] + 32 : t->s.p[i]);
    word[t->s.n + 1] = ' ';
    word[t->s.n + 2] = '\0';
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (strstr(refused[i].words, word))
            return refused[i].why;
    }
    if (strncmp(word, " json", 5) == 0 || strstr(word, "_json ") || strncmp(word, " regexp_", 8) == 0)
        return "JSON and regular expressions are the program's work";
    return NULL;
}

void check_words(const struct block *b, const struct line *line)
{
    struct token_list tokens = scan(line->text);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *t = &tokens.v[i];
        const char *why = refusal_of(t);
        if (why)
            fail(line->number, b, "'" STR_FMT "' is refused: %s", STR_ARG(t->s), why);
        if (t->kind == TOKEN_TEXT && (t->s.n < 2 || t->s.p[t->s.n - 1] != '\''))
            fail(line->number, b, "a text must end on its line");
        if (t->kind == TOKEN_SIGN && (unsigned char)t->s.p[0] >= 0x80)
            fail(line->number, b, "only ASCII outside texts");
    }
}

static struct param *param_of(struct block *b, const struct line *line, const struct token *t)
{
    struct param *p = find_param(&b->params, str_drop(t->s, 1));
    if (!p)
        fail(line->number, b, "'" STR_FMT "' is not among the parameters", STR_ARG(t->s));
    if (p->type == TYPE_ENUM)
        fail(line->number, b, "'" STR_FMT "' is an enum: it chooses lines and is never bound", STR_ARG(t->s));
    p->used = true;
    return p;
}

static bool is_list(struct block *b, const struct token *t)
{
    const struct param *p = t->kind == TOKEN_PARAM ? find_param(&b->params, str_drop(t->s, 1)) : NULL;
    return p && p->type == TYPE_INTS;
}

/* At NOT IN (:list) or IN (:list): writes both spellings, gives the number of tokens. */
static size_t rewrite_list(struct block *b, const struct line *line, const struct token *t, struct buf out[2])
{
    size_t in = token_is(t, "not") ? 1 : 0;
    if (!token_is(&t[in], "in") || !token_is(&t[in + 1], "(") || !is_list(b, &t[in + 2]))
        return 0;
    int number = param_of(b, line, &t[in + 2])->number;
    if (!token_is(&t[in + 3], ")"))
        fail(line->number, b, "a list is used as IN (:name) only");
    buf_printf(&out[0], "%sIN (SELECT value FROM json_each(?%d))", in ? "NOT " : "", number);
    buf_printf(&out[1], "%s($%d)", in ? "<> ALL " : "= ANY ", number);
    return in + 4;
}

void rewrite_line(struct block *b, struct line *line)
{
    struct token_list tokens = scan(line->text);
    const char *from = line->text.p;
    struct buf out[2];
    buf_init(&out[0], 64 << 10);
    buf_init(&out[1], 64 << 10);
    for (size_t i = 0; i < tokens.n;) {
        const struct token *t = &tokens.v[i];
        for (int k = 0; k < 2; k++)
            buf_add(&out[k], str_n(from, (size_t)(t->s.p - from)));
        size_t n = rewrite_list(b, line, t, out);
        if (!n && is_list(b, t))
            fail(line->number, b, "a list is used as IN (:name) only");
        if (!n && t->kind == TOKEN_PARAM) {
            int number = param_of(b, line, t)->number;
            buf_printf(&out[0], "?%d", number);
            buf_printf(&out[1], "$%d", number);
        } else if (!n) {
            buf_add(&out[0], t->s);
            buf_add(&out[1], t->s);
        }
        i += n ? n : 1;
        from = tokens.v[i - 1].s.p + tokens.v[i - 1].s.n;
    }
    line->sqlite = arena_str(source.a, buf_str(&out[0]));
    line->postgres = arena_str(source.a, buf_str(&out[1]));
    buf_release(&out[0]);
    buf_release(&out[1]);
}
