/* Invented firms as lines of the import file, on standard output: bench_sites FIRMS. */
#include <stdio.h>
#include <stdlib.h>

#include "match/supply_write.h"
#include "test/bench/firms.h"

enum { SEED = 1, LINE_MAX_BYTES = 1 << 22 };

struct lines {
    const struct vocab *vocab;
};

static enum status print_site(void *arg, struct site *site)
{
    const struct lines *l = arg;
    AUTO_ARENA a;
    AUTO_BUF b;
    struct json_out j;
    arena_init(&a, SIZE_MAX / 2);
    buf_init(&b, LINE_MAX_BYTES);
    jout_init(&j, &b);
    supply_write_site(&a, l->vocab, &j, site);
    buf_add_byte(&b, '\n');
    return fwrite(b.p, 1, b.n, stdout) == b.n ? ST_OK : ST_IO;
}

int main(int argc, char **argv)
{
    AUTO_ARENA a;
    struct vocab v;
    struct str why = STR("not written");
    arena_init(&a, SIZE_MAX / 2);
    struct firms_plan plan = {argc > 1 ? strtoull(argv[1], NULL, 10) : 2000, SEED};
    struct lines l = {&v};
    struct firms_use use = {print_site, &l, false};
    if (vocab_load(&a, embedded_vocab, &v, &why) != ST_OK || firms_draw_each(&a, &v, &plan, &use, &why) != ST_OK) {
        fprintf(stderr, "bench_sites: " STR_FMT "\n", STR_ARG(why));
        return 1;
    }
    return fflush(stdout) ? 1 : 0;
}
