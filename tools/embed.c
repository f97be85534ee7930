/*
 * Turns files into one C source: embed OUT.c SYMBOL FILE... defines `const struct embedded SYMBOL[]` (base/embedded.h), ended by a
 * row of NULLs, in the order of the command line, each named by the last part of its path. Deterministic.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s: %s\n", what, name);
    exit(1);
}

static long emit_bytes(FILE *out, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        die("cannot open", path);
    long n = 0;
    for (int c; (c = getc(in)) != EOF; n++)
        fprintf(out, n % 24 ? "%d," : "\n%d,", c);
    if (ferror(in))
        die("cannot read", path);
    fclose(in);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        die("usage", "embed OUT.c SYMBOL FILE...");
    FILE *out = fopen(argv[1], "wb");
    if (!out)
        die("cannot write", argv[1]);
    long *sizes = calloc((size_t)argc, sizeof *sizes);
    fprintf(out, "#include \"base/embedded.h\"\n");
    for (int i = 3; i < argc; i++) {
        fprintf(out, "static const unsigned char file_%d[] = {", i);
        sizes[i] = emit_bytes(out, argv[i]);
        fprintf(out, "0};\n");
    }
    fprintf(out, "const struct embedded %s[] = {\n", argv[2]);
    for (int i = 3; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        fprintf(out, "{\"%s\", file_%d, %ld},\n", slash ? slash + 1 : argv[i], i, sizes[i]);
    }
    fprintf(out, "{0, 0, 0}};\n");
    free(sizes);
    if (fclose(out))
        die("cannot write", argv[1]);
    return 0;
}
