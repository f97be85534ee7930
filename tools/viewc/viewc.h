/* The view compiler, tools/viewc: one .html file of views becomes a .c file, a .h file and a list of texts (.pot). */
#ifndef PPURI_TOOLS_VIEWC_H
#define PPURI_TOOLS_VIEWC_H

#include <setjmp.h>

#include "base/buf.h"
#include "base/vec.h"

enum { VIEWC_OUTPUT_MAX = 16 << 20, DEPTH_MAX = 100 };

struct view_output {
    struct buf c;
    struct buf h;
    struct buf pot;
    struct buf error; /* "file:line:column: error: ..." with the line and a caret */
};

/* Compiles `src`, named `file` in messages; `stem` is the name of the outputs. False: only `error` holds something. */
bool viewc_compile(struct arena *a, struct str src, const char *file, struct str stem, struct view_output *out);
void view_output_init(struct view_output *out);
void view_output_release(struct view_output *out);

/* names.c: what HTML says about names, and what is allowed here. */
enum attr_kind {
    ATTR_NEVER,   /* may not be written at all */
    ATTR_LITERAL, /* without expressions */
    ATTR_TEXT,
    ATTR_URL,       /* a text from outside may be the whole reference, after a check of its scheme */
    ATTR_URL_OWN,   /* only struct url, or a part after a literal beginning */
    ATTR_URL_WHOLE, /* only struct url */
};
enum attr_kind attr_kind(struct str tag, struct str name);
bool element_is_void(struct str name);
bool element_is_refused(struct str name);
bool element_is_svg(struct str name);

/* Where the output stands; every branch must end where it began. */
enum place { PLACE_TEXT, PLACE_TAG, PLACE_ATTR, PLACE_RAW, PLACE_RCDATA };
/* What a URL attribute may hold so far, as a set. */
enum { URL_EMPTY = 1, URL_EXPR = 2, URL_FIXED = 4 };

struct state {
    enum place place;
    size_t tags;    /* open elements */
    size_t attr_at; /* offset of the attribute's name */
    char quote;
    unsigned url;
};

struct attr {
    struct str name;
    enum attr_kind kind;
    bool has_expr;
    size_t loose_at; /* 1 + offset of literal text that no expression may follow or 0 */
};

struct tag {
    struct str name;
    size_t at;
};

enum block_kind { BLOCK_IF, BLOCK_ELSE, BLOCK_FOR, BLOCK_WRAP };

struct block {
    enum block_kind kind;
    size_t at;
    struct state start;
    unsigned url_ends; /* of the branches so far */
    struct str call;   /* of a wrap: name and arguments */
    size_t call_at;
};

struct code { /* C text and where it stands in the source */
    struct str text;
    size_t at;
};

struct viewc {
    struct arena *arena;
    struct str src;
    size_t pos;
    const char *file;
    struct view_output *out;
    jmp_buf failed;
    struct buf text; /* literal output not yet emitted */
    struct buf body; /* C of the view at work */
    struct buf open; /* its part before the slot */
    bool in_view;
    bool has_slot;
    bool started; /* some output stands in the view */
    size_t view_at;
    struct code name;
    struct code params;
    struct state at;
    struct attr attr;
    struct tag tags[DEPTH_MAX];
    struct block blocks[DEPTH_MAX];
    size_t blocks_n;
    struct str_list texts;
};

/* html.c */
void html_step(struct viewc *c);
void html_expr_in_attr(struct viewc *c, size_t at);
bool html_keeps_space(const struct viewc *c);

/* block.c */
void directive(struct viewc *c);
void view_finish(struct viewc *c);

/* text.c */
void skip_blanks(struct viewc *c);
struct str read_word(struct viewc *c);
/* Behind the closing quote of the string or character that begins at `at`. */
size_t skip_quoted(struct viewc *c, size_t at);
/* From c->pos to the }} that ends it, and past that. */
struct code expr_read(struct viewc *c);
void text_directive(struct viewc *c, size_t at);

/* write.c */
_Noreturn void fail(struct viewc *c, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void write_flush(struct viewc *c);
/* Appends the code on a line of its own with the line and column it has in the source. */
void write_code(struct viewc *c, struct buf *out, struct code code);
void write_literal(struct buf *out, struct str s);
void write_expr(struct viewc *c, struct code code, const char *macro, struct str attr);
void write_texts(struct viewc *c, struct code code);
void write_text_use(struct viewc *c, struct str text, size_t at);

static inline bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static inline bool is_word(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
}

static inline struct str src_rest(const struct viewc *c)
{
    return str_drop(c->src, c->pos);
}

static inline bool src_at(const struct viewc *c, const char *s)
{
    return str_starts(src_rest(c), str_c(s));
}

#endif
