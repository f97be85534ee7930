/* Any bytes as the JSON of a need: refused with problems, or a need that answers about every site without trouble. */
#include "fuzz/test_fuzz.h"

#include "match/need_read.h"
#include "match/scan.h"
#include "match/supply_read.h"

static struct arena lasting;
static struct vocab vocab;
static struct supply supply;

static const char site[] =
    "{\"org\":{\"name\":\"가\"},\"site\":{\"ref\":\"S-1\",\"name\":\"나\",\"lat\":36.3,\"lon\":127.4},"
    "\"capabilities\":[{\"ref\":\"C-1\",\"process\":\"FORMING.FORGING\"},"
    "{\"ref\":\"C-2\",\"process\":\"HEAT\",\"lead_days\":5}]}";

static void ignore(void *arg, size_t line, const struct problem *p)
{
    (void)arg;
    FUZZ_HOLDS(line > 0 && problem_word(p->code));
}

static void load_once(void)
{
    static const struct line_report report = {ignore, NULL};
    struct str why;
    size_t bad_lines;
    if (vocab.processes.n)
        return;
    arena_init(&lasting, 256U << 20);
    FUZZ_HOLDS(vocab_load(&lasting, embedded_vocab, &vocab, &why) == ST_OK);
    supply_read_lines(&lasting, &vocab, str_c(site), &report, &supply, &bad_lines);
    FUZZ_HOLDS(bad_lines == 0 && supply.n == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    load_once();
    AUTO_ARENA a;
    arena_init(&a, 256U << 20);
    struct need need;
    struct problem_list problems = {.arena = &a};
    if (n > 65536)
        return 0;
    if (need_read_text(&a, &vocab, str_n((const char *)data, n), &need, &problems) != ST_OK) {
        FUZZ_HOLDS(problems.n > 0);
        return 0;
    }
    struct match_answer answer;
    match_scan(&a, &vocab, &need, &supply, (struct day){20000}, 10, &answer);
    return 0;
}
