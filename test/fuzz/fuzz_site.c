/* Any bytes as the JSON of a site: refused with problems, or written and read back as the same site. */
#include "fuzz/test_fuzz.h"

#include "match/supply_read.h"
#include "match/supply_write.h"

static struct arena lasting;
static struct vocab vocab;

static void load_once(void)
{
    struct str why;
    if (vocab.processes.n)
        return;
    arena_init(&lasting, 256U << 20);
    FUZZ_HOLDS(vocab_load(&lasting, embedded_vocab, &vocab, &why) == ST_OK);
}

static bool read(struct arena *a, struct str text, struct site *out)
{
    struct json value;
    struct json_error error;
    struct problem_list problems = {.arena = a};
    if (json_parse(a, text, &value, &error) != ST_OK)
        return false;
    enum status st = supply_read_site(a, &vocab, &value, out, &problems);
    FUZZ_HOLDS((st == ST_OK) == (problems.n == 0));
    return st == ST_OK;
}

static void write(struct arena *a, const struct site *site, struct buf *out)
{
    struct json_out j;
    buf_init(out, 16U << 20);
    jout_init(&j, out);
    supply_write_site(a, &vocab, &j, site);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    load_once();
    AUTO_ARENA a;
    arena_init(&a, 256U << 20);
    struct site site, again;
    if (n > 65536 || !read(&a, str_n((const char *)data, n), &site))
        return 0;
    AUTO_BUF first;
    AUTO_BUF second;
    write(&a, &site, &first);
    FUZZ_HOLDS(read(&a, buf_str(&first), &again));
    write(&a, &again, &second);
    FUZZ_HOLDS(str_eq(buf_str(&first), buf_str(&second)));
    return 0;
}
