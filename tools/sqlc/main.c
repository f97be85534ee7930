/*
 * sqlc OUT.c OUT.h OUT.d FOLDER IN.sql: checks the queries of IN.sql against the migrations in FOLDER and writes typed
 * C functions. Writes nothing on an error. Deterministic: the output depends on the two inputs only.
 */
#include "sqlc.h"

#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SOURCE_MAX_BYTES = 1 << 20, OUT_MAX_BYTES = 16 << 20 };

struct source source;

_Noreturn void fail(int line, const struct block *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fprintf(stderr, "%s:%d: error: ", source.path, line);
    if (b)
        fprintf(stderr, STR_FMT ": ", STR_ARG(b->name));
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void write_file(const char *path, const struct buf *b)
{
    FILE *f = fopen(path, "wb");
    if (!f || b->overflow || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0) {
        fprintf(stderr, "sqlc: cannot write %s\n", path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: sqlc OUT.c OUT.h OUT.d FOLDER IN.sql\n");
        return 2;
    }
    AUTO_ARENA a;
    arena_init(&a, (size_t)1 << 30);
    AUTO_BUF c, h, d;
    buf_init(&c, OUT_MAX_BYTES);
    buf_init(&h, OUT_MAX_BYTES);
    buf_init(&d, OUT_MAX_BYTES);
    source = (struct source){.a = &a, .path = argv[5]};
    struct str text;
    if (file_read(&a, argv[5], SOURCE_MAX_BYTES, &text) != ST_OK)
        fail(1, NULL, "cannot be read");
    buf_printf(&d, "%s %s: %s", argv[1], argv[2], argv[5]);
    sqlite3 *schema = open_schema(argv[4], &d);
    buf_add_byte(&d, '\n');
    parse_source(text);
    check_blocks(schema);
    sqlite3_close(schema);
    emit_header(&h);
    const char *slash = strrchr(argv[2], '/');
    emit_source(&c, slash ? slash + 1 : argv[2]);
    write_file(argv[2], &h);
    write_file(argv[1], &c);
    write_file(argv[3], &d);
    return 0;
}
