/*
 * Turns files into one C source (base/embedded.h), in the order of the command line, each named by the last part of its
 * path. embed OUT.c SYMBOL FILE...           `const struct embedded SYMBOL[]` embed --assets OUT.c SYMBOL FILE...
 * `const struct asset SYMBOL[]`: with a path that names the content, and compressed Both end with a row of NULLs.
 * Deterministic: the same bytes in give the same bytes out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <brotli/encode.h>
#include <stdint.h>
#include <zlib.h>

struct bytes {
    unsigned char *p;
    size_t n;
};

struct file_type {
    const char *ending;
    const char *type;
    int compress;
};

static const struct file_type types[] = {
    {".css", "text/css; charset=utf-8", 1},
    {".js", "text/javascript; charset=utf-8", 1},
    {".mjs", "text/javascript; charset=utf-8", 1},
    {".svg", "image/svg+xml", 1},
    {".json", "application/json", 1},
    {".webmanifest", "application/manifest+json", 1},
    {".woff2", "font/woff2", 0},
    {".png", "image/png", 0},
    {".ico", "image/vnd.microsoft.icon", 1},
    {".txt", "text/plain; charset=utf-8", 1},
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s: %s\n", what, name);
    exit(1);
}

static void *need(void *p)
{
    if (!p)
        die("out of memory", "");
    return p;
}

static struct bytes read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        die("cannot open", path);
    struct bytes b = {need(malloc(1 << 16)), 0};
    size_t cap = 1 << 16;
    for (size_t got; (got = fread(b.p + b.n, 1, cap - b.n, in)) > 0;) {
        b.n += got;
        if (b.n == cap)
            b.p = need(realloc(b.p, cap *= 2));
    }
    if (ferror(in))
        die("cannot read", path);
    fclose(in);
    return b;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void emit_bytes(FILE *out, const char *kind, int i, struct bytes b)
{
    fprintf(out, "static const unsigned char %s_%d[] = {", kind, i);
    for (size_t k = 0; k < b.n; k++)
        fprintf(out, k % 24 ? "%d," : "\n%d,", b.p[k]);
    fprintf(out, "0};\n");
}

/* Empty when it would not save a tenth. */
static struct bytes kept(struct bytes packed, struct bytes plain)
{
    if (packed.n >= plain.n - plain.n / 10)
        packed.n = 0;
    return packed;
}

static struct bytes pack_gzip(struct bytes plain)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        die("zlib", "deflateInit2");
    gz_header header = {.os = 255}; /* no time, no system: deterministic */
    deflateSetHeader(&z, &header);
    struct bytes packed = {need(malloc(deflateBound(&z, plain.n) + 64)), 0};
    z.next_in = plain.p;
    z.avail_in = (uInt)plain.n;
    z.next_out = packed.p;
    z.avail_out = (uInt)(deflateBound(&z, plain.n) + 64);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        die("zlib", "deflate");
    packed.n = z.total_out;
    deflateEnd(&z);
    return kept(packed, plain);
}

static struct bytes pack_brotli(struct bytes plain)
{
    size_t n = BrotliEncoderMaxCompressedSize(plain.n) + 64;
    struct bytes packed = {need(malloc(n)), n};
    if (!BrotliEncoderCompress(11, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, plain.n, plain.p, &packed.n, packed.p))
        die("brotli", "compress");
    return kept(packed, plain);
}

static const struct file_type *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].ending) == 0)
            return &types[i];
    die("unknown type", name);
    return NULL;
}

/* FNV-1a, 64 bits, as in base/hash.h. */
static uint64_t content_hash(struct bytes b)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < b.n; i++)
        h = (h ^ b.p[i]) * UINT64_C(1099511628211);
    return h;
}

static void emit_part(FILE *out, const char *kind, int i, const char *name, struct bytes b)
{
    if (b.n)
        fprintf(out, " {\"%s\", %s_%d, %zu}%s", name, kind, i, b.n, strcmp(kind, "br") ? "," : "},\n");
    else
        fprintf(out, " {0, 0, 0}%s", strcmp(kind, "br") ? "," : "},\n");
}

static void emit_assets(FILE *out, const char *symbol, char **files, int n)
{
    struct bytes *all = need(calloc((size_t)n + 1, 3 * sizeof *all));
    for (int i = 0; i < n; i++) {
        struct bytes *b = all + 3 * i;
        b[0] = read_file(files[i]);
        emit_bytes(out, "plain", i, b[0]);
        if (type_of(base_name(files[i]))->compress) {
            b[1] = pack_gzip(b[0]);
            b[2] = pack_brotli(b[0]);
            emit_bytes(out, "gzip", i, b[1]);
            emit_bytes(out, "br", i, b[2]);
        }
    }
    fprintf(out, "const struct asset %s[] = {\n", symbol);
    for (int i = 0; i < n; i++) {
        const char *name = base_name(files[i]);
        const char *dot = strrchr(name, '.');
        fprintf(out, "{\"%s\", \"/assets/%.*s.%016llx%s\", \"%s\",\n", name, (int)(dot - name), name,
                (unsigned long long)content_hash(all[3 * i]), dot, type_of(name)->type);
        emit_part(out, "plain", i, name, all[3 * i]);
        emit_part(out, "gzip", i, name, all[3 * i + 1]);
        emit_part(out, "br", i, name, all[3 * i + 2]);
    }
    fprintf(out, "{0, 0, 0, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}}};\n");
    for (int i = 0; i < 3 * n; i++)
        free(all[i].p);
    free(all);
}

static void emit_files(FILE *out, const char *symbol, char **files, int n)
{
    size_t *sizes = need(calloc((size_t)n + 1, sizeof *sizes));
    for (int i = 0; i < n; i++) {
        struct bytes b = read_file(files[i]);
        emit_bytes(out, "file", i, b);
        sizes[i] = b.n;
        free(b.p);
    }
    fprintf(out, "const struct embedded %s[] = {\n", symbol);
    for (int i = 0; i < n; i++)
        fprintf(out, "{\"%s\", file_%d, %zu},\n", base_name(files[i]), i, sizes[i]);
    fprintf(out, "{0, 0, 0}};\n");
    free(sizes);
}

int main(int argc, char **argv)
{
    int assets = argc > 1 && strcmp(argv[1], "--assets") == 0;
    int first = 1 + assets;
    if (argc < first + 2)
        die("usage", "embed [--assets] OUT.c SYMBOL FILE...");
    FILE *out = fopen(argv[first], "wb");
    if (!out)
        die("cannot write", argv[first]);
    fprintf(out, "#include \"base/embedded.h\"\n");
    if (assets)
        emit_assets(out, argv[first + 1], argv + first + 2, argc - first - 2);
    else
        emit_files(out, argv[first + 1], argv + first + 2, argc - first - 2);
    if (fclose(out))
        die("cannot write", argv[first]);
    return 0;
}
