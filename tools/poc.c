/*
 * The translations. `poc OUT.c SYMBOL IN.po` turns one .po file into a table (i18n/i18n.h). `poc --check IN.po
 * SOURCE...` compares it with the texts in use: SOURCE is a list that viewc wrote (.pot) or a C file with T("...").
 * Reports every missing, fuzzy, doubled, unused or ill-formed translation as file:line and ends with 1. Deterministic.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "i18n/pattern.h"

struct entry {
    struct str id;
    struct str text;
    const char *file;
    size_t line;
    bool fuzzy;
    bool used;
};

struct entries {
    struct entry *v;
    size_t n;
    size_t cap;
};

struct poc {
    struct arena arena;
    struct map ids;
    struct entries list;
    int errors;
};

static void complain(struct poc *p, const struct entry *at, const char *what, struct str detail)
{
    fprintf(stderr, "%s:%zu: error: %s: \"" STR_FMT "\"\n", at->file, at->line, what, STR_ARG(detail));
    p->errors++;
}

/* Appends the text of one line's "..." to `text`, with \n, \" and \\ resolved. */
static bool read_quoted(struct poc *p, struct str line, struct str *text)
{
    ptrdiff_t open = str_find_byte(line, '"');
    if (open < 0 || line.p[line.n - 1] != '"' || line.n < (size_t)open + 2)
        return false;
    char *out = arena_alloc(&p->arena, text->n + line.n);
    size_t n = text->n;
    if (n)
        memcpy(out, text->p, n);
    for (size_t i = (size_t)open + 1; i + 1 < line.n; i++) {
        bool escaped = line.p[i] == '\\' && i + 2 < line.n;
        i += escaped;
        out[n++] = escaped && line.p[i] == 'n' ? '\n' : line.p[i];
    }
    *text = str_n(out, n);
    return true;
}

static void add_entry(struct poc *p, struct entry e)
{
    if (!e.id.n)
        return;
    if (!map_add(&p->ids, e.id, (int64_t)p->list.n)) {
        complain(p, &e, "this text stands here twice", e.id);
        return;
    }
    VEC_PUSH(&p->arena, &p->list, e);
}

static struct str load(struct poc *p, const char *path)
{
    struct str text;
    if (file_read(&p->arena, path, 16 << 20, &text) != ST_OK) {
        fprintf(stderr, "poc: cannot read %s\n", path);
        exit(1);
    }
    return text;
}

static void read_po(struct poc *p, const char *path)
{
    struct str rest = load(p, path);
    struct str line;
    struct entry e = {.file = path};
    struct str *into = NULL;
    bool fuzzy = false;
    for (size_t n = 1; str_next(&rest, '\n', &line); n++) {
        line = str_trim(line);
        if (str_starts(line, STR("#,")) && str_find(line, STR("fuzzy")) >= 0)
            fuzzy = true;
        if (!line.n || line.p[0] == '#')
            continue;
        if (str_starts(line, STR("msgid "))) {
            add_entry(p, e);
            e = (struct entry){.file = path, .line = n, .fuzzy = fuzzy};
            fuzzy = false;
            into = &e.id;
        } else if (str_starts(line, STR("msgstr "))) {
            into = &e.text;
        } else if (line.p[0] != '"') {
            into = NULL;
        }
        if (!into || !read_quoted(p, line, into)) {
            e.line = n;
            complain(p, &e, "only msgid, msgstr and comments are read here", line);
        }
    }
    add_entry(p, e);
}

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static void write_literal(FILE *out, struct str s)
{
    putc('"', out);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            fputs("\\n", out);
        else
            fprintf(out, s.p[i] == '"' || s.p[i] == '\\' || s.p[i] == '?' ? "\\%c" : "%c", s.p[i]);
    }
    fprintf(out, "\", %zu", s.n);
}

static void write_slots(FILE *out, const struct entries *list)
{
    size_t size = 2;
    while (size < list->n * 2)
        size *= 2;
    uint16_t *slots = calloc(size, sizeof *slots);
    if (!slots)
        abort();
    for (size_t i = 0; i < list->n; i++) {
        size_t at = (size_t)hash_fnv1a(FNV1A_64_START, list->v[i].id) & (size - 1);
        while (slots[at])
            at = (at + 1) & (size - 1);
        slots[at] = (uint16_t)(i + 1);
    }
    fprintf(out, "static const uint16_t slots[] = {");
    for (size_t i = 0; i < size; i++)
        fprintf(out, i % 24 ? "%u," : "\n%u,", slots[i]);
    fprintf(out, "\n};\n");
    free(slots);
}

static void write_table(const struct entries *list, const char *path, const char *symbol)
{
    FILE *out = fopen(path, "wb");
    if (!out || list->n > 30000) {
        fprintf(stderr, "poc: cannot write %s\n", path);
        exit(1);
    }
    fprintf(out, "#include \"i18n/i18n.h\"\n\nstatic const struct catalogue_row rows[] = {\n");
    for (size_t i = 0; i < list->n; i++) {
        fprintf(out, "{{");
        write_literal(out, list->v[i].id);
        fprintf(out, "}, {");
        write_literal(out, list->v[i].text);
        fprintf(out, "}},\n");
    }
    fprintf(out, "{{0, 0}, {0, 0}}};\n");
    write_slots(out, list);
    fprintf(out, "const struct catalogue %s = {rows, slots, sizeof slots / sizeof *slots};\n", symbol);
    if (fclose(out) != 0)
        exit(1);
}

static int build(struct poc *p, const char *out, const char *symbol, const char *in)
{
    read_po(p, in);
    size_t kept = 0;
    for (size_t i = 0; i < p->list.n; i++)
        if (p->list.v[i].text.n && !p->list.v[i].fuzzy)
            p->list.v[kept++] = p->list.v[i];
    p->list.n = kept;
    if (kept)
        qsort(p->list.v, kept, sizeof *p->list.v, by_id);
    if (!p->errors)
        write_table(&p->list, out, symbol);
    return p->errors != 0;
}

/* Every value of one side must be used by the other, else a figure would be lost or a hole shown. */
static void compare_holes(struct poc *p, const struct entry *e, struct str from, struct str to, const char *what)
{
    struct piece piece;
    while (pattern_next(&from, &piece, NULL))
        if ((piece.kind == PIECE_VALUE || piece.kind == PIECE_PLURAL) && !pattern_uses(to, piece.text))
            complain(p, e, what, piece.text);
}

static void check_entry(struct poc *p, const struct entry *e)
{
    const char *wrong = pattern_error(e->text);
    if (!e->text.n)
        complain(p, e, "not translated", e->id);
    else if (e->fuzzy)
        complain(p, e, "fuzzy", e->id);
    else if (wrong)
        complain(p, e, wrong, e->text);
    if (!e->used)
        complain(p, e, "no source uses this text", e->id);
    if (!e->text.n || wrong)
        return;
    compare_holes(p, e, e->id, e->text, "the translation leaves out a value");
    compare_holes(p, e, e->text, e->id, "the translation has a value that the text has not");
}

static void use_text(struct poc *p, struct str id, const char *file, size_t line, bool required)
{
    int64_t at;
    struct entry e = {.id = id, .file = file, .line = line};
    if (map_get(&p->ids, id, &at))
        p->list.v[at].used = true;
    else if (required)
        complain(p, &e, "no translation of this text", id);
}

static void use_pot(struct poc *p, const char *path, bool required)
{
    struct poc other = {0};
    arena_init(&other.arena, 64 << 20);
    map_init(&other.ids, &other.arena);
    read_po(&other, path);
    for (size_t i = 0; i < other.list.n; i++)
        use_text(p, arena_str(&p->arena, other.list.v[i].id), path, other.list.v[i].line, required);
    p->errors += other.errors;
    arena_release(&other.arena);
}

static void use_source(struct poc *p, const char *path, bool required)
{
    struct str rest = load(p, path);
    struct str line;
    for (size_t n = 1; str_next(&rest, '\n', &line); n++) {
        for (size_t i = 0; i + 3 < line.n; i++) {
            char before = i ? line.p[i - 1] : ' ';
            bool word =
                before == '_' || (before >= '0' && before <= '9') || ((before | 0x20) >= 'a' && (before | 0x20) <= 'z');
            struct str from = str_drop(line, i);
            ptrdiff_t end = str_find_byte(str_drop(from, 3), '"');
            if (!word && str_starts(from, STR("T(\"")) && end > 0)
                use_text(p, str_n(from.p + 3, (size_t)end), path, n, required);
        }
    }
}

static int check(struct poc *p, const char *po, char **sources, int n)
{
    bool required = !str_ends(str_c(po), STR("ko.po")); /* Korean is the language of the sources */
    read_po(p, po);
    for (int i = 0; i < n; i++) {
        if (str_ends(str_c(sources[i]), STR(".pot")))
            use_pot(p, sources[i], required);
        else
            use_source(p, sources[i], required);
    }
    for (size_t i = 0; i < p->list.n; i++)
        check_entry(p, &p->list.v[i]);
    if (!p->errors)
        printf("%s: %zu texts, complete\n", po, p->list.n);
    return p->errors != 0;
}

int main(int argc, char **argv)
{
    struct poc p = {0};
    arena_init(&p.arena, 256 << 20);
    map_init(&p.ids, &p.arena);
    int result = 2;
    if (argc >= 3 && strcmp(argv[1], "--check") == 0)
        result = check(&p, argv[2], argv + 3, argc - 3);
    else if (argc == 4)
        result = build(&p, argv[1], argv[2], argv[3]);
    else
        fprintf(stderr, "usage: poc OUT.c SYMBOL IN.po | poc --check IN.po SOURCE...\n");
    arena_release(&p.arena);
    return result;
}
