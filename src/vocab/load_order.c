/* order_rules.csv: which process must not come after which, and which wants another later. */
#include "vocab/load.h"

static const char *const file = "order_rules.csv";

struct condition_word {
    const char *prefix;
    enum order_condition_kind kind;
};

static const struct condition_word condition_words[] = {
    {"material:", ORDER_MATERIAL},         {"hardness>", ORDER_HARDNESS_ABOVE}, {"tolerance<IT", ORDER_TOLERANCE_FINER},
    {"thickness>", ORDER_THICKNESS_ABOVE}, {"layer>", ORDER_LAYER_ABOVE},
};

static bool read_hardness(struct str s, struct order_condition *out)
{
    size_t letters = 0;
    while (letters < s.n && s.p[letters] >= 'A' && s.p[letters] <= 'Z')
        letters++;
    return vocab_hardness_scale(str_n(s.p, letters), &out->scale) && str_to_real(str_drop(s, letters), &out->limit);
}

static bool read_condition(const struct vocab *v, struct str s, struct order_condition *out)
{
    for (size_t i = 0; i < sizeof condition_words / sizeof condition_words[0]; i++) {
        struct str prefix = str_c(condition_words[i].prefix);
        if (!str_starts(s, prefix))
            continue;
        struct str rest = str_drop(s, prefix.n);
        out->kind = condition_words[i].kind;
        if (out->kind == ORDER_MATERIAL)
            return vocab_find(v, &v->materials, rest, &out->material);
        return out->kind == ORDER_HARDNESS_ABOVE ? read_hardness(rest, out) : str_to_real(rest, &out->limit);
    }
    return false;
}

static bool read_conditions(struct loader *l, struct str when, struct order_conditions *out)
{
    struct str part;
    while (when.n && str_next(&when, '&', &part))
        if (!read_condition(l->out, str_trim(part), VEC_ADD(l->arena, out)))
            return false;
    return true;
}

enum status load_order_rules(struct loader *l)
{
    struct vocab *v = l->out;
    struct csv_table t;
    TRY(load_csv(l, file, &t));
    for (size_t i = 1; i < t.n; i++) {
        const struct csv_row *row = &t.v[i];
        struct order_rule *rule = VEC_ADD(l->arena, &v->order_rules);
        struct str kind = csv_cell(row, 2);
        if (!vocab_find(v, &v->processes, csv_cell(row, 0), &rule->first) ||
            !vocab_find(v, &v->processes, csv_cell(row, 1), &rule->then))
            return load_fail(l, file, row, "both processes must be in the list");
        rule->kind = str_eq(kind, STR("needs_after")) ? ORDER_NEEDS_AFTER : ORDER_NOT_AFTER;
        if (rule->kind == ORDER_NOT_AFTER && !str_eq(kind, STR("not_after")))
            return load_fail(l, file, row, "not_after or needs_after is required");
        if (!read_conditions(l, csv_cell(row, 3), &rule->conditions))
            return load_fail(l, file, row, "this condition is not known");
        rule->ko = csv_cell(row, 4);
        rule->en = csv_cell(row, 5);
    }
    return ST_OK;
}
