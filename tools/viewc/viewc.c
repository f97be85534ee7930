/*
 * viewc IN.html OUT.c OUT.h OUT.pot: compiles views to C. Deterministic; on an error it says where, deletes the outputs and
 * ends with 1. Must not run at the program's run time.
 */
#include "viewc.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
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

#ifndef VIEWC_NO_MAIN
static bool save(const char *path, struct str s)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    bool written = fwrite(s.p, 1, s.n, f) == s.n || s.n == 0;
    return fclose(f) == 0 && written;
}

static struct str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_c(slash ? slash + 1 : path);
    return str_ends(name, STR(".html")) ? str_n(name.p, name.n - 5) : name;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: viewc IN.html OUT.c OUT.h OUT.pot\n");
        return 2;
    }
    AUTO_ARENA a;
    arena_init(&a, 256 << 20);
    struct str src;
    if (file_read(&a, argv[1], 4 << 20, &src) != ST_OK) {
        fprintf(stderr, "viewc: cannot read %s\n", argv[1]);
        return 1;
    }
    struct view_output out;
    view_output_init(&out);
    bool good = viewc_compile(&a, src, argv[1], stem_of(argv[1]), &out);
    fprintf(stderr, STR_FMT, STR_ARG(buf_str(&out.error)));
    if (good && !(save(argv[2], buf_str(&out.c)) && save(argv[3], buf_str(&out.h)) && save(argv[4], buf_str(&out.pot)))) {
        fprintf(stderr, "viewc: cannot write the outputs of %s\n", argv[1]);
        good = false;
    }
    for (int i = 2; !good && i < 5; i++)
        unlink(argv[i]);
    view_output_release(&out);
    return good ? 0 : 1;
}
#endif
