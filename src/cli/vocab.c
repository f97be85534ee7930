/* ppuri vocab: finds, lists and shows the words of the vocabulary. */
#include "cli/store.h"

#include "feature/vocabulary/vocabulary.h"

#include <stdio.h>

const struct cli_option vocab_options[] = {
    STORE_OPTION,
    {"--list", "LIST", "only processes, materials, certificates, industries or regions"},
    {"--limit", "N", "find at most N (default 10)"},
    {"--json", NULL, "print JSON"},
    {"--lang", "ko|en", "language of texts (default: from the locale)"},
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
    if (!read_list(cli, cli_value(cli, "--list"), &q.list) || !cli_int(cli, "--limit", 1, SUGGEST_LIMIT_MAX, 10, &limit))
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
    static const char *const ko[ENTRY_RELATIONS] = {"함께 할 수 있음", "이곳도 할 수 있음", "할 수 있는지 물어볼 것",
                                                    "이곳이 할 수 있는지 물어볼 것", "같은 재질", "비슷한 재질",
                                                    "쓸 수 있는지 물어볼 것", "포함하는 인증", "이것을 포함하는 인증"};
    static const char *const en[ENTRY_RELATIONS] = {"covers", "is covered by", "may cover, ask", "may be covered by, ask",
                                                    "same as", "near", "ask whether it will do", "implies",
                                                    "is implied by"};
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

int vocab_command(struct cli *cli)
{
    static const struct {
        const char *name;
        int (*run)(struct cli *cli, const struct vocab *v);
    } actions[] = {{"find", find}, {"list", list}, {"show", show}};
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(cli->arguments[0], actions[i].name) == 0)
            return actions[i].run(cli, cli_vocab(cli));
    return cli_usage(cli, "vocab what? find, list or show");
}
