/* The compiler as one function: text in, C text out. Owns its buffers; an error leaves by one long jump to here. */
#include "viewc.h"

#include "base/utf8.h"

void view_output_init(struct view_output *out)
{
    buf_init(&out->c, VIEWC_OUTPUT_MAX);
    buf_init(&out->h, VIEWC_OUTPUT_MAX);
    buf_init(&out->pot, VIEWC_OUTPUT_MAX);
    buf_init(&out->error, 64 << 10);
}

void view_output_release(struct view_output *out)
{
    buf_release(&out->c);
    buf_release(&out->h);
    buf_release(&out->pot);
    buf_release(&out->error);
}

static void run(struct viewc *c, struct str stem)
{
    if (!utf8_valid(c->src))
        fail(c, 0, "this file is not UTF-8 text");
    buf_printf(&c->out->c, "#include \"views/" STR_FMT ".h\"\n\n#include \"html/emit.h\"\n", STR_ARG(stem));
    buf_printf(&c->out->h, "#pragma once\n\n#include \"html/view.h\"\n");
    while (c->pos < c->src.n) {
        if (src_at(c, "{{"))
            directive(c);
        else
            html_step(c);
    }
    if (c->at.place != PLACE_TEXT)
        fail(c, c->tags[c->at.tags - 1].at, "<" STR_FMT "> is not finished", STR_ARG(c->tags[c->at.tags - 1].name));
    view_finish(c);
    if (buf_status(&c->out->c) != ST_OK || buf_status(&c->body) != ST_OK || buf_status(&c->text) != ST_OK)
        fail(c, 0, "the output is too large");
}

bool viewc_compile(struct arena *a, struct str src, const char *file, struct str stem, struct view_output *out)
{
    struct viewc *c = ARENA_NEW(a, struct viewc);
    c->arena = a;
    c->src = src;
    c->file = file;
    c->out = out;
    buf_init(&c->text, VIEWC_OUTPUT_MAX);
    buf_init(&c->body, VIEWC_OUTPUT_MAX);
    buf_init(&c->open, VIEWC_OUTPUT_MAX);
    if (setjmp(c->failed) == 0)
        run(c, stem);
    buf_release(&c->text);
    buf_release(&c->body);
    buf_release(&c->open);
    return out->error.n == 0;
}
