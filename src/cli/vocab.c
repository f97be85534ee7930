/* ppuri vocab: finds, lists and shows the words of the vocabulary, and keeps the council's own entries. */
#include "cli/store.h"

#include "feature/vocabulary/overlay_store.h"
#include "feature/vocabulary/vocabulary.h"

#include <stdio.h>

const struct cli_option vocab_options[] = {
    STORE_OPTION,
    {"--list", "LIST", "only processes, materials, certificates, industries or regions"},
    {"--limit", "N", "find at most N (default 10)"},
    {"--json", NULL, "print JSON"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
    {"--ko", "NAME", "add: the Korean name"},
    {"--en", "NAME", "add: the English name"},
    {"--parent", "CODE", "add: the entry above (default: the code up to its last dot)"},
    {"--synonyms", "A|B", "add: other names"},
    {"--kind", "KIND", "add: system, process, product or security, of a certificate"},
    {"--implies", "A|B", "add: certificates that this one implies"},
    {"--density", "KG_M3", "add: of a material"},
    {"--lat", "DEGREES", "add: of a region"},
    {"--lon", "DEGREES", "add: of a region"},
    {NULL, NULL, NULL},
};

enum { ANSWER_MAX_BYTES = 64 << 20 };

static bool read_list(struct cli *cli, const char *name, enum vocab_list *list)
{
    *list = VOCAB_LISTS;
    if (!name || vocab_list_of(str_c(name), list))
        return true;
    cli_usage(cli, "the lists are processes, materials, certificates, industries and regions");
    return false;
}

static void print_line(const struct vocab *v, enum vocab_list list, uint32_t node, const char *indent)
{
    const struct tree_node *n = &vocab_tree(v, list)->v[node];
    printf("%s" STR_FMT "  " STR_FMT " / " STR_FMT "\n", indent, STR_ARG(n->code), STR_ARG(n->ko), STR_ARG(n->en));
}

static void print_hits(struct cli *cli, const struct vocab *v, const struct suggest_hits *hits)
{
    for (size_t i = 0; i < hits->n; i++) {
        const struct suggest_hit *h = &hits->v[i];
        struct str path = entry_path(&cli->arena, vocab_tree(v, h->list), h->node, cli_korean(cli));
        print_line(v, h->list, h->node, "");
        printf("    %s: " STR_FMT " (" STR_FMT ")\n", vocab_list_name(h->list), STR_ARG(path), STR_ARG(h->word));
    }
}

static int print_found(struct cli *cli, const struct vocab *v, const struct words *words,
                       const struct suggest_question *q)
{
    struct suggest_hits hits, near;
    suggest_find(&words->suggest, &cli->arena, q, &hits);
    print_hits(cli, v, &hits);
    if (hits.n)
        return EXIT_DONE;
    suggest_near(&words->suggest, &cli->arena, q, &near);
    fprintf(stderr, "ppuri: no word is like " STR_FMT "%s\n", STR_ARG(q->text), near.n ? "; nearly:" : "");
    fflush(stderr);
    print_hits(cli, v, &near);
    return EXIT_REFUSED;
}

static int find(struct cli *cli, const struct vocab *v)
{
    int64_t limit;
    struct suggest_question q = {.text = str_trim(str_c(cli->arguments[1]))};
    if (!read_list(cli, cli_value(cli, "--list"), &q.list) ||
        !cli_int(cli, "--limit", 1, SUGGEST_LIMIT_MAX, 10, &limit))
        return EXIT_USAGE;
    if (!utf8_valid(q.text))
        return cli_refuse("vocab find", "the word is not UTF-8");
    q.limit = (size_t)limit;
    struct words *words = ARENA_NEW(&cli->arena, struct words);
    words_build(&cli->arena, v, words);
    if (!cli_flag(cli, "--json"))
        return print_found(cli, v, words, &q);
    AUTO_BUF out;
    buf_init(&out, ANSWER_MAX_BYTES);
    struct json_out j;
    jout_init(&j, &out);
    size_t n = vocabulary_find_json(&cli->arena, &j, v, words, &q);
    printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
    return n ? EXIT_DONE : EXIT_REFUSED;
}

static int list(struct cli *cli, const struct vocab *v)
{
    enum vocab_list which;
    if (!read_list(cli, cli->arguments[1], &which))
        return EXIT_USAGE;
    if (cli_flag(cli, "--json")) {
        AUTO_BUF out;
        buf_init(&out, ANSWER_MAX_BYTES);
        struct json_out j;
        jout_init(&j, &out);
        vocabulary_list_json(&j, v, which);
        printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
        return EXIT_DONE;
    }
    const struct tree *tree = vocab_tree(v, which);
    for (uint32_t i = 0; i < tree->n; i++) {
        char indent[32];
        snprintf(indent, sizeof indent, "%*s", 2 * (int)(tree->v[i].level - 1), "");
        print_line(v, which, i, indent);
    }
    return EXIT_DONE;
}

static const char *relation_text(enum entry_relation relation, bool korean)
{
    static const char *const ko[ENTRY_RELATIONS] = {
        "함께 할 수 있음",     "이곳도 할 수 있음", "할 수 있는지 물어볼 것", "이곳이 할 수 있는지 물어볼 것",
        "같은 재질",           "비슷한 재질",       "쓸 수 있는지 물어볼 것", "포함하는 인증",
        "이것을 포함하는 인증"};
    static const char *const en[ENTRY_RELATIONS] = {
        "covers", "is covered by",          "may cover, ask", "may be covered by, ask", "same as",
        "near",   "ask whether it will do", "implies",        "is implied by"};
    return korean ? ko[relation] : en[relation];
}

static void print_entry(struct cli *cli, const struct vocab *v, enum vocab_list which, uint32_t node)
{
    bool korean = cli_korean(cli);
    const struct tree *tree = vocab_tree(v, which);
    const struct tree_node *n = &tree->v[node];
    struct entry_links links;
    struct str path = entry_path(&cli->arena, tree, node, korean);
    print_line(v, which, node, "");
    printf("%s: " STR_FMT "\n", vocab_list_name(which), STR_ARG(path));
    for (size_t i = 0; i < n->synonyms.n; i++)
        printf("%s" STR_FMT, i ? ", " : "= ", STR_ARG(n->synonyms.v[i]));
    printf(n->synonyms.n ? "\n" : "");
    entry_links(&cli->arena, v, which, node, &links);
    for (size_t i = 0; i < links.n; i++) {
        const struct entry_link *l = &links.v[i];
        struct str name = tree_name(tree, l->other, korean);
        printf("%s: " STR_FMT " " STR_FMT, relation_text(l->relation, korean), STR_ARG(tree->v[l->other].code),
               STR_ARG(name));
        if (l->source.n)
            printf(" (" STR_FMT ")", STR_ARG(l->source));
        putchar('\n');
    }
}

static int show(struct cli *cli, const struct vocab *v)
{
    enum vocab_list which;
    uint32_t node;
    struct str code = str_trim(str_c(cli->arguments[1]));
    if (!vocab_find_anywhere(v, code, &which, &node)) {
        fprintf(stderr, "ppuri: there is no code " STR_FMT "\n", STR_ARG(code));
        find(cli, v);
        return EXIT_REFUSED;
    }
    if (!cli_flag(cli, "--json")) {
        print_entry(cli, v, which, node);
        return EXIT_DONE;
    }
    AUTO_BUF out;
    buf_init(&out, ANSWER_MAX_BYTES);
    struct json_out j;
    jout_init(&j, &out);
    vocabulary_entry_json(&cli->arena, &j, v, which, node);
    printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
    return EXIT_DONE;
}

static struct str text_option(const struct cli *cli, const char *name)
{
    return str_trim(str_c(cli_value(cli, name)));
}

static bool number_option(struct cli *cli, const char *name, bool *has, double *out)
{
    struct str text = text_option(cli, name);
    *has = text.n != 0;
    if (!text.n || str_to_real(text, out))
        return true;
    cli_usage(cli, arena_printf(&cli->arena, "%s needs a number", name).p);
    return false;
}

/* What stands before the last dot of a new code is its parent. */
static struct str default_parent(const struct vocab *v, const struct vocab_entry *e)
{
    uint32_t node;
    size_t n = e->code.n;
    while (n && e->code.p[n - 1] != '.')
        n--;
    return n && !tree_find(vocab_tree(v, e->list), e->code, &node) ? str_n(e->code.p, n - 1) : STR("");
}

static bool read_entry(struct cli *cli, const struct vocab *v, struct vocab_entry *e)
{
    bool has_lat, has_lon;
    e->ko = text_option(cli, "--ko");
    e->en = text_option(cli, "--en");
    e->synonyms = text_option(cli, "--synonyms");
    e->kind = text_option(cli, "--kind");
    e->implies = text_option(cli, "--implies");
    e->parent = cli_flag(cli, "--parent") ? text_option(cli, "--parent") : default_parent(v, e);
    if (!number_option(cli, "--density", &e->density_kg_m3.has, &e->density_kg_m3.v) ||
        !number_option(cli, "--lat", &has_lat, &e->at.lat) || !number_option(cli, "--lon", &has_lon, &e->at.lon))
        return false;
    e->has_point = has_lat && has_lon;
    return true;
}

static int edit(struct cli *cli, struct db *db, bool add)
{
    struct overlay_write w = {.entry = {.code = str_trim(str_c(cli->arguments[2]))}, .actor = STR("cli")};
    const char *why = NULL;
    if (!read_list(cli, cli->arguments[1], &w.entry.list) ||
        (add && !read_entry(cli, cli_store_vocab(cli, db), &w.entry)))
        return EXIT_USAGE;
    enum status st = add ? overlay_put(db, &w, &why) : overlay_end(db, &w, &why);
    if (st != ST_OK)
        return cli_refuse(arena_c(&cli->arena, w.entry.code), why ? why : status_title_en(st));
    printf(add ? "the entry is stored\n" : "the entry has ended\n");
    return EXIT_DONE;
}

static int edit_store(struct cli *cli, bool add)
{
    struct store *store;
    if (cli->n_arguments != 3)
        return cli_usage(cli, "add and end need a list and a code");
    if (!cli_open_store(cli, false, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    int code = edit(cli, db, add);
    db_release(db);
    store_close(store);
    return code;
}

typedef int reader(struct cli *cli, const struct vocab *v);

/* Without a store the program's own lists are read. */
static int read_with(struct cli *cli, reader *read)
{
    struct store *store;
    const struct settings *s = cli_settings(cli);
    if (!s)
        return EXIT_REFUSED;
    if (cli->n_arguments != 2)
        return cli_usage(cli, "too many arguments");
    if (!cli_flag(cli, "--db") && !cli_store_is_there(cli, s))
        return read(cli, cli_vocab(cli));
    if (!cli_open_store_to_read(cli, &store))
        return EXIT_REFUSED;
    struct db *db = db_acquire(store, &cli->arena);
    int code = read(cli, cli_store_vocab(cli, db));
    db_release(db);
    store_close(store);
    return code;
}

int vocab_command(struct cli *cli)
{
    static const struct {
        const char *name;
        reader *run;
    } readers[] = {{"find", find}, {"list", list}, {"show", show}};
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (strcmp(cli->arguments[0], readers[i].name) == 0)
            return read_with(cli, readers[i].run);
    bool add = strcmp(cli->arguments[0], "add") == 0;
    if (add || strcmp(cli->arguments[0], "end") == 0)
        return edit_store(cli, add);
    return cli_usage(cli, "vocab what? find, list, show, add or end");
}
