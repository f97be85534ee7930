/*
 * viewc IN.html OUT.c OUT.h OUT.pot: compiles views to C. Deterministic; on an error it says where, deletes the outputs
 * and ends with 1. Must not run at the program's run time.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "viewc.h"

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
    if (good &&
        !(save(argv[2], buf_str(&out.c)) && save(argv[3], buf_str(&out.h)) && save(argv[4], buf_str(&out.pot)))) {
        fprintf(stderr, "viewc: cannot write the outputs of %s\n", argv[1]);
        good = false;
    }
    for (int i = 2; !good && i < 5; i++)
        unlink(argv[i]);
    view_output_release(&out);
    return good ? 0 : 1;
}
