/* Any bytes as a CSV of sites: what the reader accepts is written as flat CSV and read back as the same sites. */
#include "fuzz/test_fuzz.h"

#include "base/encoding.h"
#include "feature/directory/flat_csv.h"
#include "feature/need/need_csv.h"

static struct arena lasting;
static struct vocab vocab;
static struct infer infer;

static void ignore(void *arg, size_t line, const struct problem *p)
{
    (void)arg;
    FUZZ_HOLDS(line > 0 && problem_word(p->code));
}

static const struct line_report report = {ignore, NULL};
static const struct import_options options = {.vocab = &vocab, .infer = &infer, .report = &report};

static void load_once(void)
{
    struct str why;
    if (vocab.processes.n)
        return;
    arena_init(&lasting, 256U << 20);
    FUZZ_HOLDS(vocab_load(&lasting, embedded_vocab, &vocab, &why) == ST_OK);
    FUZZ_HOLDS(infer_load(&lasting, &vocab, embedded_vocab, &infer, &why) == ST_OK);
}

static bool read(struct arena *a, const struct csv_table *table, struct supply *out)
{
    struct str source;
    struct format_run run = {.arena = a, .options = &options};
    *out = (struct supply){NULL, 0, 0};
    supply_reader_init(&run.reader, a, &vocab, &report, out);
    return table->n && format_read(&run, table, &source);
}

static void write(struct arena *a, const struct supply *sites, struct buf *out)
{
    flat_put_header(&site_columns, false, out);
    for (size_t i = 0; i < sites->n; i++)
        flat_site_write(a, &vocab, sites->v[i], out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    load_once();
    AUTO_ARENA a;
    arena_init(&a, 512U << 20);
    struct str text;
    struct csv_table table;
    struct supply sites, again;
    struct need_csv needs;
    size_t bad_line;
    if (n > 65536 || encoding_to_utf8(&a, str_n((const char *)data, n), &text) != ST_OK ||
        csv_read_separated(&a, text, csv_separator(text), &table, &bad_line) != ST_OK || !table.n)
        return 0;
    need_csv_read(&a, &table, &needs);
    if (!read(&a, &table, &sites))
        return 0;
    supply_fill_refs(&a, &sites);
    AUTO_BUF first;
    AUTO_BUF second;
    buf_init(&first, 64U << 20);
    buf_init(&second, 64U << 20);
    write(&a, &sites, &first);
    FUZZ_HOLDS(csv_read(&a, buf_str(&first), &table, &bad_line) == ST_OK && read(&a, &table, &again));
    write(&a, &again, &second);
    FUZZ_HOLDS(str_eq(buf_str(&first), buf_str(&second)));
    return 0;
}
