/* Reads vocab/inference.csv and finds rules in it: a few hundred rows, looked through one by one. */
#include "feature/directory/infer.h"

#include "base/csv.h"

static const char file_name[] = "inference.csv";
static const char *const kind_names[INFER_KINDS] = {
#define K(name, word) word,
    INFER_KIND_TABLE(K)
#undef K
};

static enum status fail(struct arena *a, const struct csv_row *row, const char *what, struct str *why)
{
    *why = arena_printf(a, "%s line %zu: %s: " STR_FMT, file_name, row->line, what, STR_ARG(csv_cell(row, 0)));
    return ST_INVALID;
}

static bool kind_of(struct str name, enum infer_kind *kind)
{
    for (int i = 0; i < INFER_KINDS; i++) {
        if (str_eq(name, str_c(kind_names[i]))) {
            *kind = (enum infer_kind)i;
            return true;
        }
    }
    return false;
}

static enum status read_processes(struct arena *a, const struct vocab *v, struct str codes, struct infer_rule *rule)
{
    struct str code;
    while (codes.n && str_next(&codes, '|', &code)) {
        uint32_t node;
        if (!tree_find(&v->processes, str_trim(code), &node))
            return ST_INVALID;
        if (rule->n == rule->cap)
            rule->process = vec_grown(a, rule->process, rule->n, &rule->cap, sizeof node);
        rule->process[rule->n++] = node;
    }
    return ST_OK;
}

static enum status read_row(struct arena *a, struct infer *in, const struct csv_row *row, struct str *why)
{
    enum infer_kind kind;
    if (!kind_of(csv_cell(row, 1), &kind))
        return fail(a, row, "unknown kind", why);
    struct infer_rule *rule = VEC_ADD(a, &in->rules[kind]);
    rule->word = utf8_fold_tight(a, csv_cell(row, 0));
    if (read_processes(a, in->vocab, csv_cell(row, 2), rule) != ST_OK)
        return fail(a, row, "unknown process", why);
    bool needs_process = kind == INFER_AS || kind == INFER_INDUSTRY || kind == INFER_MADE || !rule->word.n;
    if (needs_process && !rule->n)
        return fail(a, row, "a process is required", why);
    if (kind == INFER_MADE)
        lookup_add(a, &in->processes, csv_cell(row, 0), rule->process[0]);
    return ST_OK;
}

static enum status read_rules(struct arena *a, const struct embedded *file, struct infer *in, struct str *why)
{
    struct csv_table t;
    size_t bad_line = 1;
    if (csv_read(a, str_n((const char *)file->bytes, file->n), &t, &bad_line) != ST_OK || !t.n) {
        *why = arena_printf(a, "%s line %zu: not well-formed CSV", file_name, bad_line);
        return ST_INVALID;
    }
    for (size_t i = 1; i < t.n; i++)
        TRY(read_row(a, in, &t.v[i], why));
    return ST_OK;
}

enum status infer_load(struct arena *a, const struct vocab *v, const struct embedded *files, struct infer *out,
                       struct str *why)
{
    *out = (struct infer){.vocab = v};
    lookup_words(a, &v->processes, &out->processes);
    lookup_build(a, &v->industries, &out->industries);
    while (files->name && strcmp(files->name, file_name) != 0)
        files++;
    if (!files->name) {
        *why = arena_printf(a, "%s is missing", file_name);
        return ST_INVALID;
    }
    TRY(read_rules(a, files, out, why));
    lookup_index(a, &out->processes);
    return ST_OK;
}

bool infer_rule_holds(const struct infer *in, const struct infer_rule *rule, uint32_t process)
{
    bool holds = rule->n == 0 || process == NODE_NONE;
    for (size_t i = 0; i < rule->n && !holds; i++)
        holds = tree_below(&in->vocab->processes, process, rule->process[i]);
    return holds;
}

const struct infer_rule *infer_rule_find(const struct infer *in, enum infer_kind kind, struct str word,
                                         uint32_t process)
{
    const struct infer_rules *rules = &in->rules[kind];
    for (size_t i = 0; i < rules->n; i++)
        if (str_eq(rules->v[i].word, word) && infer_rule_holds(in, &rules->v[i], process))
            return &rules->v[i];
    return NULL;
}
