/* Cuts a product list into pieces. One pass; a full stop or slash between letters or digits belongs to the word. */
#include "feature/directory/infer_text.h"

#include "base/utf8.h"

struct cutter {
    struct arena *arena;
    struct str text;
    struct pieces *out;
    size_t from;
    unsigned depth;
    enum piece_break opened;
};

static bool is_alnum(struct str s, size_t i)
{
    char c = i < s.n ? s.p[i] : ' ';
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool between_letters(struct str s, size_t i)
{
    return i > 0 && is_alnum(s, i - 1) && is_alnum(s, i + 1);
}

/* What breaks the text at byte i, *n bytes long; false when nothing does. */
static bool break_at(struct str s, size_t i, size_t *n, enum piece_break *kind)
{
    static const uint32_t joins[] = {',',    '&',    '+',    ':',    '\n',   '|', 0xb7, 0x318d,
                                     0x3001, 0xff0c, 0x2022, 0x30fb, 0xff65, '<', '>'};
    if (str_starts(str_drop(s, i), STR("및"))) {
        *n = sizeof "및" - 1;
        *kind = BREAK_JOIN;
        return true;
    }
    uint32_t c = utf8_next(str_drop(s, i), n);
    bool found = c == '.' && !between_letters(s, i);
    *kind = BREAK_JOIN;
    for (size_t k = 0; k < sizeof joins / sizeof joins[0] && !found; k++)
        found = c == joins[k];
    if (c == ';' || (c == '/' && !between_letters(s, i)))
        *kind = BREAK_CLAUSE;
    else if (c == '(' || c == '[' || c == '{' || c == 0xff08)
        *kind = BREAK_OPEN;
    else if (c == ')' || c == ']' || c == '}' || c == 0xff09)
        *kind = BREAK_CLOSE;
    return found || *kind != BREAK_JOIN;
}

static void end_piece(struct cutter *c, size_t to, enum piece_break closed)
{
    VEC_PUSH(c->arena, c->out,
             ((struct piece){.from = c->from, .to = to, .depth = c->depth, .opened = c->opened, .closed = closed}));
    c->opened = closed;
    if (closed == BREAK_OPEN)
        c->depth++;
    if (closed == BREAK_CLOSE && c->depth)
        c->depth--;
}

void pieces_cut(struct arena *a, struct str text, struct pieces *out)
{
    *out = (struct pieces){NULL, 0, 0};
    struct cutter c = {a, text, out, 0, 0, BREAK_CLAUSE};
    for (size_t i = 0, n; i < text.n; i += n) {
        enum piece_break kind;
        if (!break_at(text, i, &n, &kind))
            continue;
        end_piece(&c, i, kind);
        c.from = i + n;
    }
    end_piece(&c, text.n, BREAK_CLAUSE);
}

size_t piece_after_bracket(const struct pieces *p, size_t i)
{
    const struct piece *from = &p->v[i];
    if (from->closed != BREAK_OPEN && !from->depth)
        return p->n;
    unsigned depth = from->closed == BREAK_OPEN ? from->depth : from->depth - 1;
    for (size_t k = i + 1; k < p->n; k++)
        if (p->v[k].opened == BREAK_CLOSE && p->v[k].depth == depth)
            return k;
    return p->n;
}
