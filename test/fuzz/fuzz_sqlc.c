/*
 * Any bytes as a .sql file into the SQL compiler: accepted, or refused with a line. In place of the program's end at
 * the first error stands a jump back here.
 */
#include "fuzz/test_fuzz.h"

#include "../../tools/sqlc/sqlc.h"

#include <setjmp.h>
#include <stdarg.h>

/* The jump leaves what the program's end would have given back. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

struct source source;
static jmp_buf refused;
static sqlite3 *schema;

_Noreturn void fail(int line, const struct block *b, const char *fmt, ...)
{
    (void)b;
    FUZZ_HOLDS(line > 0);
    va_list args;
    char reason[4096];
    va_start(args, fmt);
    FUZZ_HOLDS(vsnprintf(reason, sizeof reason, fmt, args) > 0);
    va_end(args);
    longjmp(refused, 1);
}

static void open_once(void)
{
    static struct arena lasting;
    if (schema)
        return;
    arena_init(&lasting, 64U << 20);
    AUTO_BUF depfile;
    buf_init(&depfile, 1U << 20);
    source = (struct source){.a = &lasting, .path = "migrations"};
    FUZZ_HOLDS(setjmp(refused) == 0);
    schema = open_schema("migrations", &depfile);
}

static void compile(struct str text)
{
    AUTO_BUF header;
    AUTO_BUF code;
    buf_init(&header, 16U << 20);
    buf_init(&code, 16U << 20);
    if (setjmp(refused) == 0) {
        parse_source(text);
        check_blocks(schema);
        emit_header(&header);
        emit_source(&code, "fuzz_sql.h");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    open_once();
    AUTO_ARENA a;
    arena_init(&a, 256U << 20);
    source = (struct source){.a = &a, .path = "fuzz.sql"};
    if (n <= 16384)
        compile(str_n((const char *)data, n));
    for (sqlite3_stmt *s; (s = sqlite3_next_stmt(schema, NULL));)
        sqlite3_finalize(s);
    return 0;
}
